"""Timers that fall due within one minute: does each fire once, and how late? Two workers poll; the jobs do nothing.

`fire_*`: from the time set until its job stands in the ledger; `done_*`: until that job is done.
"""

import asyncio
import os
from pathlib import Path
from typing import Any

import asyncpg

from tests.bench import ground
from tests.bench.jobs import until_done
from tests.bench.measure import Options
from tests.bench.noop_worker import NOTHING
from tests.ports import free_port
from tests.stack import Stack

WORKERS = ("worker-1", "worker-2")
LEAD_S = 5
SET = """
INSERT INTO timers (organization_id, name, key, arguments, due_at)
SELECT (SELECT min(id) FROM organizations), $1, 'bench:' || n, jsonb_build_object('n', n, 'due', at), at
FROM generate_series(1, $2) n, LATERAL (SELECT clock_timestamp() + make_interval(secs => $4 + $3 * n / $2) AS at) due
"""
FIGURES = """
SELECT count(*) AS fired, count(*) - count(DISTINCT arguments ->> 'n') AS doubled, max(attempt) AS attempts, array_agg(DISTINCT class) AS classes,
       percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM created_at - (arguments ->> 'due')::timestamptz) * 1000) AS fire,
       percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - (arguments ->> 'due')::timestamptz) * 1000) AS done
FROM jobs WHERE name = $1
"""


async def run(options: Options) -> dict[str, Any]:
    """`--n`: timers (100,000). `--seconds`: within how many they fall due (60)."""
    n, seconds = options.n or 100_000, options.seconds or 60.0
    async with ground.database() as urls, ground.connected(urls):
        connection = await asyncpg.connect(urls.database)
        await connection.execute("INSERT INTO organizations (name, slug) VALUES ('Bench', 'bench')")
        logs = Path(os.environ["LACASA_DATA"]) / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        stack = Stack(free_port(), logs, dict(os.environ) | {"LACASA_WORKER_CONCURRENCY": "100"})
        stack.stand_ins = {name: ["-m", "tests.bench.noop_worker"] for name in WORKERS}
        try:
            for name in WORKERS:
                await stack.start(name)
            await _registered(connection)
            await connection.execute(SET, NOTHING, n, seconds, float(LEAD_S))
            await until_done(connection, "timers")
            await until_done(connection, "jobs")
            found = await connection.fetchrow(FIGURES, NOTHING)
        finally:
            await stack.stop()
            await connection.close()
    return {
        "n": n,
        "seconds": seconds,
        "fired": found["fired"],
        "doubled": found["doubled"],
        "attempts": found["attempts"],
        "classes": found["classes"],
        **{
            f"{kind}_{name}_ms": round(value, 1)
            for kind in ("fire", "done")
            for name, value in zip(("p50", "p99"), found[kind], strict=True)
        },
    }


async def _registered(connection: asyncpg.Connection) -> None:
    """Wait until all workers are at work."""
    for _ in range(1200):
        if await connection.fetchval("SELECT count(*) FROM workers") == len(WORKERS):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the workers did not start")
