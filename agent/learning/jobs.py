"""What the AI agent learns in the background."""

from agent.learning import actions, queries
from core.access import system
from core.database import transaction
from core.jobs import ledger
from core.jobs.define import job


@job(job_class="bulk", timeout_s=300)
async def find_gaps(organization_id: int) -> None:
    """Group an organization's unanswered questions by what they mean."""
    await actions.find(system(organization_id))


@job(job_class="interactive", timeout_s=300)
async def find_gaps_now(organization_id: int) -> None:
    """The same, where somebody waits for it: a large import ahead of it would take minutes."""
    await actions.find(system(organization_id))


@job(job_class="bulk", timeout_s=60)
async def find_all_gaps() -> None:
    """Every night: whoever has unanswered questions that were not grouped yet."""
    for organization_id in await queries.behind():
        actor = system(organization_id)
        async with transaction(actor):
            await ledger.enqueue(actor, find_gaps.name, key=queries.FIND, organization_id=organization_id)
