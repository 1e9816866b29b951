"""The move of events from `outbox` to the log, in one statement: position, row and handlers' jobs, or nothing of them.

A row that PostgreSQL refuses would stop everybody's events for ever. So a batch that is refused is halved until the
row stands alone; it is then moved to `event_dead_letters` with the error, and everything else goes on in its order.
"""

import logging
from collections import deque
from collections.abc import AsyncIterator

import asyncpg

from core.events.contract import type_of
from core.extend import registry

log = logging.getLogger("lacasa.relay")

ERROR_MAX = 2000
COLUMNS = (
    "id, organization_id, type, version, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids, "
    "user_id, staff_only, marketers_only, body, public"
)
HEAD = "SELECT id FROM outbox WHERE id > $2 ORDER BY id LIMIT $1"
MOVE = """
WITH batch AS (
    DELETE FROM outbox WHERE id = ANY ({chosen}) RETURNING *
), tally AS (
    SELECT b.organization_id, count(*) AS n FROM batch b JOIN organizations o ON o.id = b.organization_id GROUP BY 1
), clock AS (
    INSERT INTO event_clock AS t (organization_id, position)
    SELECT organization_id, n FROM tally ORDER BY 1
    ON CONFLICT (organization_id) DO UPDATE SET position = t.position + excluded.position
    RETURNING organization_id, position, epoch
), moved AS (
    INSERT INTO event_log (organization_id, position, epoch, id, type, version, conversation_id, contact_ids, inbox_ids,
                           team_ids, assignee_ids, user_id, staff_only, marketers_only, body, public, created_at)
    SELECT b.organization_id, clock.position - tally.n + row_number() OVER (PARTITION BY b.organization_id ORDER BY b.id),
           clock.epoch, b.id, b.type, b.version, b.conversation_id, b.contact_ids, b.inbox_ids,
           b.team_ids, b.assignee_ids, b.user_id, b.staff_only, b.marketers_only, b.body, b.public, clock_timestamp()
    FROM batch b JOIN tally USING (organization_id) JOIN clock USING (organization_id)
    RETURNING *
), started AS (
    INSERT INTO jobs (organization_id, class, name, arguments, key, max_attempts, run_at)
    SELECT m.organization_id, h.class, h.name, jsonb_build_object('event', m.body::jsonb), m.id || ':' || h.name, 20, clock_timestamp()
    FROM moved m JOIN unnest($3::text[], $4::text[], $5::text[]) AS h (type, class, name) ON h.type = m.type
    ORDER BY m.id
    ON CONFLICT (organization_id, key) WHERE status < 2 AND key IS NOT NULL DO NOTHING
    RETURNING class
)
SELECT organization_id, position, epoch, id, type, version, conversation_id, contact_ids, inbox_ids, team_ids,
       assignee_ids, user_id, staff_only, marketers_only, body, public, created_at,
       (SELECT array_agg(DISTINCT class) FROM started),
       (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint),
       (SELECT pg_current_xact_id()::text::bigint)
FROM moved
"""
"""Events of an organization that is gone are deleted and appear nowhere. `$2` is the floor."""
MOVE_NEXT = MOVE.format(chosen=f"ARRAY({HEAD})")
MOVE_THESE = MOVE.format(chosen="$1::bigint[]").replace("id = ANY", "id > $2 AND id = ANY", 1)
BURY = f"""
WITH dead AS (DELETE FROM outbox WHERE id = $1 RETURNING *)
INSERT INTO event_dead_letters ({COLUMNS}, error)
SELECT {COLUMNS}, $2 FROM dead WHERE EXISTS (SELECT FROM organizations o WHERE o.id = dead.organization_id)
RETURNING type
"""
ROW_ERRORS = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, asyncpg.ProgramLimitExceededError)


class Floor:
    """The highest outbox id below which nothing can ever appear again.

    Without it each step walks the dead index entries that an old snapshot (a dump, a forgotten transaction) keeps
    alive. Exact, not a guess: once every transaction older than the one that moved id m has ended and one later step
    found nothing below, all ids up to m are settled. (`xmax` of a snapshot would not do: it is one past the newest
    transaction that has ended, and younger ones may run that hold lower ids.)
    """

    def __init__(self) -> None:
        self.id = 0
        self._candidates: deque[tuple[int, int]] = deque()
        self._settled = 0

    def advance(self, highest: int, xmin: int, xid: int, *, drained: bool) -> None:
        if drained and self._settled:
            self.id = max(self.id, self._settled)
        while self._candidates and self._candidates[0][1] <= xmin:
            self._settled = self._candidates.popleft()[0]
        if highest and (not self._candidates or self._candidates[-1][1] < xid):
            self._candidates.append((highest, xid))

    def forget(self) -> None:
        self.id, self._settled = 0, 0
        self._candidates.clear()


class Mover:
    """Moves batches over one connection at a time; keeps the floor and the list of handlers."""

    def __init__(self) -> None:
        self._floor = Floor()
        handled = [(type_of(h.event), h.job_class, h.name) for h in registry.handlers().values()]
        self._handlers = tuple(zip(*handled, strict=True)) if handled else ((), (), ())

    def forget(self) -> None:
        """Look at the whole outbox next time."""
        self._floor.forget()

    async def batches(self, connection: asyncpg.Connection, size: int) -> AsyncIterator[list[asyncpg.Record]]:
        """Move the next `size` events: one batch, or its healthy parts in order where a row was refused."""
        try:
            rows = await connection.fetch(MOVE_NEXT, size, self._floor.id, *self._handlers)
        except ROW_ERRORS as error:
            if not of_a_row(error):
                raise
            ids = [row["id"] for row in await connection.fetch(HEAD, size, self._floor.id)]
            async for part in self._sift(connection, ids):
                yield part
            return
        if rows:
            self._floor.advance(max(row[3] for row in rows), rows[0][-2], rows[0][-1], drained=len(rows) < size)
            yield rows

    async def _sift(self, connection: asyncpg.Connection, ids: list[int]) -> AsyncIterator[list[asyncpg.Record]]:
        try:
            rows = await connection.fetch(MOVE_THESE, ids, 0, *self._handlers)
        except ROW_ERRORS as error:
            if not of_a_row(error):
                raise
            if len(ids) == 1:
                await _bury(connection, ids[0], error)
                return
            for half in (ids[: len(ids) // 2], ids[len(ids) // 2 :]):
                async for part in self._sift(connection, half):
                    yield part
            return
        if rows:
            yield rows


def of_a_row(error: asyncpg.PostgresError) -> bool:
    """Whether it is a row that is wrong. A missing day of the log is a check violation of no constraint, and wrong for all."""
    return not isinstance(error, asyncpg.CheckViolationError) or error.constraint_name is not None


async def _bury(connection: asyncpg.Connection, event_id: int, error: asyncpg.PostgresError) -> None:
    """The message of `error` is kept for the organization's admins; its details, which quote the row, are not."""
    words = f"{type(error).__name__}: {error.args[0]}"[:ERROR_MAX].replace("\x00", "")
    kind = await connection.fetchval(BURY, event_id, words)
    log.error("an event was refused and buried", extra={"id": event_id, "event": kind, "error": type(error).__name__})
