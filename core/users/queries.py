"""Reads of staff."""

from core.access import ADMINS, Actor
from core.database import read
from core.errors import NotFound
from core.users.structs import Colleague, UserView

COLUMNS = "u.id, u.name, u.email, m.role, u.last_signed_in, m.created_at"
FROM = "FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organization_id = $1"


async def colleagues(actor: Actor) -> list[Colleague]:
    """The names of the organization's staff, for all staff."""
    async with read(actor) as db:
        return await db.fetch(Colleague, f"SELECT u.id, u.name {FROM} ORDER BY lower(u.name), u.id", actor.organization_id)


async def all_of(actor: Actor) -> list[UserView]:
    """The organization's staff, by name. Admins only."""
    actor.require(*ADMINS)
    async with read(actor) as db:
        return await db.fetch(UserView, f"SELECT {COLUMNS} {FROM} ORDER BY lower(u.name), u.id", actor.organization_id)


async def get(actor: Actor, user_id: int) -> UserView:
    """One member.

    Raises:
        NotFound: no member of the actor's organization.
    """
    async with read(actor) as db:
        found = await db.fetch_one(UserView, f"SELECT {COLUMNS} {FROM} AND u.id = $2", actor.organization_id, user_id)
    if found is None:
        raise NotFound("this user is no member of the organization")
    return found
