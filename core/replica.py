"""Reads that may be a little old, from a copy of the database where `LACASA_DATABASE_READ_URL` names one: what is heavy and only looked at.

    async with replica.read(actor) as asked:
        rows = await asked.db.fetch_rows(…)     # asked.lag_s: how old they are; None: the database itself was asked

A copy that is away, or too far behind, is left alone for a while, and the database itself is asked.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg
import msgspec

from core import database
from core.access import Actor
from core.database import AWAY, Unit
from core.pool import new_pool
from core.settings import settings

POOL = 4
PATIENCE_S = 2.0
AWAY_S = 30.0
BEHIND_S = 300.0
"""Nobody is shown figures that are older."""
LAG = """
SELECT CASE WHEN NOT pg_is_in_recovery()
              OR (pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() AND EXISTS (SELECT FROM pg_stat_wal_receiver)) THEN 0.0
            ELSE coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 0.0) END::float8
"""
"""Of a copy that has applied all that it received, nothing, however long ago the last change was, while it still receives."""

log = logging.getLogger("lacasa.replica")
_pool: asyncpg.Pool | None = None
_away_until = 0.0


class Reading(msgspec.Struct, frozen=True):
    """A unit of work that only reads. `lag_s`: by how many seconds the copy is behind; None: no copy was asked."""

    db: Unit
    lag_s: float | None


@asynccontextmanager
async def read(actor: Actor) -> AsyncIterator[Reading]:
    """As `database.read`, of the copy where there is one that answers."""
    found = None if database.current() is not None else await _asked()
    if found is None:
        async with database.read(actor) as db:
            yield Reading(db, None)
    else:
        source, lag_s = found
        async with database.read_from(source, actor) as db:
            yield Reading(db, lag_s)


async def _asked() -> tuple[asyncpg.Pool, float] | None:
    """The copy and how far it is behind; None: there is none, or it does not do."""
    global _pool, _away_until
    url = settings().database_read_url
    if url is None or time.monotonic() < _away_until:
        return None
    try:
        async with asyncio.timeout(PATIENCE_S):
            if _pool is None:
                _pool = await new_pool(url, size=POOL)
            lag_s = float(await _pool.fetchval(LAG))
    except (TimeoutError, *AWAY, asyncpg.PostgresError) as error:
        why = type(error).__name__
    else:
        if lag_s <= BEHIND_S:
            return _pool, lag_s
        why = f"{lag_s:.0f} s behind"
    _away_until = time.monotonic() + AWAY_S
    log.warning("the copy of the database is not asked for %.0f s: %s", AWAY_S, why)
    return None


async def close() -> None:
    """End this process's connections to the copy."""
    global _pool, _away_until
    _away_until = 0.0
    if _pool is not None:
        closing, _pool = _pool, None
        with suppress(TimeoutError):
            await asyncio.wait_for(closing.close(), timeout=5)
