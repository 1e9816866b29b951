"""Signing up, in and out; switching organization; changing a password. Works across organizations, hence as the system."""

from datetime import timedelta

import msgspec

from core.access import Actor, ActorKind, Audience
from core.audit import log as audit
from core.auth import passwords, sessions, throttle
from core.auth.structs import LoginInput, Me, MembershipView, PasswordInput, SessionView, SignUpInput
from core.database import Unit, pool, system_transaction
from core.errors import Conflict, Forbidden, Unauthenticated
from core.events.log import record
from core.networks import network_of
from core.organizations import actions as organizations
from core.settings import settings
from core.slugs import slugify
from core.users.events import SessionsRevoked

PER_NETWORK = 60
PER_ACCOUNT_AND_NETWORK = 10
PER_ACCOUNT = 100
"""From all networks together that the account never signed in from: low enough for guessing to be hopeless, too high to be in the way."""
WINDOW = timedelta(minutes=15)

FIND = """
SELECT lower($1::text), u.id, u.password_hash,
       ARRAY(SELECT s.address FROM sessions s WHERE s.user_id = u.id ORDER BY s.id DESC LIMIT 200)
FROM (SELECT) AS one LEFT JOIN users u ON lower(u.email) = lower($1::text)
"""
"""One row always. The account is counted under PostgreSQL's own lower case, by which it is found."""
ME = """
SELECT u.id AS user_id, u.name, u.email, m.role, o.id AS organization_id, o.name AS organization_name, o.accent_color
FROM users u JOIN memberships m ON m.user_id = u.id JOIN organizations o ON o.id = m.organization_id
WHERE u.id = $1 AND o.id = $2
"""
MEMBERSHIPS = """
SELECT m.organization_id, o.name, m.role FROM memberships m JOIN organizations o ON o.id = m.organization_id
WHERE m.user_id = $1 ORDER BY m.id
"""
ADD_ACCOUNT = "SELECT new_account($1, $2, $3)"
HOLD = "SELECT 1 FROM users WHERE id = $1 FOR UPDATE"
HOLD_VERIFIED = "SELECT 1 FROM users WHERE id = $1 AND password_hash = $2 FOR UPDATE"
"""Whoever opens sessions or ends them holds the account first: a session opened just before is seen by who ends all of them."""
RENEW = "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2"
REVOKE_OWN = "UPDATE sessions SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL"
REVOKE = """
UPDATE sessions SET revoked_at = now()
WHERE user_id = $1 AND revoked_at IS NULL AND ($2::bigint IS NULL OR organization_id = $2) AND id IS DISTINCT FROM $3
RETURNING id, organization_id
"""


class SignedIn(msgspec.Struct):
    """A fresh session and who it is."""

    session_id: int
    me: Me


async def sign_up(data: SignUpInput, *, user_agent: str, address: str) -> SignedIn:
    """Found an organization with its first admin, and sign in.

    Raises:
        Forbidden: this installation takes no new organizations.
        Conflict: this address has an account already.
        TooManyRequests: too many sign-ups from this network address.
    """
    if not settings().sign_up:
        raise Forbidden("this installation takes no new organizations", code="sign_up_closed")
    await throttle.attempt("sign-up", network_of(address), most=PER_NETWORK, window=WINDOW)
    return await found(data, user_agent=user_agent, address=address)


async def found(data: SignUpInput, *, user_agent: str, address: str) -> SignedIn:
    """The same by who runs the installation: whatever its settings say of strangers.

    Raises:
        Conflict: this address has an account already.
    """
    hashed = await passwords.hash_password(data.password)
    async with system_transaction("a new organization does not exist yet") as db:
        user_id = await db.fetch_value(ADD_ACCOUNT, data.email, data.name, hashed)
        if user_id is None:
            raise Conflict("this address has an account already; sign in", code="email_taken")
        organization_id = await organizations.found(db, data.organization_name, slugify(data.organization_name, "team"))
        await db.execute(
            "INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'admin')", organization_id, user_id
        )
        await db.execute("UPDATE organizations SET owner_id = $2 WHERE id = $1", organization_id, user_id)
        return await _enter(db, user_id, organization_id, user_agent=user_agent, address=address, what="organization.founded")


async def log_in(data: LoginInput, *, user_agent: str, address: str) -> SignedIn:
    """Open a session, if the password that was verified still holds when it opens: verifying takes a while.

    Raises:
        Unauthenticated: wrong address or password; which of them is not told.
        TooManyRequests: too many attempts from this network, for this account from there, or for this account from
            networks that it never signed in from. Strangers cannot lock its owner out of where they always were.
    """
    network = network_of(address)
    await throttle.attempt("login network", network, most=PER_NETWORK, window=WINDOW)
    account, user_id, hashed, used = await pool().fetchrow(FIND, data.email)
    pair = f"{account} {network}"
    await throttle.attempt("login", pair, most=PER_ACCOUNT_AND_NETWORK, window=WINDOW)
    if network not in map(network_of, used):
        await throttle.attempt("login account", account, most=PER_ACCOUNT, window=WINDOW)
    if not await passwords.verify(data.password, hashed) or user_id is None:
        raise _wrong()
    async with system_transaction("which organization is entered is not known yet") as db:
        if await db.fetch_value(HOLD_VERIFIED, user_id, hashed) is None:
            raise _wrong()
        entered = [view.organization_id for view in await db.fetch(MembershipView, MEMBERSHIPS, user_id)]
        if data.organization_id is not None:
            entered = [organization_id for organization_id in entered if organization_id == data.organization_id]
        if not entered:
            raise Unauthenticated("this account belongs to no such organization", code="no_membership")
        signed_in = await _enter(db, user_id, entered[0], user_agent=user_agent, address=address, what="session.opened")
    await throttle.forget("login", pair)
    return signed_in


def _wrong() -> Unauthenticated:
    return Unauthenticated("wrong address or password", code="wrong_credentials")


async def switch(actor: Actor, organization_id: int, *, user_agent: str, address: str) -> SignedIn:
    """Enter another of the user's organizations, with a session of its own.

    Raises:
        Forbidden: the user is no member there.
        Unauthenticated: the session has ended meanwhile.
    """
    async with system_transaction("the other organization's membership is read") as db:
        await db.execute(HOLD, actor.user_id)
        entered = [view.organization_id for view in await db.fetch(MembershipView, MEMBERSHIPS, actor.user_id)]
        if organization_id not in entered:
            raise Forbidden("you are no member of this organization")
        if not await _revoke_one(db, actor):
            raise Unauthenticated("this session has ended")
        return await _enter(db, actor.user_id or 0, organization_id, user_agent=user_agent, address=address, what="session.opened")


async def _enter(db: Unit, user_id: int, organization_id: int, *, user_agent: str, address: str, what: str) -> SignedIn:
    session_id = await sessions.create(user_id, organization_id, user_agent=user_agent, address=address)
    await db.execute("UPDATE users SET last_signed_in = now() WHERE id = $1", user_id)
    me = await _me(db, user_id, organization_id)
    actor = Actor(kind=ActorKind.user, organization_id=organization_id, id=user_id, name=me.name)
    await audit.note(actor, what, address=address)
    return SignedIn(session_id, me)


async def me(actor: Actor) -> Me:
    """Who is signed in, and which organizations are open to them."""
    async with system_transaction("the user's other organizations are listed") as db:
        return await _me(db, actor.user_id or 0, actor.organization_id)


async def _me(db: Unit, user_id: int, organization_id: int) -> Me:
    rows = await db.fetch_rows(ME, user_id, organization_id)
    if not rows:
        raise Unauthenticated("this membership has ended")
    return Me(**dict(rows[0]), memberships=await db.fetch(MembershipView, MEMBERSHIPS, user_id))


async def log_out(actor: Actor) -> None:
    """End this session, and the sockets it opened."""
    async with system_transaction("sessions are out of organizations' reach") as db:
        await _revoke_one(db, actor)


async def _revoke_one(db: Unit, actor: Actor) -> bool:
    """Whether it was still open."""
    if not await db.execute(REVOKE_OWN, actor.session_id):
        return False
    await _announce(actor.user_id or 0, actor.organization_id, [actor.session_id or 0])
    return True


async def change_password(actor: Actor, data: PasswordInput) -> None:
    """Set a new password; all other sessions of the user end, in every organization.

    Raises:
        Forbidden: the current password is wrong, or is no more the current one.
    """
    await throttle.attempt("password", str(actor.id), most=PER_ACCOUNT_AND_NETWORK, window=WINDOW)
    hashed = await pool().fetchval("SELECT password_hash FROM users WHERE id = $1", actor.user_id)
    if not await passwords.verify(data.current_password, hashed, signed_in=True):
        raise _not_current()
    fresh = await passwords.hash_password(data.new_password, signed_in=True)
    async with system_transaction("an account belongs to no organization") as db:
        if not await db.execute(RENEW, actor.user_id, hashed, fresh):
            raise _not_current()
        await _revoke(db, actor.user_id or 0, None, keep=actor.session_id)
        await audit.note(actor, "password.changed")


def _not_current() -> Forbidden:
    return Forbidden("the current password is wrong", code="wrong_password")


async def list_sessions(actor: Actor) -> list[SessionView]:
    """The user's open sessions in this organization, the most recently used first."""
    sql = """
        SELECT id, created_at, last_seen_at, user_agent, address, id = $3 FROM sessions
        WHERE user_id = $1 AND organization_id = $2 AND revoked_at IS NULL AND expires_at > now() ORDER BY last_seen_at DESC LIMIT 100
    """
    async with system_transaction("sessions are out of organizations' reach") as db:
        return await db.fetch(SessionView, sql, actor.user_id, actor.organization_id, actor.session_id)


async def end_session(actor: Actor, session_id: int) -> None:
    """End one of the user's own sessions; an unknown one changes nothing."""
    sql = "UPDATE sessions SET revoked_at = now() WHERE id = $1 AND user_id = $2 AND organization_id = $3 AND revoked_at IS NULL"
    async with system_transaction("sessions are out of organizations' reach") as db:
        if await db.execute(sql, session_id, actor.user_id, actor.organization_id):
            await _announce(actor.user_id or 0, actor.organization_id, [session_id])


async def end_all_sessions(db: Unit, user_id: int) -> None:
    """Everywhere, with their sockets, in the open unit of work."""
    await _revoke(db, user_id, None, keep=None)


async def _revoke(db: Unit, user_id: int, organization_id: int | None, *, keep: int | None) -> None:
    ended: dict[int, list[int]] = {}
    for row in await db.fetch_rows(REVOKE, user_id, organization_id, keep):
        ended.setdefault(row["organization_id"], []).append(row["id"])
    for where, session_ids in ended.items():
        await _announce(user_id, where, session_ids)


async def _announce(user_id: int, organization_id: int, session_ids: list[int]) -> None:
    event = SessionsRevoked(organization_id=organization_id, user_id=user_id, session_ids=session_ids)
    await record(event, Audience(user_id=user_id))


async def add(db: Unit, email: str, name: str, hashed: str) -> int:
    """A new account in the open unit of work, by its id; the same unit makes it a member, for without that it could not stay.

    Raises:
        Conflict: the address has an account already. Its owner would have to agree, and cannot be asked yet.
    """
    user_id = await db.fetch_value(ADD_ACCOUNT, email, name, hashed)
    if user_id is None:
        raise Conflict("this address has an account already, whose owner would have to agree", code="account_exists")
    return int(user_id)
