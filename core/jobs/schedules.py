"""Schedules: each fires once per period for all workers together, and catches up once after a pause."""

from core.database import pool
from core.extend import registry
from core.jobs.ledger import ENQUEUE

ADD = "INSERT INTO schedules (name, next_at) SELECT unnest($1::text[]), now() ON CONFLICT (name) DO NOTHING"
DUE = """
UPDATE schedules SET next_at = now() + make_interval(secs => $2)
WHERE name = $1 AND next_at <= now() RETURNING id
"""


async def fire() -> None:
    """Queue the job of each schedule that is due."""
    schedules = registry.schedules()
    await pool().execute(ADD, list(schedules))
    for schedule in schedules.values():
        job = registry.jobs()[schedule.job]
        async with pool().acquire() as connection, connection.transaction():
            if await connection.fetchval(DUE, schedule.name, float(schedule.every_s)) is not None:
                key = f"schedule:{schedule.name}"
                await connection.execute(ENQUEUE, None, job.job_class, job.name, {}, key, None, job.max_attempts)
