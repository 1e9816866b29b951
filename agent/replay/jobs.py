"""Trying changes on questions of the past, a piece per job."""

from agent.replay import actions, queries
from core.access import system
from core.jobs.define import job


async def give_up(organization_id: int, replay_id: int, turn: int) -> None:
    await actions.fail(system(organization_id), replay_id, turn)


@job(job_class="interactive", timeout_s=120, max_attempts=3, on_dead=give_up)
async def step(organization_id: int, replay_id: int, turn: int) -> None:
    """Ask the next few questions; somebody waits for them."""
    await actions.step(system(organization_id), replay_id, turn)


@job(job_class="bulk", timeout_s=60)
async def end_lost() -> None:
    """Every two minutes: replays whose job an admin dropped."""
    for organization_id in await queries.running():
        await actions.end_lost(system(organization_id))
