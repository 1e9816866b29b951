"""Trainings in the background."""

from agent.learning.export.tuning import actions, queries, work
from core.access import system
from core.jobs.define import job


async def give_up(organization_id: int, run_id: int) -> None:
    await work.give_up(system(organization_id), run_id)


@job(job_class="channel-io", timeout_s=420, max_attempts=5, on_dead=give_up)
async def advance(organization_id: int, run_id: int) -> None:
    """Go on with a training; as long as the provider works at it, the next look is queued."""
    await work.advance(system(organization_id), run_id)


@job(job_class="channel-io", timeout_s=60)
async def cancel(organization_id: int, run_id: int) -> None:
    """Tell the provider that a training is not wanted any more."""
    await work.cancel(system(organization_id), run_id)


@job(job_class="bulk", timeout_s=300)
async def start_due() -> None:
    """Every night: whoever wants it and has enough new replies."""
    for organization_id in await queries.scheduled():
        await actions.start_if_due(system(organization_id))
