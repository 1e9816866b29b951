"""`python -m tests.bench.bare_ledger <batch>`: the least that a job ledger can do: claim a batch with SKIP LOCKED, run, finish the batch."""

import asyncio
import os
import sys
from typing import Any

import asyncpg
import uvloop

TABLE = """
CREATE TABLE bare_jobs (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, arguments jsonb NOT NULL DEFAULT '{}',
    status smallint NOT NULL DEFAULT 0, run_at timestamptz NOT NULL DEFAULT now(), attempt int NOT NULL DEFAULT 0, finished_at timestamptz)
    WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE INDEX bare_jobs_due ON bare_jobs (run_at, id) WHERE status = 0
"""
CLAIM = """
UPDATE bare_jobs SET status = 1, attempt = attempt + 1 WHERE id = ANY (ARRAY(
    SELECT id FROM bare_jobs WHERE status = 0 AND run_at <= now() ORDER BY run_at, id LIMIT $1 FOR UPDATE SKIP LOCKED))
RETURNING id, name, arguments, attempt
"""
FINISH = "UPDATE bare_jobs SET status = 2, finished_at = now() WHERE id = ANY ($1::bigint[]) AND status = 1"


async def nothing(**_arguments: Any) -> None: ...


async def work(batch: int) -> None:
    connection = await asyncpg.connect(os.environ["LACASA_DATABASE_URL"], server_settings={"enable_seqscan": "off"})
    while True:
        jobs = await connection.fetch(CLAIM, batch)
        if not jobs:
            await asyncio.sleep(0.01)
            continue
        await asyncio.gather(*(nothing() for _ in jobs))
        await connection.execute(FINISH, [job["id"] for job in jobs])


if __name__ == "__main__":
    uvloop.run(work(int(sys.argv[1])))
