"""How a mail comes into the queue: its row, settled for whom it is and when it leaves, and the job that sends it."""

import msgspec

from core.access import Actor
from core.channels.email import names, preferences
from core.channels.email.recipients import Envelope
from core.database import Unit
from core.jobs import ledger
from core.messages.structs import MessageView

DELIVER, FORWARD = "core.channels.email.deliver", "core.channels.email.deliver_forward"
"""Two names, so that workers of a release that knows no forwards leave those alone."""
PUT = """
INSERT INTO outbound_mails (organization_id, conversation_id, message_id, inbox_id, internet_message_id, people, recipients, leaves_at,
                            forwards_id, enclosed)
VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $9 > 0 THEN $8::timestamptz + make_interval(secs => $9) END, $10, $11)
ON CONFLICT (message_id) DO NOTHING RETURNING id, leaves_at
"""


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A mail to be: what is written in it, from which inbox and address, for whom. `forwards_id`: it sends that message on, with the files
    `enclosed`."""

    message: MessageView
    inbox_id: int
    address: str
    whom: Envelope
    forwards_id: int | None = None
    enclosed: list[str] = []


async def put(db: Unit, actor: Actor, mail: Outgoing, *, is_held: bool = False) -> int | None:
    """Make the row of a mail and, unless it is held back, its job. None: that was done before, or the mail was taken back before it."""
    message, is_forward = mail.message, mail.forwards_id is not None
    domain = mail.address.partition("@")[2]
    known = names.message_id(actor.organization_id, message.conversation_id, message.id, domain, forwards=is_forward)
    wait_s = await preferences.undo_s(db, actor.organization_id, message)
    values = (message.conversation_id, message.id, mail.inbox_id, known, mail.whom, mail.whom.addresses, message.created_at, wait_s)
    made = await db.fetch_rows(PUT, actor.organization_id, *values, mail.forwards_id, mail.enclosed)
    if not made:
        return None
    [(mail_id, leaves_at)] = made
    if not is_held:
        job = FORWARD if is_forward else DELIVER
        await ledger.enqueue(
            actor, job, key=f"outbound:{mail_id}", run_at=leaves_at, organization_id=actor.organization_id, mail_id=mail_id
        )
    return int(mail_id)
