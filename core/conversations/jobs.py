"""Background work on conversations."""

import logging

from core.access import system
from core.conversations import actions, counters
from core.errors import NotFound
from core.jobs.define import job
from core.jobs.ledger import effect

log = logging.getLogger("lacasa.conversations")


@job()
async def wake(organization_id: int, conversation_id: int) -> None:
    """A snooze fell due."""
    actor = system(organization_id)
    async with effect(actor):
        try:
            await actions.wake(actor, conversation_id, due=True)
        except NotFound:
            return  # deleted meanwhile


@job(job_class="bulk", timeout_s=60)
async def fold_counts() -> None:
    """Every 15 seconds: sums of active conversations stay short to read."""
    await counters.fold()


@job(job_class="bulk", timeout_s=600)
async def recount() -> None:
    """Once a day: sums that have gone wrong (a restore, rows changed by hand) are put right, and told."""
    wrong = await counters.recount()
    if wrong:
        log.warning("%d sums of active conversations were wrong and have been counted anew", wrong)
