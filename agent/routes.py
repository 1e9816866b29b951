"""The AI agent over HTTP."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from agent import queries
from agent.structs import Receipt
from core.access import STAFF, Actor


@get("/{conversation_id:int}/decisions", summary="Why the AI agent did what it did", operation_id="list_decisions")
async def list_decisions(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> list[Receipt]:
    actor.require(*STAFF)
    return await queries.receipts(actor, conversation_id)


router = Router("/api/conversations", route_handlers=[list_decisions], tags=["agent"])
