"""Runs go on beside all requests, and segments that start some are watched."""

from core.access import system
from core.database import transaction
from core.jobs import timers
from core.jobs.define import job
from modules.workflows import keys
from modules.workflows.actions import advancing, ending, watching

AT_ONCE = 5
"""Steps of one run before others have their turn."""


async def give_up(organization_id: int, enrollment_id: int) -> None:
    await ending.give_up(system(organization_id), enrollment_id)


@job(job_class="bulk", timeout_s=120, max_attempts=8, on_dead=give_up)
async def advance(organization_id: int, enrollment_id: int) -> None:
    """Take a run on, until it waits or ends."""
    actor = system(organization_id)
    for _ in range(AT_ONCE):
        if not await advancing.advance(actor, enrollment_id):
            return
    async with transaction(actor) as db:
        now = await db.fetch_value("SELECT clock_timestamp()")
        await timers.set_timer(
            actor, keys.ADVANCE, key=keys.timer(enrollment_id), due_at=now, **keys.arguments(actor, enrollment_id)
        )


async def look_later(organization_id: int, segment_id: int) -> None:
    await watching.resume(system(organization_id), segment_id)


@job(job_class="bulk", timeout_s=120, max_attempts=5, on_dead=look_later)
async def look(organization_id: int, segment_id: int) -> None:
    """Look who came into a segment."""
    await watching.look(system(organization_id), segment_id)
