"""How contacts come in: once per entry key, unless the workflow lets them in again; or not, which is written down with its reason."""

from datetime import datetime, timedelta
from typing import Any

import asyncpg
import msgspec

from core.access import MARKETERS, Actor
from core.contacts import queries as contacts
from core.database import Unit, transaction
from core.errors import Conflict, Invalid, NotFound
from core.events.log import record
from modules.workflows import definitions, queries
from modules.workflows.actions import advancing, ending, standing
from modules.workflows.actions.standing import Standing
from modules.workflows.definition.conditions import judge
from modules.workflows.definition.shape import Definition
from modules.workflows.events import WorkflowEnrolled
from modules.workflows.saying import say
from modules.workflows.structs import FACTS_MAX, Enrolled, EnrollInput

OPEN = """
SELECT w.id, w.version, w.created_at FROM workflows w
WHERE w.organization_id = $1 AND w.status = 'active' AND w.id = ANY ($2::bigint[]) ORDER BY w.id FOR SHARE
"""
BEFORE = """
SELECT coalesce(max(e.rotation), -1), bool_or(e.status = 'active'), max(e.enrolled_at), clock_timestamp()
FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.workflow_id = $2 AND e.contact_id = $3 AND e.entry_key = $4
"""
INSERT = """
INSERT INTO workflow_enrollments
(organization_id, workflow_id, version, contact_id, entry_key, rotation, step_id, facts, client_id, due_at, enrolled_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp(), clock_timestamp())
ON CONFLICT (organization_id, workflow_id, contact_id, entry_key, rotation) DO NOTHING
RETURNING id, workflow_id, version, contact_id, entry_key, step_id, phase, due_at, came, skips, note, facts
"""
REFUSE = """
INSERT INTO workflow_refusals AS r (organization_id, workflow_id, contact_id, entry_key, reason, detail, at)
VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())
ON CONFLICT (organization_id, workflow_id, contact_id) DO UPDATE
SET entry_key = excluded.entry_key, reason = excluded.reason, detail = excluded.detail, at = excluded.at, times = r.times + 1
"""
REQUESTED = "SELECT e.id FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.workflow_id = $2 AND e.client_id = $3"


class Open(msgspec.Struct, frozen=True):
    """A workflow that takes people in, locked so that nothing is published meanwhile."""

    id: int
    version: int
    created_at: datetime


class Refused(msgspec.Struct, frozen=True):
    reason: str
    detail: str = ""


async def opened(db: Unit, actor: Actor, ids: list[int]) -> list[Open]:
    """Those of these workflows that are active, locked. The contact is locked already."""
    return await db.fetch(Open, OPEN, actor.organization_id, ids)


async def enroll(
    db: Unit, actor: Actor, workflow: Open, contact_id: int, key: str, facts: dict[str, Any], client_id: str | None = None
) -> int | Refused:
    """Let a contact, locked by the caller, into a workflow; returns the run's id. That he does not come in is written down."""
    definition = await definitions.of(db, actor, workflow.id, workflow.version, workflow.created_at)
    made = await _made(db, actor, workflow, definition, contact_id, key, facts, client_id)
    if isinstance(made, Refused):
        await refuse(db, actor, workflow.id, contact_id, key, made)
        return made
    await ending.count_enrolled(db, actor, workflow.id, made.id)
    await record(
        WorkflowEnrolled(
            organization_id=actor.organization_id, workflow_id=workflow.id, enrollment_id=made.id, contact_id=contact_id, entry_key=made.entry_key
        ),
        ending.MARKETERS_ONLY,
    )  # fmt: skip
    await advancing.arrive(db, actor, made, await standing.around(db, actor, workflow.id), definition)
    return made.id


async def refuse(db: Unit, actor: Actor, workflow_id: int, contact_id: int, key: str, why: Refused) -> None:
    """Write down why a contact, locked by the caller, did not come in."""
    await db.execute(REFUSE, actor.organization_id, workflow_id, contact_id, key, why.reason, why.detail[:500])


async def _made(
    db: Unit,
    actor: Actor,
    workflow: Open,
    definition: Definition,
    contact_id: int,
    key: str,
    facts: dict[str, Any],
    client_id: str | None,
) -> Standing | Refused:
    contact = await contacts.get(actor, contact_id)
    if definition.filter is not None:
        verdict = judge(definition.filter, standing.values(contact, facts))
        if not verdict.holds:
            return Refused("filter", verdict.said)
    if definition.reentry.per == "contact":
        key = ""
    [(rotation, is_inside, last_at, now)] = await db.fetch_rows(BEFORE, actor.organization_id, workflow.id, contact_id, key)
    refused = again(definition, is_inside=bool(is_inside), last_at=last_at, now=now)
    if refused is not None:
        return refused
    values = (workflow.id, workflow.version, contact_id, key, rotation + 1, definition.first or "", facts, client_id)
    made = await db.fetch_one(Standing, INSERT, actor.organization_id, *values)
    return Refused("inside", say("began_elsewhere")) if made is None else made


def again(definition: Definition, *, is_inside: bool, last_at: datetime | None, now: datetime) -> Refused | None:
    """Why somebody may not come in again; None: he may, or it is the first time."""
    if last_at is None:
        return None
    if is_inside:
        return Refused("inside", say("inside"))
    rule = definition.reentry
    if rule.rule == "never":
        return Refused("entered_before", say("came_before", at=last_at))
    if rule.rule == "after" and last_at + timedelta(hours=rule.hours) > now:
        return Refused("too_soon", say("too_soon", hours=rule.hours, at=last_at))
    return None


async def request(actor: Actor, workflow_id: int, data: EnrollInput) -> Enrolled:
    """Let a contact in by request. The same `client_id` again answers with the same run.

    Raises:
        NotFound: the workflow or the contact is unknown.
        Conflict: the workflow is not active.
        Invalid: the facts are too large.
    """
    actor.require(*MARKETERS)
    check_size(data.facts)
    async with transaction(actor) as db:
        if await db.fetch_value(standing.LOCK_CONTACT, actor.organization_id, data.contact_id) is None:
            raise NotFound("this contact does not exist")
        await queries.check_exists(actor, workflow_id)
        known = await db.fetch_value(REQUESTED, actor.organization_id, workflow_id, data.client_id)
        if known is not None:
            return Enrolled(await queries.run(actor, known))
        found = await opened(db, actor, [workflow_id])
        if not found:
            raise Conflict("this workflow is not active", code="workflow_not_active")
        try:
            made = await enroll(db, actor, found[0], data.contact_id, data.entry_key, data.facts, data.client_id)
        except asyncpg.UniqueViolationError:
            raise Conflict("this client id was used for another contact meanwhile", code="client_id_taken") from None
        if isinstance(made, Refused):
            return Enrolled(None, made.reason, made.detail)
        return Enrolled(await queries.run(actor, made))


def check_size(facts: dict[str, Any]) -> None:
    if len(msgspec.json.encode(facts)) > FACTS_MAX:
        raise Invalid(f"facts are at most {FACTS_MAX // 1024} kB", code="facts_too_large")
