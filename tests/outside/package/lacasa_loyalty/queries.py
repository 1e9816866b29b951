"""Reads of points."""

from core.access import Actor
from core.database import read

SUM = "SELECT coalesce(sum(p.points), 0) FROM loyalty_points p WHERE p.organization_id = $1 AND p.contact_id = $2"


async def points(actor: Actor, contact_id: int) -> int:
    """All that a contact has."""
    async with read(actor) as db:
        return int(await db.fetch_value(SUM, actor.organization_id, contact_id))
