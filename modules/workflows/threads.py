"""Which conversation a step is about."""

from core.access import Actor
from core.database import read
from core.extend.steps import Visit
from modules.workflows.definition.conditions import value_of
from modules.workflows.saying import say

LATEST = """
SELECT c.id FROM conversations c WHERE c.organization_id = $1 AND c.contact_id = $2 AND c.status <> 'closed' ORDER BY c.id DESC LIMIT 1
"""
KNOWN = "SELECT c.id FROM conversations c WHERE c.organization_id = $1 AND c.contact_id = $2 AND c.id = $3 AND c.status <> 'closed'"
NONE = say("no_conversation")


async def of(visit: Visit) -> int | None:
    """The conversation that the run is about, where it is about one; else the contact's latest. None: there is none that is not closed."""
    told = value_of(visit.values, "conversation.id")
    if isinstance(told, int):
        return await _one(visit.actor, KNOWN, visit.contact_id, told)
    return await _one(visit.actor, LATEST, visit.contact_id)


async def _one(actor: Actor, sql: str, *values: int) -> int | None:
    async with read(actor) as db:
        found = await db.fetch_value(sql, actor.organization_id, *values)
    return None if found is None else int(found)
