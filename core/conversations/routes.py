"""Conversations over HTTP: one action or query per handler."""

from datetime import timedelta
from typing import Annotated

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from core.access import Actor
from core.conversations import actions, queries
from core.conversations.structs import (
    AssignInput,
    ConversationCounts,
    ConversationPage,
    ConversationView,
    ListedConversation,
    PriorityInput,
    ReadInput,
    SnoozeInput,
    Sort,
    StatusFilter,
    SubjectInput,
    TagsInput,
    View,
)
from core.pages import After, Limit

TagFilter = Annotated[str | None, QueryParameter(max_length=40)]


@get("/", summary="Conversations you may see", operation_id="list_conversations")
async def list_conversations(
    actor: NamedDependency[Actor],
    view: FromQuery[View] = "all",
    status: FromQuery[StatusFilter] = "active",
    inbox_id: FromQuery[int | None] = None,
    team_id: FromQuery[int | None] = None,
    assignee_id: FromQuery[int | None] = None,
    contact_id: FromQuery[int | None] = None,
    number: FromQuery[int | None] = None,
    tag: TagFilter = None,
    sort: FromQuery[Sort] = "latest",
    cursor: After = None,
    limit: Limit = 25,
) -> ConversationPage:
    filters = queries.Filters(
        view=view,
        status=status,
        inbox_id=inbox_id,
        team_id=team_id,
        assignee_id=assignee_id,
        contact_id=contact_id,
        number=number,
        tag=tag,
    )
    return await queries.page(actor, filters, sort, cursor, limit)


@get("/counts", summary="Active conversations per view", operation_id="count_conversations")
async def count_conversations(actor: NamedDependency[Actor]) -> ConversationCounts:
    return await queries.counts(actor)


@get("/{conversation_id:int}", summary="One conversation", operation_id="get_conversation")
async def get_conversation(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> ListedConversation:
    return await queries.listed(actor, conversation_id)


@post("/{conversation_id:int}/assign", status_code=200, summary="Set assignee and team", operation_id="assign_conversation")
async def assign(actor: NamedDependency[Actor], conversation_id: FromPath[int], data: JSONBody[AssignInput]) -> ConversationView:
    return await actions.assign(actor, conversation_id, data)


@post("/{conversation_id:int}/priority", status_code=200, summary="Set the priority", operation_id="prioritize_conversation")
async def prioritize(
    actor: NamedDependency[Actor], conversation_id: FromPath[int], data: JSONBody[PriorityInput]
) -> ConversationView:
    return await actions.prioritize(actor, conversation_id, data.priority)


@post("/{conversation_id:int}/tags", status_code=200, summary="Add and remove tags", operation_id="tag_conversation")
async def tag_conversation(
    actor: NamedDependency[Actor], conversation_id: FromPath[int], data: JSONBody[TagsInput]
) -> ConversationView:
    return await actions.tag(actor, conversation_id, data.add, data.remove)


@post("/{conversation_id:int}/subject", status_code=200, summary="Set the subject", operation_id="rename_conversation")
async def rename(actor: NamedDependency[Actor], conversation_id: FromPath[int], data: JSONBody[SubjectInput]) -> ConversationView:
    return await actions.rename(actor, conversation_id, data.subject)


@post("/{conversation_id:int}/snooze", status_code=200, summary="Snooze a conversation", operation_id="snooze_conversation")
async def snooze(actor: NamedDependency[Actor], conversation_id: FromPath[int], data: JSONBody[SnoozeInput]) -> ConversationView:
    return await actions.snooze(actor, conversation_id, timedelta(seconds=data.wait_s))


@post("/{conversation_id:int}/wake", status_code=200, summary="End a snooze", operation_id="wake_conversation")
async def wake(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> ConversationView:
    return await actions.wake(actor, conversation_id)


@post("/{conversation_id:int}/resolve", status_code=200, summary="Resolve", operation_id="resolve_conversation")
async def resolve(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> ConversationView:
    return await actions.resolve(actor, conversation_id)


@post("/{conversation_id:int}/reopen", status_code=200, summary="Reopen", operation_id="reopen_conversation")
async def reopen(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> ConversationView:
    return await actions.reopen(actor, conversation_id)


@post("/{conversation_id:int}/close", status_code=200, summary="Close for good", operation_id="close_conversation")
async def close(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> ConversationView:
    return await actions.close(actor, conversation_id)


@post(
    "/{conversation_id:int}/takeover", status_code=200, summary="Take over from the AI agent", operation_id="take_over_conversation"
)
async def take_over(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> ConversationView:
    return await actions.take_over(actor, conversation_id)


@post("/{conversation_id:int}/handback", status_code=200, summary="Give to the AI agent", operation_id="hand_back_conversation")
async def hand_back(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> ConversationView:
    return await actions.hand_back(actor, conversation_id)


@post("/{conversation_id:int}/read", status_code=200, summary="Mark as read up to a message", operation_id="read_conversation")
async def read(actor: NamedDependency[Actor], conversation_id: FromPath[int], data: JSONBody[ReadInput]) -> ReadInput:
    return ReadInput(await actions.mark_read(actor, conversation_id, data.seq))


router = Router(
    "/api/conversations",
    route_handlers=[list_conversations, count_conversations, get_conversation, assign, prioritize, tag_conversation, rename, snooze, wake,
                    resolve, reopen, close, take_over, hand_back, read],
    tags=["conversations"],
)  # fmt: skip
