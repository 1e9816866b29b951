"""What can be set for mail to many from an inbox, and looking after mailings that nobody sends."""

from core.access import ADMINS, Actor, system
from core.audit import log as audit
from core.channels.email.bulk import queries
from core.channels.email.bulk.structs import MailingSettingsInput, MailingSettingsView
from core.database import transaction
from core.mailing.actions import mailings

LOOK_MAX = 500
"""At once; those that are held must not hide the later ones."""
SAVE = """
INSERT INTO mail_senders AS s (organization_id, inbox_id, per_hour, domain_per_hour, warming_on)
VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN (now() AT TIME ZONE 'UTC')::date END)
ON CONFLICT (inbox_id) DO UPDATE SET per_hour = excluded.per_hour, domain_per_hour = excluded.domain_per_hour,
    warming_on = CASE WHEN $5 THEN coalesce(s.warming_on, excluded.warming_on) END
"""


async def save(actor: Actor, inbox_id: int, data: MailingSettingsInput) -> MailingSettingsView:
    """Admins only; the same again changes nothing.

    Raises:
        NotFound: it is no e-mail inbox of the actor's organization.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await queries.settings_of(actor, inbox_id)
        await db.execute(SAVE, actor.organization_id, inbox_id, data.per_hour, data.domain_per_hour, data.is_warming)
        await audit.note(
            actor, "inbox.mailing_saved", subject=str(inbox_id),
            per_hour=data.per_hour, domain_per_hour=data.domain_per_hour, is_warming=data.is_warming,
        )  # fmt: skip
        return await queries.settings_of(actor, inbox_id)


async def wake(actor: Actor, mailing_id: int) -> None:
    """The time has come of something that waited."""
    async with transaction(actor):
        await mailings.wake(actor, mailing_id)


async def look_after() -> None:
    """Have what fell due sent of mailings that no job sends: a worker died with it."""
    mailing_id = 0
    while found := await queries.due(LOOK_MAX, mailing_id):
        for organization_id, mailing_id in found:
            await wake(system(organization_id), mailing_id)
