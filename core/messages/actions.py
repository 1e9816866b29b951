"""Sending and receiving. One transaction holds the conversation's row from the check to the message.

The ordinary reply and the ordinary message of a customer are tried in one round trip first (`fast`); these are the
general actions, which know every case.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import msgspec

from core.access import Actor, ai, system
from core.contacts import actions as contacts
from core.conversations import actions as conversations
from core.conversations import queries as conversation_queries
from core.conversations.change import announce, audience, line, update
from core.conversations.events import ConversationReopened
from core.conversations.structs import ConversationView
from core.database import Unit, transaction
from core.errors import Conflict, Invalid
from core.events.log import record
from core.files import actions as files
from core.inboxes import queries as inboxes
from core.messages import fast, queries
from core.messages.events import MessageCreated, MessageWithdrawn
from core.messages.structs import MessageView, NoteInput, ReplyInput, Sent, Source, StartInput, preview_of, sender_of

INSERT = """
INSERT INTO messages (organization_id, conversation_id, seq, sender_type, sender_id, sender_name, content, is_internal, client_id,
                      sources, decision_id, file_count)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id
"""
EMPTY = """
UPDATE messages SET content = '', is_internal = true, sources = '[]', decision_id = NULL, file_count = 0 WHERE organization_id = $1 AND id = $2
"""
LEFT = """
WITH said AS (
    SELECT m.id, m.seq, m.sender_type, m.content, m.created_at, m.sender_type <> 'contact' AND NOT EXISTS (
        SELECT FROM timeline_entries t WHERE t.organization_id = $1 AND t.conversation_id = $2 AND t.kind = 'handed_off'
        AND t.after_seq IN (m.seq - 1, m.seq) AND m.sender_type = 'ai') AS answers
    FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = $2 AND NOT m.is_internal
), last AS (SELECT id, seq, content FROM said ORDER BY seq DESC LIMIT 1)
SELECT coalesce((SELECT seq FROM last), 0), coalesce((SELECT content FROM last), ''),
       ARRAY(SELECT f.name FROM files f WHERE f.organization_id = $1 AND f.message_id = (SELECT id FROM last) ORDER BY f.id),
       (SELECT min(created_at) FROM said WHERE sender_type = 'contact' AND seq > coalesce((SELECT max(seq) FROM said WHERE answers), 0)),
       (SELECT min(created_at) FROM said WHERE answers)
"""
"""The last message of a conversation, since when its customer waits, and when it was first answered: what the AI agent says as it hands over is
no answer."""
CLOCKS_APART = timedelta(seconds=1)


class Superseded(Conflict):
    """The AI agent was too late: a person took over, or the customer wrote again."""

    code, title = "superseded", "Somebody was faster"


async def reply(actor: Actor, conversation_id: int, data: ReplyInput) -> Sent:
    """An agent answers the customer. The conversation becomes pending, and people hold it from now on.

    The same `client_id` again returns the message that was sent then.

    Raises:
        NotFound: the conversation is not visible to the actor.
        Conflict: it is closed; or (`newer_messages`) there is something the writer has not seen.
    """
    if (sent := await fast.reply(actor, conversation_id, data)) is not None:
        return sent
    async with transaction(actor) as db:
        before = await conversation_queries.get(actor, conversation_id, lock=True)
        if (known := await queries.by_client_id(actor, before.id, data.client_id)) is not None:
            return Sent(known, before)
        _check_open(before)
        await _check_unseen(actor, before, data.expected_seq)
        await conversations.end_snooze(actor, before)
        changes = _answered(before) | conversations.taken(before)
        if before.assignee_id is None:
            changes["assignee_id"] = actor.user_id
        return await _add(db, actor, before, data, changes)


async def note(actor: Actor, conversation_id: int, data: NoteInput) -> Sent:
    """An agent writes something that only staff sees. It neither answers nor wakes anything."""
    async with transaction(actor) as db:
        before = await conversation_queries.get(actor, conversation_id, lock=True)
        if (sent := await queries.by_client_id(actor, before.id, data.client_id)) is not None:
            return Sent(sent, before)
        return await _add(db, actor, before, data, {}, internal=True)


async def send(
    actor: Actor,
    conversation_id: int,
    content: str,
    *,
    if_epoch: int,
    if_seq: int | None,
    client_id: str,
    sources: list[Source],
    decision_id: int | None = None,
    answers: bool = True,
) -> Sent:
    """The AI agent writes, if nobody was faster: checked under the row's lock.

    `answers`: the customer is no longer waiting afterwards (false for "a person will be with you").

    Raises:
        Superseded: it is resolved or closed, a person took over since `if_epoch`, or the customer wrote after message `if_seq`.
    """
    async with transaction(actor) as db:
        before = await conversation_queries.get(actor, conversation_id, lock=True)
        if (sent := await queries.by_client_id(actor, before.id, client_id)) is not None:
            return Sent(sent, before)
        if (
            before.status in {"resolved", "closed"}
            or before.handler_epoch != if_epoch
            or (if_seq is not None and before.public_seq != if_seq)
        ):
            raise Superseded
        changes: dict[str, Any] = {}
        if answers:
            changes = {"waiting_since": None, "first_response_at": before.first_response_at or datetime.now(UTC)}
        data = ReplyInput(client_id=client_id, content=content)
        return await _add(db, actor, before, data, changes, sources=sources, decision_id=decision_id)


async def receive(
    actor: Actor, *, token: str | None, client_id: str, content: str, file_tokens: list[str], subject: str = "", language: str = ""
) -> tuple[Actor, Sent]:
    """A customer writes: into his conversation `token`, or opens one. Returns the actor with the contact it has now.

    A resolved conversation reopens; a snoozed one wakes. The same `client_id` again returns what was sent then.
    `language`: what his browser prefers; kept when he opens a conversation.

    Raises:
        NotFound: it is not his conversation.
        Conflict: it is closed.
        Invalid: the message is empty.
    """
    _check_content(content, file_tokens)
    if token is not None and not file_tokens and (sent := await fast.receive(actor, token, client_id, content)) is not None:
        return msgspec.structs.replace(actor, name=sent.message.sender_name), sent
    async with transaction(actor) as db:
        actor = await contacts.ensure_visitor(actor, language)
        before = (
            await _opened(actor, client_id, subject=" ".join(content.split())[:80], channel="chat")
            if token is None
            else await conversation_queries.by_token(actor, token, lock=True)
        )
        return actor, await _arrived(db, actor, before, client_id, content, file_tokens)


async def arrive(
    actor: Actor,
    conversation_id: int | None,
    *,
    channel: str,
    subject: str,
    client_id: str,
    content: str,
    file_tokens: list[str],
    to_people: conversations.ChannelReason | None = None,
) -> Sent:
    """A known contact writes by another channel than the widget: into a conversation that the channel found for it, or opens one.

    The channel has decided that the message belongs there: `conversation_id` need not be the contact's own. A resolved one reopens, a snoozed
    one wakes. The same `client_id` again returns what was kept then. `to_people`: why no machine is to answer it, so people get it.

    Raises:
        Conflict: it is closed.
        NotFound: it is gone.
    """
    async with transaction(actor) as db:
        if conversation_id is None:
            before = await _opened(actor, client_id, subject=subject, channel=channel, answerable=to_people is None)
        else:
            before = await conversation_queries.get(system(actor.organization_id), conversation_id, lock=True)
            if to_people is not None and before.status != "closed":
                before = await conversations.hand_off(db, ai(actor.organization_id), before, to_people)
        return await _arrived(db, actor, before, client_id, content, file_tokens)


async def _arrived(db: Unit, actor: Actor, before: ConversationView, client_id: str, content: str, file_tokens: list[str]) -> Sent:
    """The customer's message, in a conversation that the caller has locked."""
    if (known := await queries.by_client_id(actor, before.id, client_id)) is not None:
        return Sent(known, before)
    _check_open(before)
    now = datetime.now(UTC)
    changes: dict[str, Any] = {"waiting_since": before.waiting_since or now, "status": "open", "snoozed_until": None}
    await conversations.end_snooze(actor, before)
    if before.status == "resolved":
        before = await reopened(db, actor, before)
    data = ReplyInput(client_id=client_id, content=content, files=file_tokens)
    return await _add(db, actor, before, data, changes)


async def _opened(actor: Actor, client_id: str, *, subject: str, channel: str, answerable: bool = True) -> ConversationView:
    """The conversation that this first message opens, or opened when it was sent before."""
    found = await conversation_queries.by_client_id(actor, actor.contact_id, client_id)
    if found is not None:
        return found
    if actor.contact_id is None or actor.inbox_id is None:
        raise RuntimeError("who has no contact cannot open a conversation")
    handler = await inboxes.first_handler(actor, actor.inbox_id) if answerable else "human"
    return await conversations.create(
        actor,
        inbox_id=actor.inbox_id,
        contact_id=actor.contact_id,
        channel=channel,
        subject=subject,
        handler=handler,
        client_id=client_id,
    )


async def reopened(db: Unit, actor: Actor, before: ConversationView) -> ConversationView:
    """The customer wants more: a resolved conversation, locked by the caller, is open again."""
    after = await update(db, before, status="open", resolved_at=None)
    entry = await line(db, actor, after, "reopened")
    await announce(ConversationReopened(organization_id=actor.organization_id, conversation=after, by=actor.ref, line=entry))
    return after


async def start(actor: Actor, data: StartInput) -> Sent:
    """An agent opens a conversation with a contact. The same `client_id` again returns what was sent then.

    Raises:
        NotFound: the contact or the inbox is unknown.
        Conflict: (`already_opened`) the contact's own message opened a conversation under this `client_id`.
    """
    inbox = await inboxes.visible(actor, data.inbox_id)
    async with transaction(actor) as db:
        await contacts.check_exists(actor, data.contact_id)
        try:
            opened = await conversations.create(
                actor, inbox_id=data.inbox_id, contact_id=data.contact_id, channel=inbox.channel, subject=data.subject, handler="human",
                client_id=data.client_id,
            )  # fmt: skip
        except asyncpg.UniqueViolationError:
            return await _started(actor, data)
        changes = _answered(opened) | {"assignee_id": actor.user_id}
        reply = ReplyInput(client_id=data.client_id, content=data.content, files=data.files)
        return await _add(db, actor, opened, reply, changes)


async def _started(actor: Actor, data: StartInput) -> Sent:
    """What was sent when the same `client_id` opened a conversation before."""
    opened = await conversation_queries.by_client_id(actor, data.contact_id, data.client_id)
    if opened is not None:
        sent = await queries.by_client_id(actor, opened.id, data.client_id)
        if sent is not None:
            return Sent(sent, opened)
    raise Conflict("this conversation was opened already", code="already_opened")


async def withdraw(actor: Actor, before: ConversationView, message: MessageView) -> Sent:
    """Take a message back that has not left, in a conversation that the caller has locked, as if it had never been sent.

    Its number stays, with nothing in it. Whoever it answered waits again; who held the conversation since keeps it. Its files can be sent again.
    Of a note nothing else changes, and no customer hears.
    """
    async with transaction(actor) as db:
        await db.execute(EMPTY, actor.organization_id, message.id)
        await files.detach(actor, message.id)
        changes = {} if message.is_internal else await _unanswered(db, actor, before, message)
        after = await update(db, before, **changes)
        entry = await line(db, actor, after, "withdrawn")
        empty = await _stored(actor, message.id)
        event = MessageWithdrawn(
            organization_id=actor.organization_id, conversation=after, message=empty, was_internal=message.is_internal, by=actor.ref,
            line=entry,
        )  # fmt: skip
        await announce(event, before, staff_only=message.is_internal)
    return Sent(empty, after)


async def _unanswered(db: Unit, actor: Actor, before: ConversationView, message: MessageView) -> dict[str, Any]:
    """What a conversation is without an answer of which nothing is left."""
    [(public_seq, content, names, waiting_since, answered_at)] = await db.fetch_rows(LEFT, actor.organization_id, before.id)
    changes: dict[str, Any] = {"public_seq": public_seq, "preview": preview_of(content, names)}
    if before.status in {"open", "pending"}:
        changes |= {"waiting_since": waiting_since, "status": "open" if waiting_since is not None else before.status}
    if before.first_response_at is not None and before.first_response_at >= message.created_at - CLOCKS_APART:
        changes["first_response_at"] = answered_at
    return changes


def _check_open(conversation: ConversationView) -> None:
    if conversation.status == "closed":
        raise Conflict("a closed conversation takes no more messages; start a new one", code="conversation_closed")


def _check_content(content: str, file_tokens: list[str]) -> None:
    if not content.strip() and not file_tokens:
        raise Invalid("write something or attach a file", code="empty_message")


async def _check_unseen(actor: Actor, conversation: ConversationView, expected_seq: int | None) -> None:
    if expected_seq is None or conversation.last_seq <= expected_seq:
        return
    newer = [
        message
        for message in await queries.since(actor, conversation.id, expected_seq)
        if (message.sender_id != actor.user_id or message.sender_type != "user") and (message.content or message.files)
    ]
    if newer:
        raise Conflict("something new arrived while you were writing", code="newer_messages", newer=newer)


def _answered(conversation: ConversationView) -> dict[str, Any]:
    return {
        "status": "pending",
        "resolved_at": None,
        "snoozed_until": None,
        "waiting_since": None,
        "first_response_at": conversation.first_response_at or datetime.now(UTC),
    }


async def _add(
    db: Unit,
    actor: Actor,
    before: ConversationView,
    data: ReplyInput | NoteInput,
    changes: dict[str, Any],
    *,
    internal: bool = False,
    sources: list[Source] | None = None,
    decision_id: int | None = None,
) -> Sent:
    """Add the next message to a locked conversation, with what it changes there, and announce both."""
    _check_content(data.content, data.files)
    sender, sender_id = sender_of(actor)
    seq = before.last_seq + 1
    values = (
        seq,
        sender,
        sender_id,
        actor.name,
        data.content,
        internal,
        data.client_id,
        sources or [],
        decision_id,
        len(set(data.files)),
    )
    message_id = await db.fetch_value(INSERT, actor.organization_id, before.id, *values)
    names = await files.attach(actor, data.files, message_id)
    changes = changes | {"last_seq": seq, "last_activity_at": datetime.now(UTC)}
    if not internal:
        changes |= {"public_seq": seq, "preview": preview_of(data.content, names)}
    if sender == "contact":
        changes["contact_read_seq"] = seq
    after = await update(db, before, **changes)
    message = await _stored(actor, message_id)
    event = MessageCreated(organization_id=actor.organization_id, conversation=after, message=message)
    await record(event, audience(after, before, staff_only=internal))
    if actor.user_id is not None:
        await conversations.mark_read(actor, after.id, seq)
    return Sent(message, after)


async def _stored(actor: Actor, message_id: int) -> MessageView:
    message = await queries.by_id(actor, message_id)
    if message is None:
        raise RuntimeError("an inserted message was not found")
    return message
