"""What is counted. Each handler ends its job in the transaction that writes the row, so a row is written once however often it runs.

Times are those of the events. What happens counts to the agent who did it, else to who was the assignee then.
"""

from datetime import datetime

from core.access import ActorKind, ActorRef, system
from core.conversations.events import (
    ConversationCreated,
    ConversationEvent,
    ConversationHandedOff,
    ConversationReopened,
    ConversationResolved,
)
from core.conversations.structs import ConversationView
from core.events.contract import on
from core.jobs.ledger import effect
from core.messages.events import MessageCreated, MessageWithdrawn
from modules.analytics import actions
from modules.analytics.structs import Kind


@on(ConversationCreated, job_class="bulk")
async def count_created(event: ConversationCreated) -> None:
    await _once(event, "ticket_created", event.conversation.created_at, by=event.by.kind)


@on(ConversationResolved, job_class="bulk")
async def count_resolved(event: ConversationResolved) -> None:
    at = event.conversation.resolved_at or _moment(event)
    await _once(event, "ticket_resolved", at, by=event.by.kind, handler=event.conversation.handler)


@on(ConversationReopened, job_class="bulk")
async def count_reopened(event: ConversationReopened) -> None:
    await _once(event, "ticket_reopened", _moment(event), by=event.by.kind)


@on(ConversationHandedOff, job_class="bulk")
async def count_handed_off(event: ConversationHandedOff) -> None:
    await _once(event, "handed_off", _moment(event), reason=event.reason)


@on(MessageCreated, job_class="bulk")
async def count_message(event: MessageCreated) -> None:
    """Notes are no messages, and of the AI agent's only those with sources are answers."""
    message, conversation = event.message, event.conversation
    kind = _kind(event)
    if kind is None:
        return
    user_id = message.sender_id if kind == "message_sent" else conversation.assignee_id
    actor = system(event.organization_id)
    async with effect(actor):
        await actions.count(actor, kind, conversation, at=message.created_at, user_id=user_id, seq=message.seq)


@on(MessageWithdrawn, job_class="bulk")
async def count_withdrawn(event: MessageWithdrawn) -> None:
    """A reply that never left counts nowhere: this row has the time and the writer of the row that it takes back, whichever is written first."""
    if event.was_internal:
        return
    message = event.message
    actor = system(event.organization_id)
    async with effect(actor):
        await actions.count(
            actor, "message_withdrawn", event.conversation, at=message.created_at, user_id=message.sender_id, seq=message.seq
        )


def _kind(event: MessageCreated) -> Kind | None:
    message = event.message
    if message.is_internal:
        return None
    if message.sender_type == "contact":
        return "message_received"
    if message.sender_type == "user":
        return "message_sent"
    return "ai_answered" if message.sources else None


async def _once(event: ConversationEvent, kind: Kind, at: datetime, **metadata: object) -> None:
    actor = system(event.organization_id)
    async with effect(actor):
        await actions.count(actor, kind, event.conversation, at=at, user_id=_credited(event.by, event.conversation), **metadata)


def _credited(by: ActorRef, conversation: ConversationView) -> int | None:
    return by.id if by.kind == ActorKind.user else conversation.assignee_id


def _moment(event: ConversationEvent) -> datetime:
    """When it happened: the time of the thread's quiet line for it."""
    return event.conversation.last_activity_at if event.line is None else event.line.created_at


ALL = (count_created, count_resolved, count_reopened, count_handed_off, count_message, count_withdrawn)
