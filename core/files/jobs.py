"""Uploads that nobody sent are thrown away after a day: first the bytes, then the row, so that nothing is forgotten on disk."""

import time

from core.database import pool
from core.files.actions import store
from core.jobs.define import job

BATCH = 500
ENOUGH_S = 60.0
OLD = (
    f"SELECT token FROM files WHERE message_id IS NULL AND created_at < now() - interval '1 day' ORDER BY created_at LIMIT {BATCH}"
)


@job(job_class="bulk", timeout_s=120)
async def tidy_uploads() -> None:
    """Every five minutes, for as long as there is something to do and a minute lasts."""
    until = time.monotonic() + ENOUGH_S
    while time.monotonic() < until:
        found = [token for (token,) in await pool().fetch(OLD)]
        for token in found:
            await store().delete(token)
        await pool().execute("DELETE FROM files WHERE token = ANY ($1::text[]) AND message_id IS NULL", found)
        if len(found) < BATCH:
            return
