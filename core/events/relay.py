"""The relay: moves committed events from `outbox` to the log, gives each its position, starts its handlers, publishes it.

One relay is active, by an advisory lock on its session; standbys wait for it. The lock is for speed, not for
correctness: overlapping moves wait for each other on `event_clock`. A frozen relay loses its session (and with
it the lock) after two seconds, so a standby takes over.

One statement does the whole move (`moving.py`), so an event is either in the outbox, or in the log with a gap-free position
and its handlers' jobs queued. Publishing comes after and may be lost: hubs see the gap, or ask for heads.
"""

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter

import asyncpg
import msgspec

from core.access import Audience
from core.database import AWAY
from core.events import partitions, wake
from core.events.contract import Logged
from core.events.moving import Mover
from core.process import pass_over_the_loaded, run_process
from core.settings import Settings, settings

log = logging.getLogger("lacasa.relay")

LOCK = 0x1ACA5A
BATCH = 500
POLL_S = 0.25
STANDBY_S = 0.2
SESSION_TIMEOUT_MS = 2000
FULL_STEP_S = 60.0
PUBLISH_MAX = 512 * 1024

ORDER = attrgetter("organization_id", "position")
_encode = msgspec.json.Encoder().encode


class Relay:
    """One relay process's state: its session, whether it is the active one, and what it knows of the outbox."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._ring = asyncio.Event()
        self._mover = Mover()
        self._full_step_at = 0.0

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
                "tcp_user_timeout": "5000",
                "jit": "off",
                "enable_seqscan": "off",  # what a plan cached over an empty outbox would be stuck with
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
        self._mover.forget()
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
            is_full = await self.step(connection) == BATCH
            if time.monotonic() > tidy_at:
                tidy_at = time.monotonic() + 3600
                await self._tidy(connection)
            if is_full:
                continue
            try:
                await asyncio.wait_for(self._ring.wait(), POLL_S)
            except TimeoutError:
                continue

    async def step(self, connection: asyncpg.Connection) -> int:
        """Move and publish one batch; returns how many events that were."""
        if time.monotonic() - self._full_step_at > FULL_STEP_S:
            self._mover.forget()
            self._full_step_at = time.monotonic()
        moved = 0
        async for rows in self._mover.batches(connection, BATCH):
            await publish(sorted(map(logged, rows), key=ORDER))
            for job_class in rows[0][-3] or ():
                await wake.jobs(job_class)
            moved += len(rows)
        return moved


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
            marketers_only=row["marketers_only"],
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
        pass_over_the_loaded()
        await Relay(configuration.required_database_url()).run(stopping)

    run_process("relay", configuration, run, database=False)
