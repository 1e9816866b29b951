"""Mail in the background, each by a job of its own: one that cannot be understood keeps no other waiting."""

from core.access import system
from core.channels.email import confirming, sending, understanding
from core.database import transaction
from core.jobs.define import job

QUARANTINE = """
UPDATE inbound_mails SET state = 'quarantined', reason = 'failed', processed_at = now()
WHERE organization_id = $1 AND id = $2 AND state = 'received'
"""


async def quarantine(organization_id: int, mail_id: int) -> None:
    """After the last attempt: the mail stays, where admins see it and can have it tried again."""
    async with transaction(system(organization_id)) as db:
        await db.execute(QUARANTINE, organization_id, mail_id)


@job(job_class="channel-io", timeout_s=120, max_attempts=5, on_dead=quarantine)
async def understand(organization_id: int, mail_id: int) -> None:
    await understanding.understand(system(organization_id), mail_id)


async def give_up(organization_id: int, mail_id: int) -> None:
    await sending.give_up(system(organization_id), mail_id)


@job(job_class="channel-io", timeout_s=180, max_attempts=20, on_dead=give_up)
async def deliver(organization_id: int, mail_id: int) -> None:
    """For three quarters of an hour or so, further and further apart (`ledger.backoff_s`)."""
    await sending.deliver(system(organization_id), mail_id)


@job(job_class="channel-io", timeout_s=180, max_attempts=20, on_dead=give_up)
async def deliver_forward(organization_id: int, mail_id: int) -> None:
    """Not as `deliver`: workers of a release that knew no forwards run that too, and would send the note as an answer, with its key."""
    await sending.deliver(system(organization_id), mail_id)


@job(job_class="channel-io", timeout_s=180, max_attempts=20)
async def ask_to_confirm(organization_id: int, mailing_id: int) -> None:
    await confirming.send_all(system(organization_id), mailing_id)
