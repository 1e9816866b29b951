"""Trainings in the background."""

from agent.learning.export.tuning import actions, ending, queries, work
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


async def give_up_calling_off(organization_id: int, run_id: int) -> None:
    await ending.give_up(system(organization_id), run_id)


@job(job_class="channel-io", timeout_s=180, max_attempts=5, on_dead=give_up_calling_off)
async def call_off(organization_id: int, run_id: int) -> None:
    """Ask the provider to cancel a training that was given up here."""
    await ending.call_off(system(organization_id), run_id)


@job(job_class="bulk", timeout_s=60)
async def end_lost() -> None:
    """Every five minutes: trainings whose job an admin dropped."""
    for organization_id in await queries.unsettled():
        await actions.end_lost(system(organization_id))


@job(job_class="bulk", timeout_s=300)
async def start_due() -> None:
    """Every night: whoever wants it and has enough new replies."""
    for organization_id in await queries.scheduled():
        await actions.start_if_due(system(organization_id))
