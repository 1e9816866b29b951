"""Sessions: rows that a signed cookie names. Making, finding and revoking them."""

from datetime import UTC, datetime, timedelta

import jwt

from core.access import Actor, ActorKind
from core.auth.tokens import session_key
from core.database import current, pool
from core.errors import Unauthenticated

COOKIE = "lacasa_session"
LIFETIME = timedelta(days=14)
ALGORITHM = "HS256"

CREATE = """
INSERT INTO sessions (user_id, organization_id, expires_at, user_agent, address)
VALUES ($1, $2, now() + $3::interval, $4, $5) RETURNING id
"""
ACTOR = """
SELECT s.id, u.id, u.name, m.role, s.organization_id, s.expires_at,
       ARRAY(SELECT i.id FROM inboxes i WHERE i.organization_id = s.organization_id AND (i.access = 'everyone' OR EXISTS (
           SELECT FROM inbox_members n WHERE n.organization_id = i.organization_id AND n.inbox_id = i.id AND n.user_id = u.id))),
       ARRAY(SELECT t.team_id FROM team_members t WHERE t.organization_id = s.organization_id AND t.user_id = u.id),
       m.sees_from
FROM sessions s
JOIN memberships m ON m.organization_id = s.organization_id AND m.user_id = s.user_id
JOIN users u ON u.id = s.user_id
WHERE s.id = ANY($1::bigint[]) AND s.revoked_at IS NULL AND s.expires_at > now()
"""
ANYBODY = "SELECT EXISTS (SELECT FROM sessions WHERE last_seen_at > now() - make_interval(secs => $1))"
TOUCH = "UPDATE sessions SET last_seen_at = now() WHERE id = $1 AND last_seen_at < now() - interval '1 minute'"


def cookie_for(session_id: int) -> str:
    """The signed cookie of a session."""
    now = datetime.now(UTC)
    return jwt.encode({"sid": session_id, "iat": now, "exp": now + LIFETIME}, session_key(), algorithm=ALGORITHM)


def session_of(cookie: str) -> int:
    """The session that a cookie names.

    Raises:
        Unauthenticated: the cookie is not ours, was altered or is too old.
    """
    try:
        claims = jwt.decode(cookie, session_key(), algorithms=[ALGORITHM], options={"require": ["exp", "sid"]})
        return int(claims["sid"])
    except (jwt.PyJWTError, ValueError, TypeError):
        raise Unauthenticated from None


async def create(user_id: int, organization_id: int, *, user_agent: str, address: str) -> int:
    """Open a session in the open system transaction; returns its id."""
    unit = current()
    if unit is None:
        raise RuntimeError("sessions are created inside a unit of work")
    return int(await unit.fetch_value(CREATE, user_id, organization_id, LIFETIME, user_agent[:300], address[:64]))


async def actor_of(session_id: int) -> Actor:
    """Who this session speaks for, with today's role and grants.

    Raises:
        Unauthenticated: it was revoked, has run out, or its user left the organization.
    """
    found = (await open_sessions([session_id])).get(session_id)
    if found is None:
        raise Unauthenticated("this session has ended")
    return found[0]


async def open_sessions(session_ids: list[int]) -> dict[int, tuple[Actor, datetime]]:
    """Who these sessions speak for, with today's roles and grants, and when each runs out. Those that ended are left out."""
    found = {}
    for row in await pool().fetch(ACTOR, session_ids):
        session_id, user_id, name, role, organization_id, expires_at, inbox_ids, team_ids, sees_from = row
        actor = Actor(
            kind=ActorKind.user,
            organization_id=organization_id,
            id=user_id,
            name=name,
            role=role,
            session_id=session_id,
            inbox_ids=frozenset(inbox_ids),
            team_ids=frozenset(team_ids),
            sees_from=sees_from,
        )
        found[session_id] = (actor, expires_at)
    return found


async def is_anybody_there(lately_s: float) -> bool:
    """Whether anybody of any organization's staff has asked for something within so many seconds (60 at least: they are noted once a minute)."""
    return bool(await pool().fetchval(ANYBODY, lately_s))


async def touch(session_id: int) -> None:
    await pool().execute(TOUCH, session_id)
