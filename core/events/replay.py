"""Replay: what happened after a cursor, in bounded windows of positions, as far as the actor may see."""

from datetime import timedelta

import msgspec

from core.access import Actor, may_see
from core.database import (
    AWAY as AWAY,  # what reading here raises while PostgreSQL is away; for those who may not touch the database
)
from core.database import pool, read
from core.events.contract import Logged
from core.events.relay import logged

WINDOW = 2000
TOO_FAR = 5000
KEEP = timedelta(days=3)

SELECT = """
SELECT organization_id, position, epoch, id, type, version, conversation_id, contact_ids, inbox_ids, team_ids,
       assignee_ids, user_id, staff_only, body, public, created_at
FROM event_log
WHERE organization_id = $1 AND position > $2 AND position <= $3 AND created_at > now() - $4::interval
ORDER BY position
"""
SELECT_VISITOR = SELECT.replace(
    "ORDER BY", "AND conversation_id IN (SELECT id FROM conversations WHERE contact_id = $5) AND public IS NOT NULL ORDER BY"
)


class Head(msgspec.Struct, frozen=True):
    """How far an organization's log goes. `epoch` changes when history was rewritten, e.g. by a restore."""

    epoch: int
    position: int


class Page(msgspec.Struct, frozen=True):
    """Visible events and the last position that was looked at (not the last visible one: else a narrow agent rescans for ever)."""

    events: list[Logged]
    scanned_to: int
    head: int


async def head(actor: Actor) -> Head:
    """The newest epoch and position of the actor's organization."""
    async with read(actor) as db:
        found = await db.fetch_one(
            Head, "SELECT epoch, position FROM event_clock WHERE organization_id = $1", actor.organization_id
        )
    return found or Head(0, 0)


async def reaches(actor: Actor, after: int) -> bool:
    """Whether the event after this position is still young enough to be replayed from."""
    sql = """SELECT EXISTS (SELECT FROM event_log
             WHERE organization_id = $1 AND position = $2 + 1 AND created_at > now() - $3::interval)"""
    async with read(actor) as db:
        return bool(await db.fetch_value(sql, actor.organization_id, after, KEEP))


async def page(actor: Actor, after: int, upto: int) -> Page:
    """One window of the log after position `after`, at most to `upto`."""
    end = min(after + WINDOW, upto)
    arguments: list[object] = [actor.organization_id, after, end, KEEP]
    sql = SELECT
    if not actor.is_staff:
        sql = SELECT_VISITOR
        arguments.append(actor.contact_id)
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, *arguments)
    events = [event for event in map(logged, rows) if may_see(actor, event.audience)]
    return Page(events, end, upto)


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
