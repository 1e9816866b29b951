"""What each one gets whose mail is about to go: asked right before, so nobody who has left, or bought his cart meanwhile, gets any."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from core.access import Actor
from core.contacts.queries import COLUMNS
from core.contacts.structs import ContactView
from core.database import Unit, read
from core.extend.mailing import Addressee, Answer, Later, MailSource, Never, Post
from core.extend.steps import Visit
from modules.workflows import definitions, guards, keys, naming
from modules.workflows.actions import standing
from modules.workflows.definition.shape import CUSTOM
from modules.workflows.steps.email import EmailConfig

PAUSE_S, ABSENT_S = 60.0, 3600.0
"""Until it is asked again whether a workflow is paused, or a module is off."""
CUT_OFF = frozenset({"goal", "exit_event", "exit_condition", "removed", "contact_deleted"})
"""Reasons of an end that takes back what is still on its way. Who came to the end of his way gets what he was to get."""
RUNS = """
SELECT e.id, e.workflow_id, w.name, w.status AS state, w.created_at, e.version, e.contact_id, e.entry_key, e.reason, e.facts,
       u.step_id, u.version AS sent_by, u.template_id, u.inbox_id, t.version AS template_version, clock_timestamp() AS now
FROM workflow_uses u
JOIN workflow_enrollments e ON e.organization_id = u.organization_id AND e.workflow_id = u.workflow_id AND e.id = ANY ($3::bigint[])
JOIN workflows w ON w.organization_id = u.organization_id AND w.id = u.workflow_id
LEFT JOIN templates t ON t.organization_id = u.organization_id AND t.id = u.template_id
WHERE u.organization_id = $1 AND u.id = $2
"""
PEOPLE = f"SELECT {COLUMNS} FROM contacts k WHERE k.organization_id = $1 AND k.id = ANY ($2::bigint[])"


class _Run(msgspec.Struct, frozen=True):
    """A run that wants a mail of step `step_id` of version `sent_by`; it may go by another version by now."""

    id: int
    workflow_id: int
    name: str
    state: str
    created_at: datetime
    version: int
    contact_id: int | None
    entry_key: str
    reason: str
    facts: dict[str, Any]
    step_id: str
    sent_by: int
    template_id: int | None
    inbox_id: int | None
    template_version: int | None
    now: datetime


async def letters(actor: Actor, source_id: int, addressees: Sequence[Addressee]) -> list[Answer]:
    """An answer for each, in their order."""
    ids = [int(one.entry) for one in addressees if one.entry.isdecimal()]
    async with read(actor) as db:
        runs = {run.id: run for run in await db.fetch(_Run, RUNS, actor.organization_id, source_id, ids)}
        people = await db.fetch(ContactView, PEOPLE, actor.organization_id, [one.contact_id for one in addressees])
        known = {contact.id: contact for contact in people}
        found: list[Answer] = []
        for one in addressees:
            run = runs.get(int(one.entry)) if one.entry.isdecimal() else None
            contact = known.get(one.contact_id)
            gone = run is None or contact is None or run.contact_id != contact.id
            found.append(Never("contact_deleted") if gone else await _answer(db, actor, run, contact))  # type: ignore[arg-type]  # neither is None
    return found


async def _answer(db: Unit, actor: Actor, run: _Run, contact: ContactView) -> Answer:
    if run.reason in CUT_OFF:
        return Never(run.reason)
    if run.state == "paused":
        return Later("workflow_paused", PAUSE_S)
    definition = await definitions.of(db, actor, run.workflow_id, run.version, run.created_at)
    if definition.announced is None and definition.trigger != CUSTOM:
        return Later("module_off", ABSENT_S)
    visit = Visit(
        actor=actor, workflow_id=run.workflow_id, workflow_name=run.name, enrollment_id=run.id, step_id=run.step_id, contact_id=contact.id,
        key=keys.effect(actor, run.id, run.step_id), now=run.now, zone=standing.zone(contact, definition).key,
        values=standing.values(contact, run.facts),
    )  # fmt: skip
    if (over := await guards.still(actor, definition, visit, run.entry_key)) is not None:
        return Never(over.reason[:40])
    written = await definitions.of(db, actor, run.workflow_id, run.sent_by, run.created_at)
    node = written.nodes.get(run.step_id)
    if node is None or not isinstance(node.config, EmailConfig) or None in (run.template_id, run.inbox_id, run.template_version):
        return Never("no_template")
    if node.step is not None and node.step.notices(node.config):
        match guards.quiet(definition, visit):
            case guards.Later(until):
                return Later("quiet_hours", max(1.0, (until - run.now).total_seconds()))
            case guards.Without():
                return Never("quiet_hours")
    return Post(
        template_id=run.template_id or 0, version=run.template_version or 0, inbox_id=run.inbox_id or 0, about=about(run.facts),
        subject=node.config.subject,
    )  # fmt: skip


def about(facts: Mapping[str, Any]) -> dict[str, int | str]:
    """What merge fields may look up: whatever started the run and has an id, as `{"order_id": 7}`."""
    found = {}
    for name, fact in facts.items():
        number = fact.get("id") if isinstance(fact, Mapping) else None
        if isinstance(number, int | str) and not isinstance(number, bool):
            found[f"{name}_id"] = number
    return found


source = MailSource(kind="workflow", title="Workflows", letters=letters, called=naming.mails)
