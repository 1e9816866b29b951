"""Reads of organizations."""

from core.access import Actor
from core.database import read
from core.errors import NotFound
from core.organizations.structs import OrganizationView

COLUMNS = """
o.id, o.name, o.slug, o.subscription_plan, o.subscription_status, o.contacts_limit, o.contacts_used, o.accent_color, o.ai_enabled, o.ai_threshold
"""


async def get(actor: Actor) -> OrganizationView:
    """The actor's organization."""
    async with read(actor) as db:
        found = await db.fetch_one(
            OrganizationView, f"SELECT {COLUMNS} FROM organizations o WHERE o.id = $1", actor.organization_id
        )
    if found is None:
        raise NotFound("this organization does not exist")
    return found
