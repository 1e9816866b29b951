"""All that the AI agent adds to Lacasa."""

from agent import jobs, routes, subscribers
from agent.events import EVENTS
from agent.reviews import routes as reviews
from agent.settings import Settings
from agent.tables import Calibrator, Decision, Review
from core.extend.module import Module, Schedule

TABLES = (Decision, Review, Calibrator)


async def warm_up() -> None:
    """Import LangGraph and compile the graph before the first customer writes; the model is loaded meanwhile and later."""
    from agent import graph
    from agent.embedding import models

    models.load_soon()
    graph.build()


module = Module(
    name="agent",
    tables=TABLES,
    migrations="migrations.agent.piccolo_app",
    events=EVENTS,
    routes=[routes.router, reviews.router],
    subscribers=[subscribers.answer_customer, subscribers.learn],
    jobs=[jobs.answer, jobs.embed, jobs.embed_all, jobs.recalibrate, jobs.recalibrate_all],
    schedules=[
        Schedule(name="embed", job=jobs.embed_all.name, every_s=300),
        Schedule(name="recalibrate", job=jobs.recalibrate_all.name, cron="20 3 * * *"),
    ],
    warm_up=warm_up,
    settings=Settings,
)
