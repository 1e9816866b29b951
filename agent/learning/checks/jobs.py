"""Asking the questions that must hold, every night."""

from agent.learning.checks import actions, queries
from core.access import system
from core.jobs.define import job


async def give_up(organization_id: int, evaluation_id: int) -> None:
    await actions.fail(system(organization_id), evaluation_id)


@job(job_class="bulk", timeout_s=600, max_attempts=3, on_dead=give_up)
async def evaluate(organization_id: int, evaluation_id: int) -> None:
    """Ask an organization's questions; one that was begun before goes on where it ended."""
    await actions.evaluate(system(organization_id), evaluation_id)


@job(job_class="interactive", timeout_s=600, max_attempts=3, on_dead=give_up)
async def evaluate_now(organization_id: int, evaluation_id: int) -> None:
    """The same, where somebody waits for it."""
    await actions.evaluate(system(organization_id), evaluation_id)


@job(job_class="bulk", timeout_s=60)
async def evaluate_all() -> None:
    """Every night: whoever keeps any."""
    for organization_id in await queries.with_checks():
        await actions.start(system(organization_id))
