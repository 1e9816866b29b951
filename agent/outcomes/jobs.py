"""Keeping the figures of large organizations."""

from agent.outcomes import actions, queries
from core.access import system
from core.database import transaction
from core.jobs import ledger
from core.jobs.define import job


@job(job_class="bulk", timeout_s=600)
async def roll(organization_id: int) -> None:
    """Count the days of an organization that are over."""
    await actions.roll(system(organization_id))


@job(job_class="bulk", timeout_s=60)
async def roll_all() -> None:
    """Every half hour: whoever is so large that reading all of it each time would take too long."""
    for organization_id in await queries.large():
        actor = system(organization_id)
        async with transaction(actor):
            await ledger.enqueue(actor, roll.name, key="outcomes", organization_id=organization_id)
