"""What can be done to e-mail inboxes and to the mail that came for them."""

import asyncpg

from core.access import ADMINS, Actor, Audience
from core.audit import log as audit
from core.channels.email import jobs, queries
from core.channels.email.structs import EmailInboxInput, EmailInboxView, MailView
from core.database import transaction
from core.errors import Conflict
from core.events.log import record
from core.inboxes import queries as inboxes
from core.inboxes.events import InboxSaved
from core.jobs import ledger

HOLD = "SELECT 1 FROM inboxes WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE"
IN_USE = """
SELECT EXISTS (SELECT FROM inboxes i JOIN conversations c ON c.organization_id = i.organization_id AND c.inbox_id = i.id
               WHERE i.organization_id = $1 AND i.id = $2 AND i.channel <> 'email')
"""
TURN = "UPDATE inboxes SET channel = 'email' WHERE organization_id = $1 AND id = $2"
ADDRESS = """
INSERT INTO email_inboxes (organization_id, inbox_id, address, from_name, numbers_subjects) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (inbox_id) DO UPDATE SET address = excluded.address, from_name = excluded.from_name, numbers_subjects = excluded.numbers_subjects
"""
RETRY = """
UPDATE inbound_mails SET state = 'received', reason = '', attempts = 0, processed_at = NULL
WHERE organization_id = $1 AND id = $2 AND state IN ('received', 'ignored', 'quarantined')
"""


async def connect(actor: Actor, inbox_id: int, data: EmailInboxInput) -> EmailInboxView:
    """Make an inbox one of channel `email`, or give it another address. Admins only; the same again changes nothing.

    Mail that is on its way to the address before is refused from then on.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `address_taken` by an inbox of whomever; `inbox_in_use`, where customers have written by another channel.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await db.execute(HOLD, actor.organization_id, inbox_id)
        saved = await inboxes.get(actor, inbox_id)
        if await db.fetch_value(IN_USE, actor.organization_id, inbox_id):
            raise Conflict("this inbox has conversations of another channel; make a new one for e-mail", code="inbox_in_use")
        try:
            values = (inbox_id, data.address.lower(), data.from_name, data.numbers_subjects)
            await db.execute(ADDRESS, actor.organization_id, *values)
        except asyncpg.UniqueViolationError:
            raise Conflict("this address belongs to another inbox", code="address_taken") from None
        await db.execute(TURN, actor.organization_id, inbox_id)
        await audit.note(actor, "inbox.connected", subject=saved.name)
        event = InboxSaved(organization_id=actor.organization_id, inbox_id=inbox_id, name=saved.name, by=actor.ref)
        await record(event, Audience())
        return await queries.inbox(actor, inbox_id)


async def retry(actor: Actor, mail_id: int) -> MailView:
    """Have a mail tried again that was ignored or quarantined, or still waits. Admins only; safe to repeat.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `understood`: it has become a message already.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        found = await queries.mail(actor, mail_id)
        if not await db.execute(RETRY, actor.organization_id, mail_id):
            raise Conflict("this mail has become a message already", code="understood")
        await ledger.enqueue(
            actor, jobs.understand.name, key=f"mail:{mail_id}", organization_id=actor.organization_id, mail_id=mail_id
        )
        await audit.note(actor, "mail.retried", subject=found.subject)
        return await queries.mail(actor, mail_id)
