"""The AI agent over HTTP."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from agent import queries
from agent.structs import Receipt, SearchState
from core.access import STAFF, Actor


@get("/{conversation_id:int}/decisions", summary="Why the AI agent did what it did", operation_id="list_decisions")
async def list_decisions(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> list[Receipt]:
    actor.require(*STAFF)
    return await queries.receipts(actor, conversation_id)


@get("/search", summary="How the AI agent finds articles", operation_id="get_search_state")
async def get_search_state(actor: NamedDependency[Actor]) -> SearchState:
    actor.require(*STAFF)
    return await queries.search_state(actor)


router = Router("/api/conversations", route_handlers=[list_decisions], tags=["agent"])
settings_router = Router("/api/ai", route_handlers=[get_search_state], tags=["agent"])
