"""A clock that tests set: PostgreSQL's own, for the connections of this process, so the engine goes by it to the microsecond."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from core import database
from core.access import Actor
from core.database import pool
from core.pool import new_pool
from core.settings import settings
from modules.workflows import jobs
from tests.workflows.support import fire

MADE = """
CREATE SCHEMA IF NOT EXISTS set_clock;
CREATE TABLE IF NOT EXISTS set_clock.clock (at timestamptz NOT NULL);
CREATE OR REPLACE FUNCTION set_clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT at FROM set_clock.clock';
GRANT USAGE ON SCHEMA set_clock TO PUBLIC;
GRANT SELECT ON set_clock.clock TO PUBLIC;
DELETE FROM set_clock.clock;
INSERT INTO set_clock.clock VALUES (now());
"""
DUE = "SELECT min(due_at) FROM timers WHERE organization_id = $1 AND name = 'modules.workflows.advance' AND due_at <= $2"


@asynccontextmanager
async def a_set_clock() -> AsyncIterator[None]:
    """As long as it is open, `clock_timestamp()` is what `at` said last."""
    real = pool()
    await real.execute(MADE)
    database._pool = await new_pool(settings().database_url, size=4, search_path="set_clock, pg_catalog, public")
    try:
        yield
    finally:
        await database.close_pool()
        database._pool = real


async def at(moment: datetime) -> None:
    await pool().execute("UPDATE set_clock.clock SET at = $1", moment)


async def until(admin: Actor, moment: datetime) -> None:
    """Time passes: whatever falls due up to then is done at its time, as by a worker that is never late."""
    for _ in range(2000):
        due = await pool().fetchval(DUE, admin.organization_id, moment)
        if due is None:
            await at(moment)
            return
        await at(due)
        for run in await fire(admin):
            await jobs.advance.function(admin.organization_id, run)
    raise AssertionError("it never comes to rest")
