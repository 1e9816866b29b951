"""How runs end: always for a reason, counted and announced."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from core.access import Actor, Audience
from core.database import Unit, transaction
from core.events.log import record
from modules.workflows.events import EnrollmentEvent, WorkflowCompleted, WorkflowExited

MARKETERS_ONLY = Audience(marketers_only=True)
SLOTS = 8
Ended = Literal["completed", "exited"]

END = """
UPDATE workflow_enrollments e SET status = $3, reason = $4, detail = $5, ended_at = clock_timestamp(), due_at = NULL, note = ''
WHERE e.organization_id = $1 AND e.id = ANY ($2::bigint[]) AND e.status = 'active'
RETURNING e.id, e.workflow_id, e.contact_id, e.entry_key
"""
FORGET = "DELETE FROM workflow_waits WHERE organization_id = $1 AND enrollment_id = ANY ($2::bigint[])"
TALLY = """
INSERT INTO workflow_tallies AS t (organization_id, workflow_id, slot, enrolled, completed, exited) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (organization_id, workflow_id, slot) DO UPDATE
SET enrolled = t.enrolled + excluded.enrolled, completed = t.completed + excluded.completed, exited = t.exited + excluded.exited
"""
NOBODY = """
SELECT e.id FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.contact_id IS NULL AND e.status = 'active'
ORDER BY e.id LIMIT 1000 FOR UPDATE
"""


async def end(db: Unit, actor: Actor, ids: Sequence[int], status: Ended, reason: str, detail: str = "") -> int:
    """End those of these runs that are active; returns how many. Timers that are set for them find nothing to do."""
    rows = await db.fetch_rows(END, actor.organization_id, ids, status, reason[:60], detail[:500])
    await db.execute(FORGET, actor.organization_id, [row["id"] for row in rows])
    counted = Counter((row["workflow_id"], row["id"] % SLOTS) for row in rows)
    for (workflow_id, slot), count in sorted(counted.items()):
        done = (0, count, 0) if status == "completed" else (0, 0, count)
        await db.execute(TALLY, actor.organization_id, workflow_id, slot, *done)
    for row in rows:
        await record(_event(actor, dict(row), status, reason), MARKETERS_ONLY)
    return len(rows)


def _event(actor: Actor, row: dict[str, object], status: Ended, reason: str) -> EnrollmentEvent:
    values = {name: row[name] for name in ("workflow_id", "contact_id", "entry_key")} | {
        "enrollment_id": row["id"],
        "reason": reason,
    }
    if status == "completed":
        return WorkflowCompleted(organization_id=actor.organization_id, **values)  # type: ignore[arg-type]  # columns of a row
    return WorkflowExited(organization_id=actor.organization_id, **values)  # type: ignore[arg-type]  # columns of a row


async def count_enrolled(db: Unit, actor: Actor, workflow_id: int, enrollment_id: int) -> None:
    await db.execute(TALLY, actor.organization_id, workflow_id, enrollment_id % SLOTS, 1, 0, 0)


async def end_of_deleted(actor: Actor) -> None:
    """End the runs of contacts that are no more. Safe to repeat."""
    while True:
        async with transaction(actor) as db:
            ids = [row[0] for row in await db.fetch_rows(NOBODY, actor.organization_id)]
            if not ids:
                return
            await end(db, actor, ids, "exited", "contact_deleted")


async def give_up(actor: Actor, enrollment_id: int) -> None:
    """A run whose step failed each time that it was tried."""
    async with transaction(actor) as db:
        await end(
            db, actor, [enrollment_id], "exited", "step_failed", "It failed each time that it was tried: see the background jobs"
        )
