"""All that the AI agent adds to Lacasa."""

import asyncio
import logging

from agent import jobs, routes, subscribers
from agent.copilot import jobs as copilot_jobs
from agent.copilot import routes as copilot
from agent.events import EVENTS
from agent.learning import jobs as learning_jobs
from agent.learning import routes as learning
from agent.learning.checks import jobs as checks_jobs
from agent.learning.checks import routes as checks
from agent.learning.export import routes as export
from agent.learning.export.tables import Training, TrainingObjection
from agent.learning.export.tuning import jobs as tuning_jobs
from agent.learning.export.tuning import routes as tuning
from agent.learning.export.tuning.tables import FineTuning, TuningPlan
from agent.learning.proposals import routes as proposals
from agent.learning.tables import Check, CheckResult, Evaluation, Gap, Pin, Proposal, Unanswered
from agent.llm import queries as llm_queries
from agent.llm import routes as llm
from agent.outcomes import jobs as outcomes_jobs
from agent.outcomes import routes as outcomes
from agent.outcomes.tables import OutcomeDay
from agent.replay import jobs as replay_jobs
from agent.replay import routes as replay
from agent.replay.tables import Replay, ReplayCase
from agent.reviews import routes as reviews
from agent.settings import Settings, settings
from agent.settings import weaviate as weaviate_settings
from agent.tables import Calibrator, CopilotRequest, Decision, LanguageModel, Review, Usage
from agent.tools import jobs as tools_jobs
from agent.tools import routes as tools
from agent.tools import subscribers as tools_subscribers
from agent.tools.tables import ToolCall
from core.access import system
from core.extend import registry
from core.extend.knowledge import KnowledgeIndex
from core.extend.module import Module, Panel, Schedule

log = logging.getLogger("lacasa.agent")

TABLES = (
    Decision, Review, Calibrator, LanguageModel, Usage, CopilotRequest,
    Gap, Unanswered, Proposal, Check, Evaluation, CheckResult, Pin, Training, TrainingObjection,
    TuningPlan, FineTuning, Replay, ReplayCase, ToolCall, OutcomeDay,
)  # fmt: skip


async def warm_up() -> None:
    """Import LangGraph and compile the graph before the first customer writes; the sentence model is loaded meanwhile and later."""
    from agent import graph
    from agent.embedding import models
    from agent.index import chosen
    from agent.llm import models as language_models
    from agent.llm import queries

    registry.agent_tools()  # two of one name are found out here
    models.load_soon()
    graph.build()
    if settings().by_meaning and not await chosen.index().is_there(system(0)):
        log.warning(
            "articles are searched by words alone: PostgreSQL has no pgvector (CREATE EXTENSION vector, then lacasa migrate)"
        )
    if await queries.anybody_writes():
        await asyncio.to_thread(language_models.warm_up)


async def wind_down() -> None:
    from agent.index import chosen

    await chosen.index().close()


def weaviate() -> KnowledgeIndex:
    from agent.index.weaviate import Weaviate

    return Weaviate(weaviate_settings())


module = Module(
    name="agent",
    tables=TABLES,
    migrations="migrations.agent.piccolo_app",
    events=EVENTS,
    routes=[
        routes.router,
        routes.settings_router,
        llm.router,
        copilot.router,
        tools.router,
        outcomes.router,
        reviews.router,
        learning.router,
        proposals.router,
        checks.router,
        export.router,
        tuning.router,
        replay.router,
    ],
    subscribers=[
        subscribers.answer_customer,
        subscribers.forget_review,
        subscribers.learn,
        subscribers.unlearn,
        tools_subscribers.withdraw_when_resolved,
        tools_subscribers.withdraw_when_closed,
        tools_subscribers.withdraw_when_handed_back,
    ],
    jobs=[
        jobs.answer,
        jobs.suggest,
        jobs.try_model,
        copilot_jobs.work,
        tools_jobs.carry_out,
        copilot_jobs.forget,
        jobs.embed,
        jobs.embed_all,
        jobs.retire,
        jobs.forget,
        jobs.index_large,
        jobs.recalibrate,
        jobs.recalibrate_all,
        learning_jobs.find_gaps,
        learning_jobs.find_gaps_now,
        learning_jobs.find_all_gaps,
        checks_jobs.evaluate,
        checks_jobs.evaluate_now,
        checks_jobs.evaluate_all,
        tuning_jobs.advance,
        tuning_jobs.cancel,
        tuning_jobs.call_off,
        tuning_jobs.end_lost,
        tuning_jobs.start_due,
        replay_jobs.step,
        replay_jobs.end_lost,
        outcomes_jobs.roll,
        outcomes_jobs.roll_all,
    ],
    schedules=[
        Schedule(name="embed", job=jobs.embed_all.name, every_s=300),
        Schedule(name="forget the copilot's requests", job=copilot_jobs.forget.name, every_s=300),
        Schedule(name="end lost replays", job=replay_jobs.end_lost.name, every_s=120),
        Schedule(name="end lost trainings", job=tuning_jobs.end_lost.name, every_s=300),
        Schedule(name="index large organizations", job=jobs.index_large.name, every_s=1800),
        Schedule(name="count what came of answers", job=outcomes_jobs.roll_all.name, every_s=1800),
        Schedule(name="recalibrate", job=jobs.recalibrate_all.name, cron="20 3 * * *"),
        Schedule(name="find gaps", job=learning_jobs.find_all_gaps.name, cron="40 3 * * *"),
        Schedule(name="ask what must hold", job=checks_jobs.evaluate_all.name, cron="0 4 * * *"),
        Schedule(name="train", job=tuning_jobs.start_due.name, cron="20 4 * * *"),
    ],
    panels=[Panel("agent.outcomes", "What came of AI answers", place="dashboard", path="/api/ai/panels/outcomes")],
    knowledge_indexes={"weaviate": weaviate},
    warm_up=warm_up,
    wind_down=wind_down,
    settings=Settings,
    sealed=llm_queries.SEALED,
)
