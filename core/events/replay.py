"""Replay: what happened after a cursor, read in bounded pages that everybody shares who reads the same."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from core.access import Actor, system
from core.database import (
    AWAY as AWAY,  # what reading here raises while PostgreSQL is away; for those who may not touch the database
)
from core.database import pool, read
from core.events.contract import Logged
from core.events.relay import logged
from core.settings import settings

TOO_FAR = 5000
KEEP = timedelta(days=3)
MARGIN = timedelta(hours=1)
"""Reads reach this much further back than what counts as young, so that nothing ages away between the check and the read."""

SELECT = """
SELECT organization_id, position, epoch, id, type, version, conversation_id, contact_ids, inbox_ids, team_ids,
       assignee_ids, user_id, staff_only, marketers_only, body, public, created_at
FROM event_log
WHERE organization_id = $1 AND position > $2 AND position <= $3 AND created_at > now() - $4::interval
ORDER BY position
"""
SELECT_VISITORS = """
SELECT k.number, e.* FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY AS k (contact_id, after, upto, number), LATERAL (
    SELECT organization_id, position, epoch, id, type, version, conversation_id, contact_ids, inbox_ids, team_ids,
           assignee_ids, user_id, staff_only, marketers_only, '' AS body, public, created_at
    FROM event_log WHERE organization_id = $1 AND position > k.after AND position <= k.upto AND created_at > now() - $5::interval
      AND conversation_id IN (SELECT id FROM conversations WHERE organization_id = $1 AND contact_id = k.contact_id)
      AND k.contact_id = ANY (contact_ids) AND public IS NOT NULL ORDER BY position LIMIT $6) e ORDER BY k.number, e.position
"""
VISITOR_PAGE = 50
"""Events of one visitor that are read at once. What staff read, the body, is not among it."""
HORIZON = "SELECT min(position) FROM event_log WHERE organization_id = $1 AND created_at > now() - $2::interval"


class Head(msgspec.Struct, frozen=True):
    """How far an organization's log goes. `epoch` changes when history was rewritten, e.g. by a restore."""

    epoch: int
    position: int


async def head(actor: Actor) -> Head:
    """The newest epoch and position of the actor's organization."""
    async with read(actor) as db:
        found = await db.fetch_one(
            Head, "SELECT epoch, position FROM event_clock WHERE organization_id = $1", actor.organization_id
        )
    return found or Head(0, 0)


def is_young(at: datetime) -> bool:
    """Whether an event of that time may still be replayed."""
    return at > datetime.now(UTC) - _keep()


def _keep() -> timedelta:
    return min(KEEP, timedelta(days=settings().event_log_days) - 2 * MARGIN)


async def horizon(organization_id: int) -> int | None:
    """The lowest position that is young enough to be replayed; None: there is none."""
    async with read(system(organization_id)) as db:
        found = await db.fetch_value(HORIZON, organization_id, _keep())
    return None if found is None else int(found)


async def between(organization_id: int, after: int, upto: int) -> list[Logged]:
    """All events with `after` < position <= `upto`, for a hub that asks `may_see` per socket itself."""
    async with read(system(organization_id)) as db:
        return [logged(row) for row in await db.fetch_rows(SELECT, organization_id, after, upto, KEEP + MARGIN)]


async def of_contacts(organization_id: int, wanted: Sequence[tuple[int, int, int]]) -> list[tuple[int, Logged]]:
    """What visitors may hear of their own: for each contact, `after` and `upto` the first events, with the place in `wanted`; without bodies."""
    contacts, after, upto = zip(*wanted, strict=True)
    async with read(system(organization_id)) as db:
        rows = await db.fetch_rows(SELECT_VISITORS, organization_id, contacts, after, upto, KEEP + MARGIN, VISITOR_PAGE)
    return [(row["number"] - 1, logged(row)) for row in rows]


async def heads(organization_ids: list[int]) -> dict[int, Head]:
    """The heads of many organizations: how a hub learns of a last event that was lost on the way."""
    rows = await pool().fetch(
        "SELECT organization_id, epoch, position FROM event_clock WHERE organization_id = ANY($1::bigint[])", organization_ids
    )
    return {organization_id: Head(epoch, position) for organization_id, epoch, position in rows}


async def missing(organization_id: int, after: int, limit: int = 2000) -> list[Logged]:
    """All events after a position, for a hub that saw a gap; it filters per socket itself."""
    rows = await pool().fetch(SELECT.replace("<= $3", "<= $2 + $3"), organization_id, after, limit, KEEP)
    return [logged(row) for row in rows]
