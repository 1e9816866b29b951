"""Timers: rows that turn into jobs when they fall due, within about 0.1 s. Snooze, SLA, delays, campaign starts."""

from datetime import datetime
from typing import Any

from core.access import Actor
from core.database import current, pool
from core.events import wake
from core.extend import registry

BATCH = 500
SET = """
INSERT INTO timers (organization_id, name, key, arguments, due_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organization_id, key) DO UPDATE SET name = excluded.name, arguments = excluded.arguments, due_at = excluded.due_at
"""
CANCEL = "DELETE FROM timers WHERE organization_id = $1 AND key = $2"
FIRE = """
WITH due AS (
    DELETE FROM timers WHERE id = ANY (ARRAY(
        SELECT id FROM timers WHERE due_at <= clock_timestamp() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED))
    RETURNING *
)
INSERT INTO jobs (organization_id, class, name, arguments)
SELECT organization_id, 'interactive', name, arguments FROM due RETURNING id
"""


async def set_timer(actor: Actor, job: str, *, key: str, due_at: datetime, **arguments: Any) -> None:
    """Run `job` with `arguments` at `due_at`, with the open unit of work. The same `key` again moves the timer."""
    unit = current()
    if unit is None:
        raise RuntimeError("timers are set inside a unit of work")
    if job not in registry.jobs():
        raise LookupError(f"no job is named {job}")
    await unit.execute(SET, actor.organization_id, job, key, arguments, due_at)


async def cancel(actor: Actor, key: str) -> bool:
    """Remove a timer; False: it was not set, or has fired."""
    unit = current()
    if unit is None:
        raise RuntimeError("timers are cancelled inside a unit of work")
    return await unit.execute(CANCEL, actor.organization_id, key) > 0


async def fire() -> int:
    """Turn what is due into jobs; returns how many."""
    fired = len(await pool().fetch(FIRE, BATCH))
    if fired:
        await wake.jobs("interactive")
    return fired
