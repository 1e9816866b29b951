"""A draft becomes a version, and whoever is inside goes on as was chosen: by his own version, by the new one, at another step, or not at all.

StepHeads are counted, and choices applied, in one transaction that holds the workflow and everybody in it: nobody is between two counts.
"""

import msgspec

from core.access import MARKETERS, Actor
from core.database import Unit, transaction
from core.errors import Conflict, Invalid
from core.events.log import record
from core.jobs import timers
from modules.workflows import keys, previews, queries, uses
from modules.workflows.actions import drafts, ending, watching
from modules.workflows.definition.shape import Definition
from modules.workflows.events import WorkflowPublished
from modules.workflows.saying import say
from modules.workflows.structs import Choice, PublishInput, StepHeads, WorkflowView

DRAFT = "SELECT w.draft FROM workflows w WHERE w.organization_id = $1 AND w.id = $2"
EVERYBODY = """
SELECT e.id FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.workflow_id = $2 AND e.status = 'active' ORDER BY e.id FOR UPDATE
"""
VERSION = """
INSERT INTO workflow_versions (organization_id, workflow_id, version, definition, plan, published_by) VALUES ($1, $2, $3, $4, $5, $6)
"""
CURRENT = """
UPDATE workflows SET version = $3, trigger_type = $4, starts_on = $5, updated_at = now() WHERE organization_id = $1 AND id = $2
"""
AT = "e.organization_id = $1 AND e.workflow_id = $2 AND e.version = $3 AND e.step_id = $4 AND e.status = 'active'"
FOLLOW = f"UPDATE workflow_enrollments e SET version = $5 WHERE {AT} RETURNING e.id"
MOVE = f"""
UPDATE workflow_enrollments e SET version = $5, step_id = $6, phase = 'arriving', came = false, due_at = clock_timestamp(), note = ''
WHERE {AT} RETURNING e.id, e.due_at
"""
THERE = f"SELECT e.id FROM workflow_enrollments e WHERE {AT} ORDER BY e.id"
FORGET = "DELETE FROM workflow_waits WHERE organization_id = $1 AND enrollment_id = ANY ($2::bigint[])"


class _Plan(msgspec.Struct):
    """What is done with whoever is at one step."""

    heads: StepHeads
    choice: Choice
    to: str | None = None


async def publish(actor: Actor, workflow_id: int, data: PublishInput) -> WorkflowView:
    """Make the draft the version that new runs go by.

    Raises:
        NotFound: unknown.
        Conflict: (`revised`) the draft changed meanwhile; (`missing_parts`) something is to be chosen, or its module is off; (`choose_for_steps`)
            somebody is at a step for which nothing was chosen: `heads` has the counts.
        Invalid: a choice cannot be.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        before = await drafts.lock(db, actor, workflow_id, data.revision)
        await publish_locked(db, actor, workflow_id, before, data)
        return await queries.get(actor, workflow_id)


async def publish_locked(db: Unit, actor: Actor, workflow_id: int, before: int, data: PublishInput) -> None:
    """The same, of a workflow that the caller has locked, whose last version was `before`."""
    raw = await db.fetch_value(DRAFT, actor.organization_id, workflow_id)
    found = drafts.understood(raw)
    problems = await uses.problems(actor, found)
    if problems or found.definition is None:
        raise Conflict("something is still to be chosen", code="missing_parts", problems=msgspec.to_builtins(problems))
    await db.fetch_rows(EVERYBODY, actor.organization_id, workflow_id)
    plans = _planned(await previews.heads(db, actor, workflow_id, found.definition), data, found.definition)
    kept = [
        {"version": p.heads.version, "step_id": p.heads.step_id, "active": p.heads.active, "choice": p.choice, "to": p.to}
        for p in plans
    ]
    await db.execute(VERSION, actor.organization_id, workflow_id, before + 1, found.json, kept, actor.user_id)
    for plan in plans:
        await _apply(db, actor, workflow_id, before + 1, plan)
    definition = found.definition
    await uses.keep(db, actor, workflow_id, before + 1, definition)
    await db.execute(CURRENT, actor.organization_id, workflow_id, before + 1, definition.trigger, definition.starts_on)
    await watching.begin(db, actor, workflow_id)
    event = WorkflowPublished(organization_id=actor.organization_id, workflow_id=workflow_id, by=actor.ref, number=before + 1)
    await record(event, ending.MARKETERS_ONLY)


def _planned(heads: list[StepHeads], data: PublishInput, definition: Definition) -> list[_Plan]:
    chosen = {(choice.version, choice.step_id): choice for choice in data.plan}
    if len(chosen) < len(data.plan):
        raise Invalid("for one step something is chosen twice", code="bad_plan")
    plans, open_ones = [], []
    for group in heads:
        wish = chosen.get((group.version, group.step_id))
        choice = wish.choice if wish is not None else data.default if group.exists else None
        if choice is None:
            open_ones.append(group)
            continue
        to = None if wish is None else wish.to
        if (choice == "map") != (to is not None) or (to is not None and to not in definition.nodes):
            raise Invalid(f"where those at step {group.step_id} are mapped to is no step of the new version", code="bad_plan")
        if choice == "follow" and not group.exists:
            raise Invalid(f"there is no step {group.step_id} in the new version to follow", code="bad_plan")
        plans.append(_Plan(group, choice, to))
    if open_ones:
        raise Conflict("say what happens to those who are in it", code="choose_for_steps", heads=msgspec.to_builtins(heads))
    return plans


async def _apply(db: Unit, actor: Actor, workflow_id: int, version: int, plan: _Plan) -> None:
    where = (actor.organization_id, workflow_id, plan.heads.version, plan.heads.step_id)
    match plan.choice:
        case "pin":
            return
        case "exit":
            ids = [row[0] for row in await db.fetch_rows(THERE, *where)]
            why = say("published_without", version=version, step_id=plan.heads.step_id)
            await ending.end(db, actor, ids, "exited", "step_removed", why)
        case "follow" if plan.heads.same_type:
            await db.execute(FOLLOW, *where, version)
        case _:
            rows = await db.fetch_rows(MOVE, *where, version, plan.to or plan.heads.step_id)
            await db.execute(FORGET, actor.organization_id, [row["id"] for row in rows])
            await timers.set_timers(
                actor, keys.ADVANCE, [(keys.timer(row["id"]), row["due_at"], keys.arguments(actor, row["id"])) for row in rows]
            )
