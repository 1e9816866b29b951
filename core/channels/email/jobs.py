"""Mail in the background, each by a job of its own: one that cannot be understood keeps no other waiting."""

from core.access import system
from core.channels.email import understanding
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
