"""Rows that have done their work: old jobs, dead workers, ended sessions, counted attempts."""

import asyncio
import logging
import time
from typing import get_args

from core.database import pool
from core.extend.module import JobClass
from core.jobs import ledger
from core.jobs.define import job
from core.jobs.lanes import ERA
from core.jobs.tables import DEAD

log = logging.getLogger("lacasa.jobs")

BATCH = 2000
BUDGET_S = 90.0
"""For all of it; what is left then is a matter of the next run."""
OLD = (
    ("jobs", "status = 2 AND finished_at < now() - interval '1 day'"),
    ("jobs", "status = 3 AND finished_at < now() - interval '90 days'"),
    ("event_dead_letters", "died_at < now() - interval '90 days'"),
    (
        "workers",
        "lease_until < now() - interval '1 hour' AND NOT EXISTS (SELECT FROM jobs WHERE worker_id = workers.id AND status = 1)",
    ),
    ("sessions", "expires_at < now() - interval '30 days' OR revoked_at < now() - interval '30 days'"),
    ("throttles", "window_start < now() - interval '1 day'"),
)
UNKNOWN = f"""
UPDATE jobs SET status = {DEAD}, finished_at = now(), error = 'no worker knows a job of this name'
WHERE id IN (SELECT id FROM jobs WHERE class = $1 AND status = 0 AND {ERA} < now() - interval '7 days' AND name <> ALL ($2::text[])
             LIMIT {BATCH} FOR UPDATE SKIP LOCKED)
"""
"""What a module that is gone has left, e.g. by its timers."""


@job(job_class="bulk", timeout_s=120)
async def tidy() -> None:
    """Every five minutes; in small batches, as many as there are, so that it keeps up with any rate of jobs."""
    deadline = time.monotonic() + BUDGET_S
    for table, rows in OLD:
        await _in_batches(f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE {rows} LIMIT {BATCH})", (), deadline)
    names = ledger.known_names()
    for job_class in get_args(JobClass):
        await _in_batches(UNKNOWN, (job_class, names), deadline)


async def _in_batches(sql: str, arguments: tuple[object, ...], deadline: float) -> None:
    while time.monotonic() < deadline:
        tag = str(await pool().execute(sql, *arguments))
        if int(tag.rpartition(" ")[2]) < BATCH:
            return
        await asyncio.sleep(0)
    log.warning("housekeeping leaves rows for its next run")
