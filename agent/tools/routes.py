"""What the AI agent proposes to do, over HTTP."""

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from agent.tools import actions, queries
from agent.tools.structs import ToolCallView
from core.access import STAFF, Actor


@get(
    "/conversations/{conversation_id:int}/tool-calls",
    summary="Changes that the AI agent proposed in a conversation",
    operation_id="list_tool_calls",
)
async def list_tool_calls(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> list[ToolCallView]:
    actor.require(*STAFF)
    return await queries.of_conversation(actor, conversation_id)


@post("/ai/tool-calls/{call_id:int}/approve", status_code=200, summary="Have it done", operation_id="approve_tool_call")
async def approve_tool_call(actor: NamedDependency[Actor], call_id: FromPath[int]) -> ToolCallView:
    actor.require(*STAFF)
    return await actions.approve(actor, call_id)


@post("/ai/tool-calls/{call_id:int}/reject", status_code=200, summary="Have it not done", operation_id="reject_tool_call")
async def reject_tool_call(actor: NamedDependency[Actor], call_id: FromPath[int]) -> ToolCallView:
    actor.require(*STAFF)
    return await actions.reject(actor, call_id)


router = Router("/api", route_handlers=[list_tool_calls, approve_tool_call, reject_tool_call], tags=["agent"])
