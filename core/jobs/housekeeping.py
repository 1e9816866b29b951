"""Rows that have done their work: old jobs, dead workers, ended sessions, counted attempts."""

from core.database import pool
from core.jobs.define import job

OLD = (
    "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE status = 2 AND finished_at < now() - interval '1 day' LIMIT 5000)",
    "DELETE FROM workers WHERE lease_until < now() - interval '1 hour' AND NOT EXISTS (SELECT FROM jobs WHERE worker_id = workers.id AND status = 1)",
    "DELETE FROM sessions WHERE expires_at < now() - interval '30 days' OR revoked_at < now() - interval '30 days'",
    "DELETE FROM throttles WHERE window_start < now() - interval '1 day'",
)


@job(job_class="bulk", timeout_s=120)
async def tidy() -> None:
    """Every five minutes."""
    for statement in OLD:
        await pool().execute(statement)
