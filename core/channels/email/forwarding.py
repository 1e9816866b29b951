"""Sending a message of a conversation on to people outside of it: a note says so, and a mail has it. Its customer hears of neither."""

from core.access import STAFF, Actor
from core.channels.email import change, people, queueing, quoting, recipients
from core.channels.email.structs import ForwardInput
from core.database import Unit, transaction
from core.errors import Conflict, Forbidden, Invalid
from core.messages import actions as messages
from core.messages import queries as messages_queries
from core.messages.structs import MessageView, NoteInput, Sent


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
        before, message = await messages_queries.locked(actor, message_id)
        known = await messages_queries.by_client_id(actor, before.id, data.client_id)
        if known is not None:
            if await _is_the_same(db, actor, known, message, data):
                return Sent(known, before)
            raise Conflict("something else was written under this client_id", code="already_used")
        if message.is_internal:
            raise Conflict("notes stay here", code="no_mail")
        address = await people.address_of(db, actor.organization_id, before.inbox_id)
        if before.channel != "email" or address is None:
            raise Conflict("this conversation has no e-mail address to write from", code="not_email")
        whom = await recipients.checked(db, actor, data)
        enclosed = _enclosed(message, data.files)
        written = NoteInput(data.client_id, quoting.note(whom, data.comment.strip()))
        sent = await messages.note(actor, before.id, written)
        mail = queueing.Outgoing(
            message=sent.message, inbox_id=before.inbox_id, address=address, whom=whom, forwards_id=message.id, enclosed=enclosed
        )  # fmt: skip
        mail_id = await queueing.put(db, actor, mail)
        if mail_id is not None:
            await change.announce(db, actor, mail_id)
    return sent


async def _is_the_same(db: Unit, actor: Actor, known: MessageView, message: MessageView, data: ForwardInput) -> bool:
    """Whether a note is that of this very forward, and it was not taken back."""
    found = await quoting.of_note(db, actor, known.id)
    if found is None or found.forwards_id != message.id or found.is_withdrawn:
        return False
    whom = await recipients.checked(db, actor, data)
    if (whom, quoting.note(whom, data.comment.strip())) != (found.whom, known.content):
        return False
    if data.files is not None:
        return set(data.files) == set(found.enclosed)
    return _enclosed(message, None) == found.enclosed


def _enclosed(message: MessageView, wanted: list[str] | None) -> list[str]:
    own = [file.token for file in message.files]
    if wanted is None:
        return own
    if not set(wanted) <= set(own):
        raise Invalid("a file is not one of this message", code="unknown_file")
    return [token for token in own if token in wanted]
