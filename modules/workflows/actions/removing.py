"""Somebody takes a contact out of a workflow."""

from core.access import MARKETERS, Actor
from core.database import transaction
from modules.workflows import queries
from modules.workflows.actions import ending, standing
from modules.workflows.saying import say
from modules.workflows.structs import EnrollmentView


async def remove(actor: Actor, enrollment_id: int) -> EnrollmentView:
    """End a run. One that has ended stays as it is.

    Raises:
        NotFound: unknown.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        if await standing.hold(db, actor, enrollment_id) is not None:
            await ending.end(db, actor, [enrollment_id], "exited", "removed", say("by", name=actor.name))
        return await queries.run(actor, enrollment_id)
