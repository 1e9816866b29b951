"""Whether a workflow runs: activated, paused, and resumed, with a choice for whom the time came meanwhile."""

from datetime import datetime

from core.access import MARKETERS, Actor
from core.database import Unit, transaction
from core.errors import Conflict
from core.events.log import record
from core.jobs import timers
from modules.workflows import keys, queries, uses
from modules.workflows.actions import drafts, publishing, watching
from modules.workflows.actions.ending import MARKETERS_ONLY
from modules.workflows.events import WorkflowActivated, WorkflowPaused, WorkflowResumed
from modules.workflows.structs import Overdue, PublishInput, ResumeInput, WorkflowView

STATUS = "SELECT w.status, w.revision, w.paused_at FROM workflows w WHERE w.organization_id = $1 AND w.id = $2"
ACTIVATE = "UPDATE workflows SET status = 'active', paused_at = NULL, updated_at = now() WHERE organization_id = $1 AND id = $2"
PAUSE = "UPDATE workflows SET status = 'paused', paused_at = clock_timestamp(), updated_at = now() WHERE organization_id = $1 AND id = $2"
EVERYBODY = """
SELECT e.id, e.due_at FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.workflow_id = $2 AND e.status = 'active' AND e.due_at IS NOT NULL
ORDER BY e.id FOR UPDATE
"""
SHIFT = """
UPDATE workflow_enrollments SET due_at = due_at + (clock_timestamp() - $3::timestamptz)
WHERE organization_id = $1 AND workflow_id = $2 AND status = 'active' AND due_at IS NOT NULL AND phase = 'waiting' AND NOT came
"""
SKIP = """
UPDATE workflow_enrollments SET skips = true
WHERE organization_id = $1 AND workflow_id = $2 AND status = 'active' AND due_at BETWEEN $3::timestamptz AND clock_timestamp()
"""


async def activate(actor: Actor, workflow_id: int) -> WorkflowView:
    """Let people in. A draft that was never published is published first. If it runs already, mail of it that had to stop goes on.

    Raises:
        NotFound: unknown.
        Conflict: it is paused (resume it), or (`missing_parts`) something is still to be chosen, or no module that is on can do it.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        version = await drafts.lock(db, actor, workflow_id, None)
        status, revision, _ = await _standing(db, actor, workflow_id)
        if status == "paused":
            raise Conflict("this workflow is paused; resume it", code="workflow_paused")
        if status == "draft":
            if version == 0:
                await publishing.publish_locked(db, actor, workflow_id, version, PublishInput(revision))
            await db.execute(ACTIVATE, actor.organization_id, workflow_id)
            await watching.begin(db, actor, workflow_id)
            event = WorkflowActivated(organization_id=actor.organization_id, workflow_id=workflow_id, by=actor.ref)
            await record(event, MARKETERS_ONLY)
        await uses.resume(db, actor, workflow_id)
        return await queries.get(actor, workflow_id)


async def pause(actor: Actor, workflow_id: int) -> WorkflowView:
    """Nobody comes in and nobody goes on; goals and exits still end runs, and what was waited for is remembered.

    Raises:
        NotFound: unknown.
        Conflict: it is a draft.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        await drafts.lock(db, actor, workflow_id, None)
        status, _, _ = await _standing(db, actor, workflow_id)
        if status == "draft":
            raise Conflict("a draft does not run", code="workflow_draft")
        if status == "active":
            await db.execute(PAUSE, actor.organization_id, workflow_id)
            await record(
                WorkflowPaused(organization_id=actor.organization_id, workflow_id=workflow_id, by=actor.ref), MARKETERS_ONLY
            )
        return await queries.get(actor, workflow_id)


async def resume(actor: Actor, workflow_id: int, data: ResumeInput) -> WorkflowView:
    """Go on, with mail that had to stop.

    `shift`: all waits last longer by the pause; `skip`: the next effect of those whose time came is left out; `send`: it is done now.

    Raises:
        NotFound: unknown.
        Conflict: it is not paused.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        await drafts.lock(db, actor, workflow_id, None)
        status, _, paused_at = await _standing(db, actor, workflow_id)
        if status == "active":
            await uses.resume(db, actor, workflow_id)
            return await queries.get(actor, workflow_id)
        if paused_at is None:
            raise Conflict("this workflow is not paused", code="workflow_not_paused")
        await db.fetch_rows(EVERYBODY, actor.organization_id, workflow_id)
        await _catch_up(db, actor, workflow_id, data.overdue, paused_at)
        await db.execute(ACTIVATE, actor.organization_id, workflow_id)
        await watching.begin(db, actor, workflow_id)
        rows = await db.fetch_rows(EVERYBODY, actor.organization_id, workflow_id)
        await timers.set_timers(
            actor, keys.ADVANCE, [(keys.timer(row["id"]), row["due_at"], keys.arguments(actor, row["id"])) for row in rows]
        )
        await uses.resume(db, actor, workflow_id)
        event = WorkflowResumed(organization_id=actor.organization_id, workflow_id=workflow_id, by=actor.ref, overdue=data.overdue)
        await record(event, MARKETERS_ONLY)
        return await queries.get(actor, workflow_id)


async def _catch_up(db: Unit, actor: Actor, workflow_id: int, overdue: Overdue, paused_at: datetime) -> None:
    if overdue == "send":
        return
    await db.execute(SHIFT if overdue == "shift" else SKIP, actor.organization_id, workflow_id, paused_at)


async def _standing(db: Unit, actor: Actor, workflow_id: int) -> tuple[str, int, datetime | None]:
    rows = await db.fetch_rows(STATUS, actor.organization_id, workflow_id)
    status, revision, paused_at = rows[0]
    return status, revision, paused_at
