"""What is counted of conversations (of all else: `others.py`). A row is written once however often a handler runs: its job ends with it.

Times are those of the events. What happens counts to the agent who did it, else to who was the assignee then.
"""

from datetime import datetime

from core.access import ActorKind, ActorRef, system
from core.conversations.events import (
    ConversationAssigned,
    ConversationClosed,
    ConversationCreated,
    ConversationEvent,
    ConversationHandedOff,
    ConversationReopened,
    ConversationResolved,
    ConversationSeen,
    ConversationTagged,
)
from core.conversations.structs import ConversationView
from core.events.contract import on
from core.jobs import timers
from core.jobs.ledger import effect
from core.messages.events import MessageCreated, MessageWithdrawn
from modules.analytics import actions, jobs
from modules.analytics.counting.life import QUIET
from modules.analytics.structs import Counted


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


@on(ConversationAssigned, job_class="bulk")
async def count_assigned(event: ConversationAssigned) -> None:
    await _once(event, "ticket_moved", _moment(event))


@on(ConversationTagged, job_class="bulk")
async def count_tagged(event: ConversationTagged) -> None:
    await _once(event, "ticket_moved", _moment(event))


@on(ConversationClosed, job_class="bulk")
async def count_closed(event: ConversationClosed) -> None:
    await _once(event, "ticket_closed", event.conversation.closed_at or _moment(event))


@on(ConversationSeen, job_class="bulk")
async def count_seen(event: ConversationSeen) -> None:
    """Whether an answer was read matters only of the AI agent's."""
    if event.conversation.handler == "ai":
        await _once(event, "ticket_seen", _moment(event))


@on(MessageCreated, job_class="bulk")
async def count_message(event: MessageCreated) -> None:
    """Notes are no messages, and of the AI agent's only those with sources are answers. What came of one is settled a day later."""
    message, conversation = event.message, event.conversation
    kind = _kind(event)
    if kind is None:
        return
    user_id = message.sender_id if kind == "message_sent" else conversation.assignee_id
    actor = system(event.organization_id)
    async with effect(actor):
        await actions.count(
            actor, kind, conversation, at=message.created_at, user_id=user_id, seq=message.seq, decision=message.decision_id
        )
        if message.sender_type == "ai":
            due_at = message.created_at + QUIET
            told = {"organization_id": actor.organization_id, "conversation_id": conversation.id, "at": due_at.isoformat()}
            await timers.set_timer(actor, jobs.note_quiet.name, key=f"analytics.quiet:{conversation.id}", due_at=due_at, **told)


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


def _kind(event: MessageCreated) -> Counted | None:
    message = event.message
    if message.is_internal:
        return None
    if message.sender_type == "contact":
        return "message_received"
    if message.sender_type == "user":
        return "message_sent"
    return "ai_answered" if message.sources else "ai_said"


async def _once(event: ConversationEvent, kind: Counted, at: datetime, **metadata: object) -> None:
    actor = system(event.organization_id)
    async with effect(actor):
        await actions.count(actor, kind, event.conversation, at=at, user_id=_credited(event.by, event.conversation), **metadata)


def _credited(by: ActorRef, conversation: ConversationView) -> int | None:
    return by.id if by.kind == ActorKind.user else conversation.assignee_id


def _moment(event: ConversationEvent) -> datetime:
    """When it happened: the time of the thread's quiet line for it."""
    return event.conversation.last_activity_at if event.line is None else event.line.created_at


ALL = (
    count_created, count_resolved, count_reopened, count_handed_off, count_assigned, count_tagged, count_closed, count_seen, count_message,
    count_withdrawn,
)  # fmt: skip
