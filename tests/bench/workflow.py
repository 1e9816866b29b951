"""Contacts who wait in a workflow, of whom many fall due within one second: how late is the effect, and does it happen once? Relay and two workers.

`late_*`: from the time that a delay ends until the step after it (a tag) is committed.
"""

import asyncio
import os
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from tests.bench import ground
from tests.bench.measure import Options
from tests.ports import free_port
from tests.stack import Stack

LEAD_S = 15
START_S = 300
PATIENCE_S = 600
DEFINITION = {
    "trigger": {"type": "custom"},
    "steps": [
        {"id": "wait", "type": "delay", "config": {"days": 1}},
        {"id": "tag", "type": "tag", "config": {"add": ["care"]}},
    ],
}
ORGANIZATION = "INSERT INTO organizations (name, slug) VALUES ('Bench', 'bench') RETURNING id"
CONTACTS = "INSERT INTO contacts (organization_id, email) SELECT $1, n || '@example.com' FROM generate_series(1, $2) n"
WORKFLOW = """
WITH w AS (
    INSERT INTO workflows (organization_id, name, trigger_type, status, draft, version) VALUES ($1, 'Care', 'custom', 'active', $2, 1) RETURNING id
)
INSERT INTO workflow_versions (organization_id, workflow_id, version, definition) SELECT $1, id, 1, $2 FROM w RETURNING workflow_id
"""
WAITING = """
INSERT INTO workflow_enrollments (organization_id, workflow_id, version, contact_id, step_id, phase, due_at)
SELECT $1, $2, 1, k.id, 'wait', 'waiting', clock_timestamp() + make_interval(secs => CASE WHEN n <= $3 THEN $4 + n::float8 / $3 ELSE 86400 END)
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM contacts WHERE organization_id = $1) k
"""
TIMERS = """
INSERT INTO timers (organization_id, name, key, arguments, due_at)
SELECT $1, 'modules.workflows.advance', 'workflow:' || id, jsonb_build_object('organization_id', $1::bigint, 'enrollment_id', id), due_at
FROM workflow_enrollments WHERE organization_id = $1
"""
DUE = "CREATE TABLE bench_due AS SELECT id, due_at FROM workflow_enrollments WHERE due_at < now() + interval '1 hour'"
LEFT = "SELECT EXISTS (SELECT FROM workflow_enrollments e JOIN bench_due d USING (id) WHERE e.status = 'active')"
FIGURES = """
SELECT count(*) AS effects, count(*) - count(DISTINCT f.enrollment_id) AS doubled,
       percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM f.at - d.due_at) * 1000) AS late
FROM workflow_effects f JOIN bench_due d ON d.id = f.enrollment_id WHERE f.kind = 'tag'
"""


async def run(options: Options) -> dict[str, Any]:
    """`--n`: who waits (100,000), a tenth of whom fall due within the same second."""
    n = options.n or 100_000
    due = n // 10
    async with ground.database() as urls, ground.connected(urls):
        connection = await asyncpg.connect(urls.database)
        logs = Path(os.environ["LACASA_DATA"]) / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        stack = Stack(free_port(), logs, dict(os.environ))
        try:
            organization, workflow = await _seeded(connection, n)
            for name in ("relay", "worker-1", "worker-2"):
                await stack.start(name)
            await _registered(connection)
            await _let_wait(connection, organization, workflow, due)
            await _settled(connection)
            found = await connection.fetchrow(FIGURES)
        finally:
            await stack.stop()
            await connection.close()
    p50, p99 = found["late"]
    return {
        "n": n,
        "due": due,
        "effects": found["effects"],
        "doubled": found["doubled"],
        "late_p50_ms": round(p50),
        "late_p99_ms": round(p99),
    }


async def _seeded(connection: asyncpg.Connection, n: int) -> tuple[int, int]:
    """The organization and its workflow, with contacts of whom nobody is in it yet."""
    organization = await connection.fetchval(ORGANIZATION)
    await connection.execute(CONTACTS, organization, n)
    return organization, await connection.fetchval(WORKFLOW, organization, msgspec.json.encode(DEFINITION).decode())


async def _registered(connection: asyncpg.Connection) -> None:
    """Wait until both workers are at work."""
    for _ in range(START_S * 10):
        if await connection.fetchval("SELECT count(*) FROM workers") == 2:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the workers did not start")


async def _let_wait(connection: asyncpg.Connection, organization: int, workflow: int, due: int) -> None:
    await connection.execute(WAITING, organization, workflow, due, float(LEAD_S))
    await connection.execute(TIMERS, organization)
    await connection.execute(DUE)
    await connection.execute("ANALYZE workflow_enrollments; ANALYZE timers")


async def _settled(connection: asyncpg.Connection) -> None:
    for _ in range(PATIENCE_S * 10):
        if not await connection.fetchval(LEFT):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("not everybody who was due came to the end")
