"""Members of an organization: adding, changing roles, removing."""

import secrets

from core.access import ADMINS, Actor, Audience, Role
from core.audit import log as audit
from core.auth import accounts, passwords
from core.database import Unit, transaction
from core.errors import Conflict
from core.events.log import record
from core.users import queries
from core.users.events import MemberRemoved, MemberSaved
from core.users.rights import NOW
from core.users.structs import NewUser, UserInput, UserView

PASSWORD_WORDS = 12
JOIN = f"INSERT INTO memberships (organization_id, user_id, role, sees_from) VALUES ($1, $2, $3, {NOW}) RETURNING created_at"
CHANGE_ROLE = (
    f"UPDATE memberships SET role = $3, sees_from = greatest(sees_from, {NOW}) WHERE organization_id = $1 AND user_id = $2"
)
LAST_ADMIN = "SELECT count(*) FROM memberships WHERE organization_id = $1 AND role = 'admin' AND user_id <> $2"
HOLD = "SELECT 1 FROM users WHERE id = $1 FOR UPDATE"
"""Taken before the organization and the membership, in the order of those who sign in."""


def one_time_password() -> str:
    return secrets.token_urlsafe(PASSWORD_WORDS)


async def add(actor: Actor, data: UserInput) -> NewUser:
    """Make an account for somebody new and a member of them; the one-time password is shown once. Admins only.

    Raises:
        Conflict: the address has an account already.
    """
    actor.require(*ADMINS)
    password = one_time_password()
    hashed = await passwords.hash_password(password, signed_in=True)
    async with transaction(actor) as db:
        user_id = await accounts.add(db, data.email, data.name, hashed)
        joined_at = await db.fetch_value(JOIN, actor.organization_id, user_id, data.role)
        user = UserView(user_id, data.name, data.email, data.role, last_signed_in=None, joined_at=joined_at)
        await _announce(actor, user, "member.added")
    return NewUser(user, password)


async def set_role(actor: Actor, user_id: int, role: Role) -> UserView:
    """Change a member's role. Admins only.

    Raises:
        Conflict: the organization would have no admin left.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        before = await queries.get(actor, user_id)
        if before.role == role:
            return before
        await _keep_an_admin(db, actor, user_id, before.role)
        await db.execute(CHANGE_ROLE, actor.organization_id, user_id, role)
        return await _saved(actor, user_id, "member.role_changed")


async def remove(actor: Actor, user_id: int) -> None:
    """End a membership: sessions and sockets end with it, conversations lose their assignee. Admins only.

    The account itself ends with its last membership (a trigger sees to it).
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await db.execute(HOLD, user_id)
        before = await queries.get(actor, user_id)
        await _keep_an_admin(db, actor, user_id, before.role)
        await db.execute("DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2", actor.organization_id, user_id)
        await audit.note(actor, "member.removed", subject=before.email)
        await record(MemberRemoved(organization_id=actor.organization_id, user_id=user_id, by=actor.ref), Audience())


async def rename(actor: Actor, name: str) -> UserView:
    """Change one's own name."""
    async with transaction(actor) as db:
        await db.execute("UPDATE users SET name = $2 WHERE id = $1", actor.id, name)
        return await _saved(actor, actor.id or 0, "member.renamed")


async def _keep_an_admin(db: Unit, actor: Actor, user_id: int, role: Role) -> None:
    await db.execute("SELECT 1 FROM organizations WHERE id = $1 FOR UPDATE", actor.organization_id)
    if role == "admin" and await db.fetch_value(LAST_ADMIN, actor.organization_id, user_id) == 0:
        raise Conflict("an organization needs at least one admin", code="last_admin")


async def _saved(actor: Actor, user_id: int, what: str) -> UserView:
    user = await queries.get(actor, user_id)
    await _announce(actor, user, what)
    return user


async def _announce(actor: Actor, user: UserView, what: str) -> None:
    await audit.note(actor, what, subject=user.email, role=user.role)
    event = MemberSaved(organization_id=actor.organization_id, user_id=user.id, name=user.name, role=user.role, by=actor.ref)
    await record(event, Audience())
