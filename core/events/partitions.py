"""Days of the event log. Each is a partition, made a few days ahead and dropped whole when it is old."""

from datetime import UTC, date, datetime, timedelta

import asyncpg

AHEAD_DAYS = 3


def _name(day: date) -> str:
    return f"event_log_{day:%Y%m%d}"


async def prepare(connection: asyncpg.Connection) -> None:
    """Make today's partition and the next days'. Safe to repeat, also from several processes at once."""
    today = datetime.now(UTC).date()
    for day in (today + timedelta(days=offset) for offset in range(-1, AHEAD_DAYS + 1)):
        if await connection.fetchval("SELECT to_regclass($1) IS NULL", _name(day)):
            await _create(connection, day)


async def _create(connection: asyncpg.Connection, day: date) -> None:
    try:
        await connection.execute(
            f"CREATE TABLE IF NOT EXISTS {_name(day)} PARTITION OF event_log "
            f"FOR VALUES FROM ('{day} 00:00:00+00') TO ('{day + timedelta(days=1)} 00:00:00+00')"
        )
    except (asyncpg.DuplicateTableError, asyncpg.UniqueViolationError, asyncpg.InvalidObjectDefinitionError):
        return  # another process made it in between


async def drop_before(connection: asyncpg.Connection, oldest: datetime) -> int:
    """Drop the partitions whose last event is older than `oldest`; returns how many."""
    names = await connection.fetch("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'event_log'::regclass")
    limit, dropped = _name(oldest.date()), 0
    for (name,) in names:
        if name.removeprefix("public.") < limit:
            await connection.execute(f"DROP TABLE IF EXISTS {name}")
            dropped += 1
    return dropped
