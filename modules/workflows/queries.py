"""Reads of workflows and of who is in them. Marketers alone read them."""

from functools import cache
from typing import Any

import msgspec

from core.access import MARKETERS, Actor
from core.contacts import queries as contacts
from core.database import Unit, columns, read
from core.errors import NotFound
from core.events.contract import type_of
from core.extend import registry
from core.pages import decode_cursor, encode_cursor
from modules.workflows import definitions, uses, withholding
from modules.workflows.definition.conditions import SPELLINGS
from modules.workflows.structs import (
    ContactWorkflow,
    EnrollmentHistory,
    EnrollmentPage,
    EnrollmentStatus,
    EnrollmentView,
    EntryRefusal,
    ReadableField,
    Status,
    StepInfo,
    StepMail,
    StepTaken,
    TriggerInfo,
    WorkflowFigures,
    WorkflowPage,
    WorkflowParts,
    WorkflowSummary,
    WorkflowVersionView,
    WorkflowView,
)

COUNTS = {
    f"{name}_count": f"""coalesce((
        SELECT sum(t.{name}) FROM workflow_tallies t WHERE t.organization_id = w.organization_id AND t.workflow_id = w.id), 0)::bigint"""
    for name in ("enrolled", "completed", "exited")
}
TROUBLE = """coalesce((
    SELECT g.pause_reason FROM workflow_uses u
    JOIN mailings g ON g.organization_id = u.organization_id AND g.kind = 'workflow' AND g.source_id = u.id
    WHERE u.organization_id = w.organization_id AND u.workflow_id = w.id AND g.state = 'paused' AND g.pause_reason <> ''
    ORDER BY g.id DESC LIMIT 1), '')"""
SUMMARY = columns(WorkflowSummary, "w", trouble=TROUBLE, **COUNTS)
TOUCHES = """
(SELECT coalesce(sum(t.times), 0) FROM mailing_touches t
 WHERE t.organization_id = s.organization_id AND t.send_id = s.id AND t.touch = '{touch}' AND ({label}))
"""
BY_PEOPLE = "t.label = 'human'"
MAILS = f"""
SELECT u.step_id, s.id, s.state, s.reason, s.settled_at, {
    ", ".join(TOUCHES.format(touch=touch, label=label) for touch in ("open", "click") for label in ("true", BY_PEOPLE))
}
FROM workflow_enrollments e
JOIN workflow_uses u ON u.organization_id = e.organization_id AND u.workflow_id = e.workflow_id
JOIN mailings g ON g.organization_id = u.organization_id AND g.kind = 'workflow' AND g.source_id = u.id
JOIN mailing_sends s ON s.organization_id = g.organization_id AND s.mailing_id = g.id AND s.contact_id = e.contact_id AND s.entry = e.id::text
WHERE e.organization_id = $1 AND e.id = $2
"""
CONTACT_NAME = """coalesce((
    SELECT coalesce(nullif(btrim(c.first_name || ' ' || c.last_name), ''), c.email, '') FROM contacts c
    WHERE c.organization_id = e.organization_id AND c.id = e.contact_id), '')"""
RUN = columns(EnrollmentView, "e", contact_name=CONTACT_NAME, said="NULL", held="NULL")
STEPS = f"""
SELECT {columns(StepTaken, "f", mail="NULL", said="NULL")}
FROM workflow_effects f WHERE f.organization_id = $1 AND f.enrollment_id = $2 ORDER BY f.at, f.id
"""
OF_CONTACT = (
    f"SELECT {RUN} FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.contact_id = $2 ORDER BY e.id DESC LIMIT 200"
)
REFUSALS = """
SELECT r.workflow_id, r.reason, r.detail, r.entry_key, r.times, r.at FROM workflow_refusals r WHERE r.organization_id = $1 AND r.contact_id = $2
"""
KNOWN = """
SELECT w.id, w.name, w.status, w.paused_at FROM workflows w
WHERE w.organization_id = $1 AND (w.status <> 'draft' OR w.id = ANY ($2::bigint[])) ORDER BY w.id DESC LIMIT 200
"""
VERSION = f"""
SELECT {columns(WorkflowVersionView, "v")} FROM workflow_versions v WHERE v.organization_id = $1 AND v.workflow_id = $2 AND v.version = $3
"""
COUNTED_MAX = 2000
"""Runs of a workflow that figures look at, the newest."""
FIGURES = f"""
SELECT w.id AS workflow_id, f.entered, f.completed, f.exited, f.entered = {COUNTED_MAX} AS is_least
FROM (SELECT id, organization_id FROM workflows WHERE organization_id = $1 ORDER BY id DESC LIMIT 200) w CROSS JOIN LATERAL (
    SELECT count(*) AS entered, count(*) FILTER (WHERE r.status = 'completed') AS completed, count(*) FILTER (WHERE r.status = 'exited') AS exited
    FROM (SELECT e.status, e.enrolled_at FROM workflow_enrollments e WHERE e.organization_id = w.organization_id AND e.workflow_id = w.id
          ORDER BY e.id DESC LIMIT {COUNTED_MAX}) r WHERE r.enrolled_at >= clock_timestamp() - make_interval(days => $2)) f ORDER BY w.id DESC
"""
EXISTS = "SELECT EXISTS (SELECT FROM workflows w WHERE w.organization_id = $1 AND w.id = $2)"

READABLE = (
    *(
        ReadableField(f"contact.{name}", "str")
        for name in ("email", "first_name", "last_name", "phone", "subscription_status", "source")
    ),
    ReadableField("contact.tags", "array"),
    *(ReadableField(f"contact.{name}", "float") for name in ("order_count", "total_order_value")),
    *(ReadableField(f"contact.{name}", "str") for name in ("last_order_date", "created_at", "external_id")),
    ReadableField("contact.custom_fields", "object"),
)


def unknown() -> NotFound:
    return NotFound("this workflow does not exist")


async def check_exists(actor: Actor, workflow_id: int) -> None:
    """
    Raises:
        NotFound: unknown to the actor's organization.
    """
    async with read(actor) as db:
        if not await db.fetch_value(EXISTS, actor.organization_id, workflow_id):
            raise unknown()


async def get(actor: Actor, workflow_id: int) -> WorkflowView:
    """A workflow with its draft, and what is still missing to it.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*MARKETERS)
    sql = f"SELECT {SUMMARY}, w.draft FROM workflows w WHERE w.organization_id = $1 AND w.id = $2"
    async with read(actor) as db:
        found = await db.fetch_one(WorkflowView, sql, actor.organization_id, workflow_id)
        if found is None:
            raise unknown()
        found.trouble_detail = await uses.trouble_detail(db, actor, workflow_id) if found.trouble else ""
    found.problems = await uses.problems(actor, definitions.reading(found.definition))
    return found


async def page(actor: Actor, status: Status | None, after: str | None, limit: int) -> WorkflowPage:
    """Newest first."""
    actor.require(*MARKETERS)
    last_id = decode_cursor(after, "newest")[1] if after else None
    sql = f"""
        SELECT {SUMMARY} FROM workflows w WHERE w.organization_id = $1 AND ($2::bigint IS NULL OR w.id < $2) AND ($3::text IS NULL OR w.status = $3)
        ORDER BY w.id DESC LIMIT $4
    """
    async with read(actor) as db:
        rows = await db.fetch(WorkflowSummary, sql, actor.organization_id, last_id, status, limit + 1)
    return WorkflowPage(rows[:limit], encode_cursor("newest", "", rows[limit - 1].id) if len(rows) > limit else None)


async def figures(actor: Actor, days: int) -> list[WorkflowFigures]:
    """How the newest workflows fared with whoever came in within so many days."""
    actor.require(*MARKETERS)
    async with read(actor) as db:
        return await db.fetch(WorkflowFigures, FIGURES, actor.organization_id, days)


async def version(actor: Actor, workflow_id: int, number: int) -> WorkflowVersionView:
    """What was published then.

    Raises:
        NotFound: there is no such version.
    """
    actor.require(*MARKETERS)
    async with read(actor) as db:
        found = await db.fetch_one(WorkflowVersionView, VERSION, actor.organization_id, workflow_id, number)
    if found is None:
        raise NotFound("this version does not exist")
    return found


async def run(actor: Actor, enrollment_id: int) -> EnrollmentView:
    """
    Raises:
        NotFound: unknown to the actor's organization.
    """
    async with read(actor) as db:
        return (await _run(db, actor, enrollment_id))[0]


async def _run(db: Unit, actor: Actor, enrollment_id: int) -> tuple[EnrollmentView, bool]:
    """And whether it is about a conversation that the actor may not see."""
    sql = f"SELECT {RUN} FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.id = $2"
    found = await db.fetch_one(EnrollmentView, sql, actor.organization_id, enrollment_id)
    if found is None:
        raise NotFound("this enrollment does not exist")
    return found, bool(await withholding.from_runs(db, actor, [found]))


async def history(actor: Actor, enrollment_id: int) -> EnrollmentHistory:
    """A run with what became of each of its steps, in order."""
    actor.require(*MARKETERS)
    async with read(actor) as db:
        found, is_unseen = await _run(db, actor, enrollment_id)
        steps = await db.fetch(StepTaken, STEPS, actor.organization_id, enrollment_id)
        mails = {row[0]: StepMail(*list(row)[1:]) for row in await db.fetch_rows(MAILS, actor.organization_id, enrollment_id)}
        await withholding.from_steps(db, actor, steps, is_unseen=is_unseen)
    for step in steps:
        step.mail = mails.get(step.step_id)
    return EnrollmentHistory(**msgspec.structs.asdict(found), steps=steps)


async def runs(
    actor: Actor, workflow_id: int, status: EnrollmentStatus | None, step_id: str | None, after: str | None, limit: int
) -> EnrollmentPage:
    """Who is or was in a workflow, newest first."""
    actor.require(*MARKETERS)
    last_id = decode_cursor(after, "newest")[1] if after else None
    sql = f"""
        SELECT {RUN} FROM workflow_enrollments e WHERE e.organization_id = $1 AND e.workflow_id = $2 AND ($3::bigint IS NULL OR e.id < $3)
        AND ($4::text IS NULL OR e.status = $4) AND ($5::text IS NULL OR e.step_id = $5) ORDER BY e.id DESC LIMIT $6
    """
    async with read(actor) as db:
        await check_exists(actor, workflow_id)
        rows = await db.fetch(EnrollmentView, sql, actor.organization_id, workflow_id, last_id, status, step_id, limit + 1)
        await withholding.from_runs(db, actor, rows)
    return EnrollmentPage(rows[:limit], encode_cursor("newest", "", rows[limit - 1].id) if len(rows) > limit else None)


async def of_contact(actor: Actor, contact_id: int) -> list[ContactWorkflow]:
    """Every workflow that runs, or that the contact was in: why he is in it or not.

    Raises:
        NotFound: the contact is unknown.
    """
    actor.require(*MARKETERS)
    async with read(actor) as db:
        await contacts.get(actor, contact_id)
        taken = await db.fetch(EnrollmentView, OF_CONTACT, actor.organization_id, contact_id)
        refused = {row[0]: EntryRefusal(*list(row)[1:]) for row in await db.fetch_rows(REFUSALS, actor.organization_id, contact_id)}
        await withholding.from_runs(db, actor, taken)
        await withholding.from_refusals(db, actor, refused)
        known = await db.fetch_rows(KNOWN, actor.organization_id, [run.workflow_id for run in taken])
    found = []
    for workflow_id, name, status, _ in known:
        own = [run for run in taken if run.workflow_id == workflow_id]
        refusal = refused.get(workflow_id)
        found.append(ContactWorkflow(workflow_id, name, status, own, refusal, _reason(status, own, refusal)))
    return found


def _reason(status: Status, own: list[EnrollmentView], refusal: EntryRefusal | None) -> str:
    if any(run.status == "active" for run in own):
        return "inside"
    if refusal is not None and (not own or refusal.at > own[0].enrolled_at):
        return refusal.reason
    if own:
        return own[0].reason
    return "paused" if status == "paused" else "not_happened"


def parts(actor: Actor) -> WorkflowParts:
    """The steps and triggers of the modules that are on, and what conditions may read."""
    actor.require(*MARKETERS)
    steps = [
        StepInfo(step.name, step.title, list(step.branches), step.acts, step.reaches is not False, _schema(step.config))
        for step in registry.steps().values()
    ]
    triggers: list[Any] = [
        TriggerInfo(trigger.name, trigger.title, type_of(trigger.event), _schema(trigger.config))
        for trigger in registry.triggers().values()
        if trigger.starts
    ]
    return WorkflowParts(steps, triggers, list(READABLE), list(SPELLINGS))


@cache
def _schema(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return msgspec.json.schema(kind)
