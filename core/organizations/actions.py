"""What can be done to an organization."""

from typing import Any

import msgspec

from core.access import ADMINS, Actor, Audience
from core.audit import log as audit
from core.database import Unit, transaction
from core.events.log import record
from core.organizations import queries
from core.organizations.events import OrganizationChanged
from core.organizations.structs import OrganizationChanges, OrganizationView

INSERT = "INSERT INTO organizations (name, slug) VALUES ($1, $2) RETURNING id"


async def found(db: Unit, name: str, slug: str) -> int:
    """Make an organization in the open system transaction; a taken slug gets a number. Returns its id."""
    taken = {
        row["slug"] for row in await db.fetch_rows("SELECT slug FROM organizations WHERE slug = $1 OR slug LIKE $1 || '-%'", slug)
    }
    free = slug if slug not in taken else next(f"{slug}-{n}" for n in range(2, len(taken) + 3) if f"{slug}-{n}" not in taken)
    return int(await db.fetch_value(INSERT, name, free))


async def update(actor: Actor, data: OrganizationChanges) -> OrganizationView:
    """Change what is set in `data`. Admins only."""
    actor.require(*ADMINS)
    changes: dict[str, Any] = {
        name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET
    }  # fmt: skip
    async with transaction(actor) as db:
        if changes:
            assignments = ", ".join(f"{name} = ${number}" for number, name in enumerate(changes, 2))
            await db.execute(f"UPDATE organizations SET {assignments} WHERE id = $1", actor.organization_id, *changes.values())
        after = await queries.get(actor)
        await audit.note(actor, "organization.changed", subject=after.name, fields=sorted(changes))
        event = OrganizationChanged(
            organization_id=actor.organization_id, name=after.name, accent_color=after.accent_color, by=actor.ref
        )
        await record(event, Audience())
    return after
