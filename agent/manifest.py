"""All that the AI agent adds to Lacasa."""

import asyncio

from agent import jobs, routes, subscribers
from agent.events import EVENTS
from agent.llm import routes as llm
from agent.settings import Settings
from agent.tables import Decision, LanguageModel, Usage
from core.extend.module import Module, Schedule

TABLES = (Decision, LanguageModel, Usage)


async def warm_up() -> None:
    """Import LangGraph and compile the graph before the first customer writes; the sentence model is loaded meanwhile and later."""
    from agent import graph
    from agent.embedding import models
    from agent.llm import models as language_models
    from agent.llm import queries

    models.load_soon()
    graph.build()
    if await queries.anybody_writes():
        await asyncio.to_thread(language_models.warm_up)


module = Module(
    name="agent",
    tables=TABLES,
    migrations="migrations.agent.piccolo_app",
    events=EVENTS,
    routes=[routes.router, llm.router],
    subscribers=[subscribers.answer_customer, subscribers.learn],
    jobs=[jobs.answer, jobs.try_model, jobs.embed, jobs.embed_all],
    schedules=[Schedule(name="embed", job=jobs.embed_all.name, every_s=300)],
    warm_up=warm_up,
    settings=Settings,
)
