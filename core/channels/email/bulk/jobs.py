"""Mail to many in the background: a job for each mailing, while something of it is due."""

from core.access import system
from core.channels.email.bulk import actions, run
from core.jobs.define import job
from core.mailing.actions import mailings

FAILED = "sender_failed"


async def give_up(organization_id: int, mailing_id: int) -> None:
    """After the last attempt: a person has to look at it."""
    await mailings.halt(system(organization_id), mailing_id, FAILED)


@job(job_class="bulk", timeout_s=300, max_attempts=10, on_dead=give_up)
async def send(organization_id: int, mailing_id: int) -> None:
    await run.send(system(organization_id), mailing_id)


@job(job_class="bulk", timeout_s=30)
async def wake(organization_id: int, mailing_id: int) -> None:
    await actions.wake(system(organization_id), mailing_id)


@job(job_class="bulk", timeout_s=60)
async def look_after() -> None:
    await actions.look_after()
