"""The relay: moves committed events from `outbox` to the log, gives each its position, starts its handlers, publishes it.

One relay is active, by an advisory lock on its session; standbys wait for it. The lock is for speed, not for
correctness: overlapping moves wait for each other on `event_clock`. A frozen relay loses its session (and with
it the lock) after two seconds, so a standby takes over.

One statement does the whole move, so an event is either in the outbox, or in the log with a gap-free position and
its handlers' jobs queued. Publishing comes after and may be lost: hubs see the gap, or ask for heads.
"""

import asyncio
import logging
import time
from collections import deque
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter

import asyncpg
import msgspec

from core.access import Audience
from core.database import AWAY
from core.events import partitions, wake
from core.events.contract import Logged, type_of
from core.extend import registry
from core.process import run_process
from core.settings import Settings, settings

log = logging.getLogger("lacasa.relay")

LOCK = 0x1ACA5A
BATCH = 500
POLL_S = 0.25
STANDBY_S = 0.2
SESSION_TIMEOUT_MS = 2000
FULL_STEP_S = 60.0
PUBLISH_MAX = 512 * 1024

MOVE = """
WITH batch AS (
    DELETE FROM outbox WHERE id = ANY (ARRAY(SELECT id FROM outbox WHERE id > $2 ORDER BY id LIMIT $1)) RETURNING *
), tally AS (
    SELECT organization_id, count(*) AS n FROM batch GROUP BY 1
), clock AS (
    INSERT INTO event_clock AS t (organization_id, position)
    SELECT organization_id, n FROM tally ORDER BY 1
    ON CONFLICT (organization_id) DO UPDATE SET position = t.position + excluded.position
    RETURNING organization_id, position, epoch
), moved AS (
    INSERT INTO event_log (organization_id, position, epoch, id, type, version, conversation_id, contact_ids, inbox_ids,
                           team_ids, assignee_ids, user_id, staff_only, body, public, created_at)
    SELECT b.organization_id, clock.position - tally.n + row_number() OVER (PARTITION BY b.organization_id ORDER BY b.id),
           clock.epoch, b.id, b.type, b.version, b.conversation_id, b.contact_ids, b.inbox_ids,
           b.team_ids, b.assignee_ids, b.user_id, b.staff_only, b.body, b.public, clock_timestamp()
    FROM batch b JOIN tally USING (organization_id) JOIN clock USING (organization_id)
    RETURNING *
), started AS (
    INSERT INTO jobs (organization_id, class, name, arguments, key, max_attempts)
    SELECT m.organization_id, h.class, h.name, jsonb_build_object('event', m.body::jsonb), m.id || ':' || h.name, 20
    FROM moved m JOIN unnest($3::text[], $4::text[], $5::text[]) AS h (type, class, name) ON h.type = m.type
    ORDER BY m.id
    ON CONFLICT (organization_id, key) WHERE status < 2 AND key IS NOT NULL DO NOTHING
    RETURNING class
)
SELECT organization_id, position, epoch, id, type, version, conversation_id, contact_ids, inbox_ids, team_ids,
       assignee_ids, user_id, staff_only, body, public, created_at, (SELECT array_agg(DISTINCT class) FROM started)
FROM moved
"""

SNAPSHOT = "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s"
ORDER = attrgetter("organization_id", "position")
_encode = msgspec.json.Encoder().encode


class Floor:
    """The highest outbox id below which nothing can ever appear again.

    Without it each step walks the dead index entries that an old snapshot (a dump, a forgotten transaction) keeps
    alive. Exact, not a guess: once every transaction that ran when id m was moved has ended and one later step
    found nothing below, all ids up to m are settled.
    """

    def __init__(self) -> None:
        self.id = 0
        self._candidates: deque[tuple[int, int]] = deque()
        self._settled = 0

    def advance(self, highest: int, xmin: int, xmax: int, *, drained: bool) -> None:
        if drained and self._settled:
            self.id = max(self.id, self._settled)
        while self._candidates and self._candidates[0][1] <= xmin:
            self._settled = self._candidates.popleft()[0]
        if highest and (not self._candidates or self._candidates[-1][1] < xmax):
            self._candidates.append((highest, xmax))

    def forget(self) -> None:
        self.id, self._settled = 0, 0
        self._candidates.clear()


class Relay:
    """One relay process's state: its session, whether it is the active one, and its floor."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._ring = asyncio.Event()
        self._floor = Floor()
        self._full_step_at = 0.0
        handled = [(type_of(h.event), h.job_class, h.name) for h in registry.handlers().values()]
        self._handlers = tuple(zip(*handled, strict=True)) if handled else ((), (), ())

    async def run(self, stopping: asyncio.Event) -> None:
        """Serve until `stopping`; a lost session is opened anew, a taken lock is waited for."""
        await wake.subscribe(wake.RELAY, self._woken)
        while not stopping.is_set():
            try:
                await self._session(stopping)
            except (*AWAY, asyncpg.PostgresError) as error:
                log.warning("relay session ended (%s); reconnecting", type(error).__name__)
                await asyncio.sleep(STANDBY_S)

    async def _woken(self, _message: object) -> None:
        self._ring.set()

    async def _session(self, stopping: asyncio.Event) -> None:
        connection = await asyncpg.connect(
            self._url,
            timeout=5,
            command_timeout=10,
            server_settings={
                "application_name": "lacasa-relay",
                "idle_session_timeout": str(SESSION_TIMEOUT_MS),
                "statement_timeout": "5000",
                "tcp_keepalives_idle": "5",
            },
        )
        try:
            while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
                await asyncio.sleep(STANDBY_S)
                if stopping.is_set():
                    return
            log.info("relay is active")
            await self._take_over(connection)
            await self._serve(connection, stopping)
        finally:
            connection.terminate()

    async def _take_over(self, connection: asyncpg.Connection) -> None:
        """What a killed predecessor moved but did not publish shows in the heads."""
        self._floor.forget()
        await self._tidy(connection)
        await wake.publish("heads")

    async def _tidy(self, connection: asyncpg.Connection) -> None:
        """Make and drop days, but never wait for a long reader (a dump): days are made ahead, and the next hour comes."""
        await connection.execute("SET lock_timeout = '300ms'")
        try:
            await partitions.prepare(connection)
            await partitions.drop_before(connection, datetime.now(UTC) - timedelta(days=settings().event_log_days))
        except (asyncpg.LockNotAvailableError, asyncpg.QueryCanceledError):
            log.warning("the days of the event log wait for a long reader")
        finally:
            await connection.execute("RESET lock_timeout")

    async def _serve(self, connection: asyncpg.Connection, stopping: asyncio.Event) -> None:
        tidy_at = time.monotonic() + 3600
        while not stopping.is_set():
            self._ring.clear()
            while await self.step(connection) == BATCH:
                pass
            if time.monotonic() > tidy_at:
                tidy_at = time.monotonic() + 3600
                await self._tidy(connection)
            try:
                await asyncio.wait_for(self._ring.wait(), POLL_S)
            except TimeoutError:
                continue

    async def step(self, connection: asyncpg.Connection) -> int:
        """Move and publish one batch; returns how many events that were."""
        if time.monotonic() - self._full_step_at > FULL_STEP_S:
            self._floor.forget()
            self._full_step_at = time.monotonic()
        rows = await connection.fetch(MOVE, BATCH, self._floor.id, *self._handlers)
        xmin, xmax = await connection.fetchrow(SNAPSHOT) if rows else (0, 0)
        events = sorted((logged(row) for row in rows), key=ORDER)
        if rows:
            self._floor.advance(max(event.id for event in events), xmin, xmax, drained=len(rows) < BATCH)
            for job_class in rows[0][-1] or ():
                await wake.jobs(job_class)
            await publish(events)
        return len(rows)


def logged(row: asyncpg.Record) -> Logged:
    """A row of `event_log` (columns in table order) as what hubs and replays handle."""
    return Logged(
        organization_id=row["organization_id"],
        position=row["position"],
        epoch=row["epoch"],
        id=row["id"],
        type=row["type"],
        version=row["version"],
        audience=Audience(
            conversation_id=row["conversation_id"],
            contact_ids=tuple(row["contact_ids"]),
            inbox_ids=tuple(row["inbox_ids"]),
            team_ids=tuple(row["team_ids"]),
            assignee_ids=tuple(row["assignee_ids"]),
            user_id=row["user_id"],
            staff_only=row["staff_only"],
        ),
        body=row["body"].encode(),
        public=None if row["public"] is None else row["public"].encode(),
        at=row["created_at"],
    )


async def publish(events: list[Logged]) -> None:
    """One NATS message per organization and batch (split where it would be too large), on `events.<organization>`."""
    for organization_id, batch in groupby(events, key=lambda event: event.organization_id):
        subject = f"events.{organization_id}"
        pending: list[bytes] = []
        size = 0
        for event in batch:
            encoded = _encode(event)
            if pending and size + len(encoded) > PUBLISH_MAX:
                await wake.publish(subject, b"[" + b",".join(pending) + b"]")
                pending, size = [], 0
            pending.append(encoded)
            size += len(encoded)
        await wake.publish(subject, b"[" + b",".join(pending) + b"]")


def main(configuration: Settings) -> None:
    """The `lacasa relay` process."""

    async def run(stopping: asyncio.Event) -> None:
        await Relay(configuration.required_database_url()).run(stopping)

    run_process("relay", configuration, run, database=False)
