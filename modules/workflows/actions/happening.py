"""What an event does to workflows: it ends runs whose goal or exit it is, ends waits, and starts runs; in this order, in one transaction."""

from collections.abc import Sequence
from typing import Any

import msgspec

from core.access import Actor, system
from core.contacts import queries as contacts
from core.database import Unit
from core.extend.triggers import Occasion
from core.jobs import timers
from core.jobs.ledger import effect
from modules.workflows import definitions, keys
from modules.workflows.actions import ending, enrolling, standing
from modules.workflows.actions.enrolling import Open, Refused
from modules.workflows.definition.conditions import Condition, judge
from modules.workflows.definition.shape import Definition, Watched
from modules.workflows.hearing import Happened
from modules.workflows.saying import say

STARTED = """
SELECT w.id, w.version, w.created_at FROM workflows w
WHERE w.organization_id = $1 AND w.status <> 'draft' AND w.starts_on = ANY ($2::text[]) ORDER BY w.id
"""
INSIDE = """
SELECT e.id, e.workflow_id, e.version, e.facts, w.created_at FROM workflow_enrollments e
JOIN workflows w ON w.organization_id = e.organization_id AND w.id = e.workflow_id
WHERE e.organization_id = $1 AND e.contact_id = $2 AND e.status = 'active' ORDER BY e.id FOR UPDATE OF e
"""
WAITING = """
SELECT t.enrollment_id, t.condition FROM workflow_waits t WHERE t.organization_id = $1 AND t.contact_id = $2 AND t.event = ANY ($3::text[])
ORDER BY t.enrollment_id
"""
CAME = """
UPDATE workflow_enrollments SET came = true, due_at = clock_timestamp() WHERE organization_id = $1 AND id = $2 AND status = 'active' RETURNING due_at
"""
PAUSED = Refused("paused", "the workflow was paused, and lets nobody in")
HEARD = "DELETE FROM workflow_waits WHERE organization_id = $1 AND enrollment_id = $2"


async def happened(organization_id: int, all_that: Sequence[Happened]) -> None:
    """Let it have its effects, once: they end the running job."""
    actor = system(organization_id)
    async with effect(actor) as db:
        for one in sorted(all_that, key=lambda one: one.occasion.contact_id):
            if await db.fetch_value(standing.LOCK_CONTACT, organization_id, one.occasion.contact_id) is not None:
                await _happened(db, actor, one)


async def _happened(db: Unit, actor: Actor, one: Happened) -> None:
    occasion = one.occasion
    known = await db.fetch(Open, STARTED, actor.organization_id, one.names)
    starting = await enrolling.opened(db, actor, [workflow.id for workflow in known]) if known else []
    told = await _told(actor, occasion)
    await _end_runs(db, actor, one, told)
    for row in await db.fetch_rows(WAITING, actor.organization_id, occasion.contact_id, one.names):
        if row["condition"] is None or judge(msgspec.convert(row["condition"], Condition), told).holds:
            await _end_wait(db, actor, row["enrollment_id"])
    is_open = {workflow.id for workflow in starting}
    for workflow in (*starting, *(each for each in known if each.id not in is_open)):
        definition = await definitions.of(db, actor, workflow.id, workflow.version, workflow.created_at)
        if not fits(definition, one):
            continue
        if workflow.id in is_open:
            await enrolling.enroll(db, actor, workflow, occasion.contact_id, occasion.key, occasion.facts)
        else:
            await enrolling.refuse(db, actor, workflow.id, occasion.contact_id, occasion.key, PAUSED)


def fits(definition: Definition, one: Happened) -> bool:
    if definition.starts_on not in one.names:
        return False
    announced = definition.announced
    return announced is None or announced is not one.trigger or announced.fits(definition.trigger_config, one.occasion)


async def _told(actor: Actor, occasion: Occasion) -> dict[str, Any]:
    """What conditions on the event may read: what it tells, and the contact."""
    contact = await contacts.get(actor, occasion.contact_id)
    return standing.values(contact, occasion.facts)


async def _end_runs(db: Unit, actor: Actor, one: Happened, told: dict[str, Any]) -> None:
    for row in await db.fetch_rows(INSIDE, actor.organization_id, one.occasion.contact_id):
        definition = await definitions.of(db, actor, row["workflow_id"], row["version"], row["created_at"])
        if is_met(definition.goals, one, told):
            await ending.end(db, actor, [row["id"]], "completed", "goal", say("happened", event=one.names[0]))
        elif is_met(definition.exits, one, told):
            await ending.end(db, actor, [row["id"]], "exited", "exit_event", say("happened", event=one.names[0]))


def is_met(watched: Sequence[Watched], one: Happened, told: dict[str, Any]) -> bool:
    return any(entry.event in one.names and (entry.when is None or judge(entry.when, told).holds) for entry in watched)


async def _end_wait(db: Unit, actor: Actor, enrollment_id: int) -> None:
    await db.execute(HEARD, actor.organization_id, enrollment_id)
    due_at = await db.fetch_value(CAME, actor.organization_id, enrollment_id)
    if due_at is not None:
        await timers.set_timer(
            actor, keys.ADVANCE, key=keys.timer(enrollment_id), due_at=due_at, **keys.arguments(actor, enrollment_id)
        )
