"""One run, held by whoever moves it. Locks are taken in one order everywhere: contact, workflow, runs by id."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from core.access import Actor
from core.contacts import queries as contacts
from core.contacts.structs import ContactView
from core.database import Unit
from core.extend.steps import Visit
from core.jobs import timers
from modules.workflows import keys
from modules.workflows.definition.shape import Definition, zone_of

CONTACT = "SELECT e.contact_id FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.id = $2 AND e.status = 'active'"
LOCK_CONTACT = "SELECT k.id FROM contacts k WHERE k.organization_id = $1 AND k.id = $2 FOR NO KEY UPDATE"
LOCK = """
SELECT e.id, e.workflow_id, e.version, e.contact_id, e.entry_key, e.step_id, e.phase, e.due_at, e.came, e.skips, e.note, e.facts
FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.id = $2 AND e.status = 'active' FOR UPDATE
"""
WORKFLOW = """
SELECT w.name, w.status, w.created_at, clock_timestamp() FROM workflows w WHERE w.organization_id = $1 AND w.id = $2
"""
SAVE = """
UPDATE workflow_enrollments SET step_id = $3, phase = $4, due_at = $5, came = $6, skips = $7, note = $8 WHERE organization_id = $1 AND id = $2
"""
ZONES = ("time_zone", "timezone", "timeZone")
"""The contact's own fields in which his time zone may stand."""


class Standing(msgspec.Struct):
    """A run as it stands; `save` writes what of it moves."""

    id: int
    workflow_id: int
    version: int
    contact_id: int | None
    entry_key: str
    step_id: str
    phase: str
    due_at: datetime | None
    came: bool
    skips: bool
    note: str
    facts: dict[str, Any]


class Around(msgspec.Struct, frozen=True):
    """The workflow, and the time to go by."""

    name: str
    status: str
    created_at: datetime
    now: datetime


async def hold(db: Unit, actor: Actor, enrollment_id: int) -> Standing | None:
    """The run, locked, after its contact; None: it has ended."""
    contact_id = await db.fetch_value(CONTACT, actor.organization_id, enrollment_id)
    if contact_id is not None:
        await db.fetch_value(LOCK_CONTACT, actor.organization_id, contact_id)
    return await db.fetch_one(Standing, LOCK, actor.organization_id, enrollment_id)


async def around(db: Unit, actor: Actor, workflow_id: int) -> Around:
    found = await db.fetch_one(Around, WORKFLOW, actor.organization_id, workflow_id)
    if found is None:
        raise RuntimeError("a run has no workflow")
    return found


async def save(db: Unit, actor: Actor, run: Standing) -> None:
    """Write where it stands, and see to it that it goes on when it is due."""
    values = (run.step_id, run.phase, run.due_at, run.came, run.skips, run.note[:500])
    await db.execute(SAVE, actor.organization_id, run.id, *values)
    if run.due_at is not None:
        await timers.set_timer(actor, keys.ADVANCE, key=keys.timer(run.id), due_at=run.due_at, **keys.arguments(actor, run.id))


async def visit(actor: Actor, run: Standing, definition: Definition, about: Around, attempt: int = 1) -> Visit:
    """What a step is given. The contact must exist."""
    contact = await contacts.get(actor, run.contact_id or 0)
    return Visit(
        actor=actor,
        workflow_id=run.workflow_id,
        workflow_name=about.name,
        enrollment_id=run.id,
        step_id=run.step_id,
        contact_id=contact.id,
        key=keys.effect(actor, run.id, run.step_id),
        now=about.now,
        zone=zone(contact, definition).key,
        values=values(contact, run.facts),
        attempt=attempt,
        came=run.came,
    )


def values(contact: ContactView, facts: dict[str, Any]) -> dict[str, Any]:
    """What conditions may read."""
    return facts | {"contact": msgspec.to_builtins(contact), "trigger": facts}


def zone(contact: ContactView, definition: Definition) -> ZoneInfo:
    """Where the contact lives, if he or somebody said so; else where the workflow does."""
    said = (zone_of(contact.custom_fields.get(name)) for name in ZONES)
    return next((found for found in said if found is not None), None) or ZoneInfo(definition.zone)
