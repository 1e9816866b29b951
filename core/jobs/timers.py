"""Timers: rows that turn into jobs when they fall due, within about 0.1 s. Snooze, SLA, delays, campaign starts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.access import Actor
from core.database import current
from core.events import wake
from core.extend import registry
from core.jobs.horizon import Horizon
from core.jobs.lanes import BEGINNING
from core.jobs.ledger import connections

BATCH = 500
BATCH_MAX = 4000
SET = """
INSERT INTO timers (organization_id, name, key, arguments, due_at) VALUES ($1, $2, $3, $4, greatest($5, clock_timestamp()))
ON CONFLICT (organization_id, key) DO UPDATE SET name = excluded.name, arguments = excluded.arguments, due_at = excluded.due_at
"""
SET_MANY = """
INSERT INTO timers (organization_id, name, key, arguments, due_at)
SELECT $1, $2, w.key, w.arguments, greatest(w.due_at, clock_timestamp())
FROM unnest($3::text[], $4::timestamptz[], $5::jsonb[]) AS w (key, due_at, arguments)
ON CONFLICT (organization_id, key) DO UPDATE SET name = excluded.name, arguments = excluded.arguments, due_at = excluded.due_at
"""
CANCEL = "DELETE FROM timers WHERE organization_id = $1 AND key = $2"
FIRE = """
WITH due AS (
    DELETE FROM timers WHERE id = ANY (ARRAY(
        SELECT id FROM timers WHERE due_at > $2 AND due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED))
    RETURNING *
), made AS (
    INSERT INTO jobs (organization_id, class, name, arguments, key, max_attempts, run_at)
    SELECT d.organization_id, coalesce(k.class, 'interactive'), d.name, d.arguments,
           CASE WHEN j.id IS NULL AND length(d.key) <= 294 THEN 'timer:' || d.key END, coalesce(k.max_attempts, 5), clock_timestamp()
    FROM due d LEFT JOIN unnest($3::text[], $4::text[], $5::int[]) AS k (name, class, max_attempts) USING (name)
    LEFT JOIN jobs j ON j.organization_id = d.organization_id AND j.key = 'timer:' || d.key AND j.status < 2
    WHERE j.id IS NULL OR j.attempt > 0 OR j.name <> d.name OR j.arguments <> d.arguments
    ORDER BY d.due_at
    ON CONFLICT (organization_id, key) WHERE status < 2 AND key IS NOT NULL DO NOTHING
    RETURNING class
)
SELECT NULL AS class, count(*) FROM due UNION ALL SELECT class, count(*) FROM made GROUP BY 1
"""
"""A timer whose job of the last time has not begun yet makes no second one: that one finds what the timer was set for. One that has begun may have
looked already, and one that failed waits for its next attempt, so there the timer makes a job of its own, without the key. All that is decided by
what is seen at once: waiting for a job's transaction could be waiting for one that waits for its timer."""


async def set_timer(actor: Actor, job: str, *, key: str, due_at: datetime, **arguments: Any) -> None:
    """Run `job` with `arguments` at `due_at`, with the open unit of work. The same `key` again moves the timer."""
    unit = current()
    if unit is None:
        raise RuntimeError("timers are set inside a unit of work")
    if job not in registry.jobs():
        raise LookupError(f"no job is named {job}")
    await unit.execute(SET, actor.organization_id, job, key, arguments, due_at)


async def set_timers(actor: Actor, job: str, wanted: Sequence[tuple[str, datetime, dict[str, Any]]]) -> None:
    """As `set_timer`, for many at once: each a key, a time and arguments. No key twice."""
    unit = current()
    if unit is None:
        raise RuntimeError("timers are set inside a unit of work")
    if job not in registry.jobs():
        raise LookupError(f"no job is named {job}")
    for first in range(0, len(wanted), BATCH_MAX):
        keys, times, arguments = zip(*wanted[first : first + BATCH_MAX], strict=True)
        await unit.execute(SET_MANY, actor.organization_id, job, keys, times, arguments)


async def cancel(actor: Actor, key: str) -> bool:
    """Remove a timer; False: it was not set, or has fired."""
    unit = current()
    if unit is None:
        raise RuntimeError("timers are cancelled inside a unit of work")
    return await unit.execute(CANCEL, actor.organization_id, key) > 0


async def fire(limit: int = BATCH, after: datetime = BEGINNING) -> int:
    """Turn up to `limit` timers that are due, and fell due after `after`, into jobs of their definitions' classes; returns how many timers."""
    known = registry.jobs().values()
    definitions = ([job.name for job in known], [job.job_class for job in known], [job.max_attempts for job in known])
    fired = 0
    for job_class, count in await connections().fetch(FIRE, limit, after, *definitions):
        if job_class is None:
            fired = count
        else:
            await wake.jobs(job_class)
    return fired


class Clock:
    """Fires all that is due, in batches that grow while it is behind."""

    def __init__(self, horizon: Horizon) -> None:
        self._horizon = horizon

    async def fire_all(self) -> None:
        batch = BATCH
        while await fire(batch, self._horizon.timers) == batch:
            batch = min(batch * 2, BATCH_MAX)
