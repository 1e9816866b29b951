"""What can be done to a conversation. Each locks its row, changes it, and records what happened, in one transaction."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from core.access import STAFF, Actor, Audience
from core.auth.tokens import random_token
from core.conversations import fast, queries
from core.conversations.change import announce, audience, line, update
from core.conversations.events import (
    ConversationAssigned,
    ConversationClosed,
    ConversationCreated,
    ConversationHandedBack,
    ConversationHandedOff,
    ConversationPrioritized,
    ConversationRead,
    ConversationRenamed,
    ConversationReopened,
    ConversationResolved,
    ConversationSeen,
    ConversationSnoozed,
    ConversationTagged,
    ConversationTakenOver,
    ConversationWoken,
)
from core.conversations.fast import MARKED
from core.conversations.structs import TAGS_MAX, AssignInput, ConversationView, Handler, Priority
from core.database import Unit, current, transaction
from core.errors import Conflict, Invalid, NotFound
from core.events.log import record
from core.jobs import timers

HandoffReason = Literal[
    "asked_human", "account_access", "refund", "repeated_failure", "low_confidence", "no_knowledge", "agent_error", "disabled",
    "suggest_only",
]  # fmt: skip
ChannelReason = Literal["machine_wrote", "too_many_automatic", "answers_forward", "not_sent"]
"""Why a channel leaves a conversation to people: its reason, and none of the AI agent's. Of one that is opened only that there is one is kept."""

NUMBER = "UPDATE organizations SET next_number = next_number + 1 WHERE id = $1 RETURNING next_number - 1"
INSERT = f"""
INSERT INTO conversations AS c (organization_id, number, token, client_id, inbox_id, contact_id, channel, subject, handler)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING {queries.COLUMNS}
"""
MARK = f"INSERT INTO read_marks AS r (organization_id, conversation_id, user_id, seq) VALUES ($1, $2, $3, $4) {MARKED}"
MEMBER = "SELECT EXISTS (SELECT FROM memberships WHERE organization_id = $1 AND user_id = $2)"
TEAM = "SELECT EXISTS (SELECT FROM teams WHERE organization_id = $1 AND id = $2)"


async def create(
    actor: Actor, *, inbox_id: int, contact_id: int, channel: str, subject: str, handler: Handler, client_id: str | None
) -> ConversationView:
    """Open a conversation; its first message follows in the same unit of work."""
    async with transaction(actor) as db:
        number = await db.fetch_value(NUMBER, actor.organization_id)
        values = (number, random_token(), client_id, inbox_id, contact_id, channel, subject, handler)
        created = await db.fetch_one(ConversationView, INSERT, actor.organization_id, *values)
        if created is None:
            raise RuntimeError("an inserted conversation was not returned")
        await announce(ConversationCreated(organization_id=actor.organization_id, conversation=created, by=actor.ref))
    return created


async def assign(actor: Actor, conversation_id: int, wanted: AssignInput) -> ConversationView:
    """Set assignee and team. A person who is assigned takes the conversation from the AI agent.

    Raises:
        NotFound: the conversation is not visible to the actor.
        Invalid: the assignee is no member, or the team unknown.
    """
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        changes: dict[str, Any] = {}
        for column, check, what in (("assignee_id", MEMBER, "member"), ("team_id", TEAM, "team")):
            value = getattr(wanted, column)
            if isinstance(value, int) and not await db.fetch_value(check, actor.organization_id, value):
                raise Invalid(f"there is no such {what}", code=f"unknown_{what}")
            if value is None or isinstance(value, int):
                changes[column] = value
        if all(getattr(before, column) == value for column, value in changes.items()):
            return before
        if changes.get("assignee_id") is not None:
            changes |= taken(before)
        after = await update(db, before, **changes)
        entry = await line(
            db, actor, after, "assigned", **{key: changes[key] for key in ("assignee_id", "team_id") if key in changes}
        )
        event = ConversationAssigned(
            organization_id=actor.organization_id,
            conversation=after,
            by=actor.ref,
            line=entry,
            previous_assignee_id=before.assignee_id,
            previous_team_id=before.team_id,
        )
        await announce(event, before)
    return after


def taken(conversation: ConversationView) -> dict[str, Any]:
    """The changes by which people take a conversation: whatever the AI agent has begun is void from here on."""
    return {"handler": "human", "handler_epoch": conversation.handler_epoch + 1}


async def prioritize(actor: Actor, conversation_id: int, priority: Priority) -> ConversationView:
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        if before.priority == priority:
            return before
        after = await update(db, before, priority=priority)
        entry = await line(db, actor, after, "prioritized", priority=priority)
        event = ConversationPrioritized(organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry)
        await announce(event, staff_only=True)
    return after


async def tag(actor: Actor, conversation_id: int, add: list[str], remove: list[str]) -> ConversationView:
    """Add and remove tags; a conversation has at most 20.

    Raises:
        Invalid: there would be more.
    """
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        added = [name for name in dict.fromkeys(add) if name not in before.tags]
        removed = [name for name in dict.fromkeys(remove) if name in before.tags]
        tags = [name for name in before.tags if name not in removed] + added
        if len(tags) > TAGS_MAX:
            raise Invalid(f"a conversation has at most {TAGS_MAX} tags", code="too_many_tags")
        if tags == before.tags:
            return before
        after = await update(db, before, tags=tags)
        entry = await line(db, actor, after, "tagged", added=added, removed=removed)
        event = ConversationTagged(
            organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry, added=added, removed=removed
        )
        await announce(event, staff_only=True)
    return after


async def rename(actor: Actor, conversation_id: int, subject: str) -> ConversationView:
    """Set the subject, which the customer reads too."""
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        if before.subject == subject:
            return before
        after = await update(db, before, subject=subject)
        await announce(ConversationRenamed(organization_id=actor.organization_id, conversation=after, by=actor.ref))
    return after


def _timer(conversation_id: int) -> str:
    return f"snooze:{conversation_id}"


async def _set_timer(actor: Actor, conversation_id: int, until: datetime) -> None:
    values = {"organization_id": actor.organization_id, "conversation_id": conversation_id}
    await timers.set_timer(actor, "core.conversations.wake", key=_timer(conversation_id), due_at=until, **values)


async def end_snooze(actor: Actor, before: ConversationView) -> None:
    """What is being written in this unit of work ends the conversation's snooze, if it has one: nothing is to wake it."""
    if before.snoozed_until is not None:
        await timers.cancel(actor, _timer(before.id))


async def snooze(actor: Actor, conversation_id: int, wait: timedelta) -> ConversationView:
    """Hide an open conversation until `wait` has passed, the customer writes, or somebody wakes it.

    Raises:
        Conflict: it is resolved or closed.
    """
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        if before.status not in {"open", "pending"}:
            raise Conflict(f"a {before.status} conversation cannot be snoozed", code=f"conversation_{before.status}")
        until = datetime.now(UTC) + wait
        after = await update(db, before, snoozed_until=until, status="open")
        await _set_timer(actor, before.id, until)
        entry = await line(db, actor, after, "snoozed", until=until)
        event = ConversationSnoozed(
            organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry, until=until
        )
        await announce(event, staff_only=before.status == after.status)
    return after


async def wake(actor: Actor, conversation_id: int, *, due: bool = False) -> ConversationView:
    """End a snooze. `due`: only if its time has really come (a timer may be late for a moved one)."""
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        if before.snoozed_until is None:
            return before
        if due and before.snoozed_until > datetime.now(UTC):
            await _set_timer(actor, before.id, before.snoozed_until)  # moved meanwhile, or this clock is behind the database's
            return before
        await timers.cancel(actor, _timer(before.id))
        after = await update(db, before, snoozed_until=None, last_activity_at=datetime.now(UTC))
        entry = await line(db, actor, after, "woken")
        event = ConversationWoken(organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry)
        await announce(event, staff_only=True)
    return after


async def resolve(actor: Actor, conversation_id: int) -> ConversationView:
    """Finish; the customer's next message reopens it.

    Raises:
        Conflict: it is closed.
    """
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        if before.status == "resolved":
            return before
        if before.status == "closed":
            raise Conflict("a closed conversation cannot be resolved", code="conversation_closed")
        await timers.cancel(actor, _timer(before.id))
        after = await update(db, before, status="resolved", resolved_at=datetime.now(UTC), snoozed_until=None, waiting_since=None)
        entry = await line(db, actor, after, "resolved")
        await announce(ConversationResolved(organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry))
    return after


async def reopen(actor: Actor, conversation_id: int) -> ConversationView:
    """Open a resolved or pending conversation again.

    Raises:
        Conflict: it is closed, which is final.
    """
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        if before.status == "open":
            return before
        if before.status == "closed":
            raise Conflict("a closed conversation stays closed; start a new one", code="conversation_closed")
        after = await update(db, before, status="open", resolved_at=None, last_activity_at=datetime.now(UTC))
        entry = await line(db, actor, after, "reopened")
        await announce(ConversationReopened(organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry))
    return after


async def close(actor: Actor, conversation_id: int) -> ConversationView:
    """Finish for good: no message reaches the customer any more, and none of theirs comes in. Notes and tags still do."""
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        if before.status == "closed":
            return before
        await timers.cancel(actor, _timer(before.id))
        now = datetime.now(UTC)
        after = await update(db, before, status="closed", closed_at=now, snoozed_until=None, waiting_since=None)
        entry = await line(db, actor, after, "closed")
        await announce(ConversationClosed(organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry))
    return after


async def take_over(actor: Actor, conversation_id: int) -> ConversationView:
    """A person takes the conversation from the AI agent, and becomes its assignee if it has none."""
    actor.require(*STAFF)
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        if before.handler == "human":
            return before
        after = await update(db, before, **taken(before), assignee_id=before.assignee_id or actor.user_id)
        entry = await line(db, actor, after, "taken_over")
        await announce(
            ConversationTakenOver(organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry), before
        )
    return after


async def hand_back(actor: Actor, conversation_id: int) -> ConversationView:
    """Give the conversation to the AI agent; it answers from the customer's next message on.

    Raises:
        Conflict: it is closed.
    """
    async with transaction(actor) as db:
        before = await queries.get(actor, conversation_id, lock=True)
        if before.handler == "ai":
            return before
        if before.status == "closed":
            raise Conflict("a closed conversation cannot be handed back", code="conversation_closed")
        after = await update(db, before, handler="ai", handler_epoch=before.handler_epoch + 1, assignee_id=None)
        entry = await line(db, actor, after, "handed_back")
        await announce(
            ConversationHandedBack(organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry), before
        )
    return after


async def hand_off(db: Unit, actor: Actor, before: ConversationView, reason: HandoffReason | ChannelReason) -> ConversationView:
    """The AI agent gives a conversation, locked by the caller, to people. Already with people: nothing happens."""
    if before.handler == "human":
        return before
    changes = taken(before) | {"waiting_since": before.waiting_since or datetime.now(UTC), "status": "open"}
    after = await update(db, before, **changes)
    entry = await line(db, actor, after, "handed_off", reason=reason)
    event = ConversationHandedOff(
        organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry, reason=reason
    )
    await announce(event, before)
    return after


async def mark_read(actor: Actor, conversation_id: int, seq: int) -> int:
    """Remember how far an agent has read; never goes back. Returns the mark.

    Raises:
        NotFound: the conversation is not visible to the actor.
    """
    if actor.user_id is None:
        raise NotFound("only staff accounts have read marks")
    if current() is None:
        marked = await fast.mark_read(actor, conversation_id, seq)
        if marked is None:
            raise NotFound(queries.UNKNOWN)
        return marked
    async with transaction(actor) as db:
        conversation = await queries.get(actor, conversation_id)
        reached = min(seq, conversation.last_seq)
        if await db.fetch_value(MARK, actor.organization_id, conversation.id, actor.user_id, reached) is not None:
            event = ConversationRead(
                organization_id=actor.organization_id, conversation_id=conversation.id, user_id=actor.user_id, seq=reached
            )
            seen = audience(conversation, staff_only=True)
            await record(event, _only(seen, actor.user_id))
    return reached


def _only(seen: Audience, user_id: int) -> Audience:
    return Audience(
        conversation_id=seen.conversation_id,
        inbox_ids=seen.inbox_ids,
        team_ids=seen.team_ids,
        assignee_ids=seen.assignee_ids,
        user_id=user_id,
    )


async def mark_seen(actor: Actor, token: str, seq: int) -> ConversationView:
    """The customer has read up to `seq` of his conversation; never goes back."""
    async with transaction(actor) as db:
        before = await queries.by_token(actor, token, lock=True)
        reached = min(seq, before.public_seq)
        if reached <= before.contact_read_seq:
            return before
        after = await update(db, before, contact_read_seq=reached)
        await announce(ConversationSeen(organization_id=actor.organization_id, conversation=after, by=actor.ref))
    return after
