"""Background work on conversations."""

from core.access import system
from core.conversations import actions
from core.errors import NotFound
from core.jobs.define import job
from core.jobs.ledger import effect


@job()
async def wake(organization_id: int, conversation_id: int) -> None:
    """A snooze fell due."""
    actor = system(organization_id)
    async with effect(actor):
        try:
            await actions.wake(actor, conversation_id, due=True)
        except NotFound:
            return  # deleted meanwhile
