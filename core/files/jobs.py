"""Uploads that nobody sent are thrown away after a day: first the bytes, then the row, so that nothing is forgotten on disk."""

from core.database import pool
from core.files.actions import store
from core.jobs.define import job

OLD = "SELECT token FROM files WHERE message_id IS NULL AND created_at < now() - interval '1 day' LIMIT 500"


@job(job_class="bulk", timeout_s=120)
async def tidy_uploads() -> None:
    """Every five minutes."""
    for (token,) in await pool().fetch(OLD):
        await store().delete(token)
        await pool().execute("DELETE FROM files WHERE token = $1 AND message_id IS NULL", token)
