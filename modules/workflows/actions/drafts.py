"""Workflows as they are written: made and changed, which nobody in them notices."""

from typing import Any

import asyncpg
import msgspec

from core.access import MARKETERS, Actor
from core.database import Unit, transaction
from core.errors import Conflict, Invalid, LimitReached
from core.events.log import record
from modules.workflows import definitions, queries, uses
from modules.workflows.actions.ending import MARKETERS_ONLY
from modules.workflows.definition.reading import Reading
from modules.workflows.events import WorkflowSaved
from modules.workflows.structs import CheckedDefinition, WorkflowChanges, WorkflowInput, WorkflowView

COUNTED = """
UPDATE organizations SET workflows_used = workflows_used + 1
WHERE id = $1 AND (workflows_limit < 0 OR workflows_used < workflows_limit) RETURNING id
"""
INSERT = """
INSERT INTO workflows (organization_id, name, description, trigger_type, starts_on, is_template, draft, client_id, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
"""
MADE = "SELECT w.id FROM workflows w WHERE w.organization_id = $1 AND w.client_id = $2"
LOCK = "SELECT w.revision, w.version FROM workflows w WHERE w.organization_id = $1 AND w.id = $2 FOR NO KEY UPDATE"


def understood(raw: Any) -> Reading:
    """What a definition says.

    Raises:
        Invalid: something is wrong with it; `problems` says what, and where.
    """
    found = definitions.reading(raw)
    if found.definition is None:
        first = next(problem for problem in found.problems if not problem.missing)
        raise Invalid(f"{first.path}: {first.message}", code="bad_definition", problems=msgspec.to_builtins(found.problems))
    return found


async def checked(actor: Actor, raw: Any) -> CheckedDefinition:
    """What is wrong with a definition, and how it would be kept."""
    actor.require(*MARKETERS)
    found = definitions.reading(raw)
    return CheckedDefinition(await uses.problems(actor, found), found.json)


async def create(actor: Actor, data: WorkflowInput) -> WorkflowView:
    """Make a workflow, as a draft. The same `client_id` again returns what was made then.

    Raises:
        Invalid: something is wrong with the definition.
        LimitReached: the plan allows no more workflows.
    """
    actor.require(*MARKETERS)
    found = understood(data.definition)
    if found.definition is None:
        raise RuntimeError("a definition without a problem was not read")
    values = (
        data.name, data.description, found.definition.trigger, found.definition.starts_on, data.is_template, found.json, data.client_id,
        actor.user_id,
    )  # fmt: skip
    async with transaction(actor) as db:
        if data.client_id is not None and (known := await db.fetch_value(MADE, actor.organization_id, data.client_id)) is not None:
            return await queries.get(actor, known)
        if await db.fetch_value(COUNTED, actor.organization_id) is None:
            raise LimitReached("the plan's limit of workflows is reached", limit="workflows")
        try:
            workflow_id = await db.fetch_value(INSERT, actor.organization_id, *values)
        except asyncpg.UniqueViolationError:
            raise Conflict("this workflow is being made by another request", code="in_progress") from None
        await saved(actor, workflow_id)
        return await queries.get(actor, workflow_id)


async def update(actor: Actor, workflow_id: int, data: WorkflowChanges) -> WorkflowView:
    """Change the draft, or what a workflow is called. Who is in it goes on as before.

    Raises:
        NotFound: unknown.
        Conflict: (`revised`) somebody changed it meanwhile.
        Invalid: something is wrong with the definition.
    """
    actor.require(*MARKETERS)
    changes: dict[str, Any] = {
        name: value for name in ("name", "description", "is_template") if (value := getattr(data, name)) is not msgspec.UNSET
    }
    async with transaction(actor) as db:
        version = await lock(db, actor, workflow_id, data.revision)
        if data.definition is not msgspec.UNSET:
            found = understood(data.definition)
            changes["draft"] = found.json
            if version == 0 and found.definition is not None:
                changes |= {"trigger_type": found.definition.trigger, "starts_on": found.definition.starts_on}
        if not changes:
            return await queries.get(actor, workflow_id)
        assignments = ", ".join(f"{name} = ${number}" for number, name in enumerate(changes, 3))
        sql = f"UPDATE workflows SET revision = revision + 1, updated_at = now(), {assignments} WHERE organization_id = $1 AND id = $2"
        await db.execute(sql, actor.organization_id, workflow_id, *changes.values())
        await saved(actor, workflow_id)
        return await queries.get(actor, workflow_id)


async def lock(db: Unit, actor: Actor, workflow_id: int, revision: int | None) -> int:
    """Lock a workflow; returns the version that was published last. `revision` None: whatever it is.

    Raises:
        NotFound: unknown.
        Conflict: (`revised`) its draft is another one by now.
    """
    rows = await db.fetch_rows(LOCK, actor.organization_id, workflow_id)
    if not rows:
        raise queries.unknown()
    if revision is not None and rows[0]["revision"] != revision:
        raise Conflict("somebody changed this workflow meanwhile", code="revised", revision=rows[0]["revision"])
    return int(rows[0]["version"])


async def saved(actor: Actor, workflow_id: int) -> None:
    await record(WorkflowSaved(organization_id=actor.organization_id, workflow_id=workflow_id, by=actor.ref), MARKETERS_ONLY)
