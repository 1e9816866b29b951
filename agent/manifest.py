"""All that the AI agent adds to Lacasa."""

from agent import jobs, routes, subscribers
from agent.events import EVENTS
from agent.tables import Decision
from core.extend.module import Module

TABLES = (Decision,)


async def warm_up() -> None:
    """Import LangGraph and compile the graph before the first customer writes."""
    from agent import graph

    graph.build()


module = Module(
    name="agent",
    tables=TABLES,
    migrations="migrations.agent.piccolo_app",
    events=EVENTS,
    routes=[routes.router],
    subscribers=[subscribers.answer_customer],
    jobs=[jobs.answer],
    warm_up=warm_up,
)
