"""Messages over HTTP."""

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from core.access import Actor
from core.messages import actions, queries
from core.messages.structs import NoteInput, ReplyInput, Sent, StartInput, ThreadPage
from core.pages import Limit


@post("/start", summary="Write to a contact first", operation_id="start_conversation")
async def start(actor: NamedDependency[Actor], data: JSONBody[StartInput]) -> Sent:
    return await actions.start(actor, data)


@get("/{conversation_id:int}/messages", summary="A page of the thread", operation_id="get_thread")
async def get_thread(
    actor: NamedDependency[Actor],
    conversation_id: FromPath[int],
    before_seq: FromQuery[int | None] = None,
    limit: Limit = 40,
) -> ThreadPage:
    return await queries.thread(actor, conversation_id, before_seq, limit)


@post("/{conversation_id:int}/reply", summary="Answer the customer", operation_id="reply")
async def reply(actor: NamedDependency[Actor], conversation_id: FromPath[int], data: JSONBody[ReplyInput]) -> Sent:
    return await actions.reply(actor, conversation_id, data)


@post("/{conversation_id:int}/note", summary="Write an internal note", operation_id="note")
async def note(actor: NamedDependency[Actor], conversation_id: FromPath[int], data: JSONBody[NoteInput]) -> Sent:
    return await actions.note(actor, conversation_id, data)


router = Router("/api/conversations", route_handlers=[start, get_thread, reply, note], tags=["messages"])
