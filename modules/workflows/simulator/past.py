"""What happened to contacts: out of the log of events, as far back as it is kept and as is worth looking at."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from core.access import Actor, visible
from core.contacts.queries import COLUMNS
from core.contacts.structs import ContactView
from core.database import Unit
from core.events.contract import type_of
from core.extend.triggers import Occasion
from modules.workflows import hearing
from modules.workflows.definition.shape import Definition
from modules.workflows.events import WorkflowSignalled
from modules.workflows.hearing import Happened
from modules.workflows.simulator.structs import PastEvent
from modules.workflows.steps.wait import WaitConfig

EVENTS_MAX = 20_000
CONTACTS_MAX = 500
LOOK_MS = 5_000
"""For which a statement may look."""
LOGGED = """
SELECT l.type, l.body, l.created_at FROM event_log l
WHERE l.organization_id = $1 AND l.type = ANY ($2::text[]) AND l.created_at > $3 AND l.created_at <= $4 AND {seen}
ORDER BY l.created_at DESC, l.position DESC LIMIT $5
"""
SEEN = """(l.conversation_id IS NULL OR EXISTS (
    SELECT FROM conversations c WHERE c.organization_id = l.organization_id AND c.id = l.conversation_id AND {rule}))"""
PEOPLE = f"SELECT {COLUMNS} FROM contacts k WHERE k.organization_id = $1 AND k.id = ANY ($2::bigint[]) ORDER BY k.id"
NEWEST = f"SELECT {COLUMNS} FROM contacts k WHERE k.organization_id = $1 ORDER BY k.id DESC LIMIT $2"
REACHED = """
SELECT f.contact_id, f.at FROM workflow_effects f JOIN workflow_enrollments e ON e.organization_id = f.organization_id AND e.id = f.enrollment_id
WHERE f.organization_id = $1 AND f.contact_id = ANY ($2::bigint[]) AND f.reached AND f.at > $3 AND e.workflow_id <> $4 ORDER BY f.at LIMIT 20000
"""


class Past(NamedTuple):
    """What happened, oldest first. `is_whole` false: there was more."""

    events: list[tuple[datetime, Happened]]
    is_whole: bool


def names_of(definition: Definition) -> set[str]:
    """What a definition listens to."""
    watched = [one.event for one in (*definition.goals, *definition.exits) if one.event is not None]
    waited = [node.config.event for node in definition.nodes.values() if isinstance(node.config, WaitConfig)]
    return {name for name in (definition.starts_on, *watched, *waited) if name}


async def logged(db: Unit, actor: Actor, names: Iterable[str], since: datetime, until: datetime) -> Past:
    """What the log tells of these names; of conversations, only of those that the actor may see. A body that cannot be read any more is left out."""
    wanted = {*names}
    triggers = {
        name: group for name, group in hearing.by_event().items() if name in wanted or any(one.name in wanted for one in group)
    }
    signal = type_of(WorkflowSignalled)
    types = [*triggers, signal]
    await db.execute(f"SET LOCAL statement_timeout = {LOOK_MS}")
    rule, held = visible(actor, 6)
    sql = LOGGED.format(seen=SEEN.format(rule=rule) if held else "true")
    rows = await db.fetch_rows(sql, actor.organization_id, types, since, until, EVENTS_MAX + 1, *held)
    told = [tuple(row) for row in reversed(rows[:EVENTS_MAX])]
    return Past(await asyncio.to_thread(_understood, told, triggers, signal, wanted), len(rows) <= EVENTS_MAX)


def _understood(
    told: Sequence[tuple[str, str, datetime]], triggers: dict[str, Any], signal: str, wanted: set[str]
) -> list[tuple[datetime, Happened]]:
    """Twenty thousand bodies take a while, in which others are served."""
    found: list[tuple[datetime, Happened]] = []
    for kind, body, at in told:
        found += [(at, one) for one in _heard(kind, body, triggers, signal) if not wanted.isdisjoint(one.names)]
    return found


def _heard(kind: str, body: str, triggers: dict[str, Any], signal: str) -> list[Happened]:
    try:
        if kind == signal:
            return [hearing.signalled(msgspec.json.decode(body, type=WorkflowSignalled))]
        return hearing.heard(kind, triggers[kind], msgspec.json.decode(body, type=triggers[kind][0].event))
    except (msgspec.ValidationError, LookupError):
        return []


def given(events: Sequence[PastEvent]) -> Past:
    """What somebody wants to have happened, by the name that he gave or any other of the same event."""
    grouped = hearing.by_event()
    found: list[tuple[datetime, Happened]] = []
    for one in sorted(events, key=lambda one: one.at):
        occasion = Occasion(contact_id=one.contact_id, key=one.key, facts=one.facts)
        group = next(
            (group for name, group in grouped.items() if one.name == name or one.name in {each.name for each in group}), []
        )
        trigger = next((each for each in group if each.name == one.name), None)
        names = [one.name, type_of(trigger.event)] if trigger is not None else [one.name]
        found.append((one.at, Happened(occasion, names, trigger)))
    return Past(found, is_whole=True)


async def people(db: Unit, actor: Actor, ids: Sequence[int] | None) -> list[ContactView]:
    """These contacts, or the newest."""
    if ids is None:
        return await db.fetch(ContactView, NEWEST, actor.organization_id, CONTACTS_MAX)
    return await db.fetch(ContactView, PEOPLE, actor.organization_id, list(ids)[:CONTACTS_MAX])


async def reached(db: Unit, actor: Actor, workflow_id: int, ids: Sequence[int], since: datetime) -> dict[int, list[datetime]]:
    """When something of other workflows reached them, by contact."""
    found: dict[int, list[datetime]] = {}
    for contact_id, at in await db.fetch_rows(REACHED, actor.organization_id, list(ids), since, workflow_id):
        found.setdefault(contact_id, []).append(at)
    return found
