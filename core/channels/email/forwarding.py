"""Sending a message of a conversation on to people outside of it: a note says so, and a mail has it. Its customer hears of neither."""

from core.access import STAFF, Actor, system
from core.channels.email import change, names, preferences, quoting, recipients, sending
from core.channels.email.structs import ForwardInput
from core.conversations import queries as conversations
from core.database import Unit, transaction
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.jobs import ledger
from core.messages import actions as messages
from core.messages import queries as messages_queries
from core.messages.structs import MessageView, NoteInput, Sent

JOB = "core.channels.email.deliver_forward"
WHERE = "SELECT conversation_id FROM messages WHERE organization_id = $1 AND id = $2"
UNKNOWN = "this message does not exist"
QUEUE = """
INSERT INTO outbound_mails (organization_id, conversation_id, message_id, inbox_id, internet_message_id, people, recipients, leaves_at,
                            forwards_id, enclosed)
VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $9 > 0 THEN $8::timestamptz + make_interval(secs => $9) END, $10, $11)
RETURNING id, leaves_at
"""


async def forward(actor: Actor, message_id: int, data: ForwardInput) -> Sent:
    """Send a message on, with a note about it. It answers nobody, so nothing else changes; a closed conversation stays so. The same
    `client_id` again returns the note that was written then.

    Raises:
        NotFound: the message is unknown, or its conversation is not visible to the actor.
        Conflict: `not_email`: there is no address to write from; `no_mail`: it is a note, or was taken back; `already_used`: the actor wrote
            something else under this `client_id`, or has taken back what they wrote.
        Invalid: `unknown_file`: a file is not the message's; and what `recipients.checked` raises.
    """
    actor.require(*STAFF)
    if actor.user_id is None:
        raise Forbidden("only people forward messages")
    async with transaction(actor) as db:
        conversation_id: int | None = await db.fetch_value(WHERE, actor.organization_id, message_id)
        if conversation_id is None:
            raise NotFound(UNKNOWN)
        before = await conversations.get(actor, conversation_id, lock=True)
        known = await messages_queries.by_client_id(actor, before.id, data.client_id)
        if known is not None:
            if await _is_the_same(db, actor, known, message_id, data):
                return Sent(known, before)
            raise Conflict("something else was written under this client_id", code="already_used")
        message = await messages_queries.by_id(actor, message_id)
        if message is None:
            raise NotFound(UNKNOWN)
        if message.is_internal:
            raise Conflict("notes stay here", code="no_mail")
        address: str | None = await db.fetch_value(sending.ADDRESS, actor.organization_id, before.inbox_id)
        if before.channel != "email" or address is None:
            raise Conflict("this conversation has no e-mail address to write from", code="not_email")
        whom = await recipients.checked(db, actor, data)
        enclosed = _enclosed(message, data.files)
        written = NoteInput(data.client_id, quoting.note(whom, data.comment.strip()))
        sent = await messages.note(actor, before.id, written)
        note = sent.message
        internet_message_id = names.message_id(actor.organization_id, before.id, note.id, address.partition("@")[2], forwards=True)
        wait_s = await preferences.undo_s(db, actor.organization_id, note)
        where = (before.id, note.id, before.inbox_id, internet_message_id)
        values = (*where, whom, whom.addresses, note.created_at, wait_s, message.id, enclosed)
        [(mail_id, leaves_at)] = await db.fetch_rows(QUEUE, actor.organization_id, *values)
        await ledger.enqueue(
            system(actor.organization_id), JOB, key=f"outbound:{mail_id}", run_at=leaves_at,
            organization_id=actor.organization_id, mail_id=mail_id,
        )  # fmt: skip
        await change.announce(db, actor, mail_id)
    return sent


async def _is_the_same(db: Unit, actor: Actor, known: MessageView, message_id: int, data: ForwardInput) -> bool:
    """Whether a note is that of this very forward, and it was not taken back."""
    found = await quoting.of_note(db, actor, known.id)
    if found is None or found.forwards_id != message_id or found.is_withdrawn:
        return False
    whom = await recipients.checked(db, actor, data)
    if (whom, quoting.note(whom, data.comment.strip())) != (found.whom, known.content):
        return False
    if data.files is not None:
        return set(data.files) == set(found.enclosed)
    message = await messages_queries.by_id(actor, message_id)
    return message is not None and _enclosed(message, None) == found.enclosed


def _enclosed(message: MessageView, wanted: list[str] | None) -> list[str]:
    own = [file.token for file in message.files]
    if wanted is None:
        return own
    if not set(wanted) <= set(own):
        raise Invalid("a file is not one of this message", code="unknown_file")
    return [token for token in own if token in wanted]
