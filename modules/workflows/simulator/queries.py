"""A simulation: a definition over what happened to contacts, with a clock that is set, and no effect."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import asyncpg

from core.access import MARKETERS, Actor, grants
from core.contacts.structs import ContactView
from core.database import Unit, read
from core.errors import Invalid, NotFound, TooManyRequests, Unavailable
from modules.workflows import definitions, queries
from modules.workflows.actions import drafts, enrolling
from modules.workflows.definition.shape import Definition
from modules.workflows.hearing import Happened
from modules.workflows.simulator import comparing, past
from modules.workflows.simulator.structs import (
    RUNS_MAX,
    Note,
    SimulatedCount,
    SimulatedRun,
    SimulateInput,
    Simulation,
)
from modules.workflows.simulator.walking import OutOfTime, Walker, ends_by, is_known

WALK_S = 5.0
"""For which ways are walked, by both versions together where two are compared; whoever's turn has not come then, or is not over, is left out."""
COMPARED_MAX = 200
"""Contacts whose ways by two versions are compared."""
ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended('modules.workflows.simulate', $1))"
"""One simulation of an organization at once: it holds a connection, and reckons."""
STORED = "SELECT v.definition FROM workflow_versions v WHERE v.organization_id = $1 AND v.workflow_id = $2 AND v.version = $3"

_simulating: set[int] = set()
"""Organizations, in this process: who waits for nothing takes no connection either."""


async def simulate(actor: Actor, workflow_id: int, data: SimulateInput) -> Simulation:
    """Who would have come in, which way everybody would have gone, when and why; with `compare_to`, who would go another way by that version.

    Raises:
        NotFound: the workflow or a version is unknown.
        Invalid: `bad_definition`, with `problems`; the facts of an event are too large; `bad_time`: a time has no zone, or is none of these days.
        Unavailable: there is too much to look through.
        TooManyRequests: another simulation of the organization is under way.
    """
    actor.require(*MARKETERS)
    workflow = await queries.get(actor, workflow_id)
    definition = await _definition(actor, workflow_id, data, workflow.definition)
    against = None if data.compare_to is None else await _version(actor, workflow_id, data.compare_to)
    _check(data)
    now = datetime.now(UTC)
    since = min((one.at for one in data.events or ()), default=now - timedelta(days=data.days)).astimezone(UTC)
    until = data.until.astimezone(UTC) if data.until is not None else ends_by(since)
    try:
        async with _alone(actor) as db:
            definitions_here = [definition, *([against] if against else [])]
            happened, contacts = await _gathered(db, actor, data, definitions_here, since, now)
            known = len(contacts)
            contacts = contacts if against is None else contacts[:COMPARED_MAX]
            scene = _Scene(db, actor, workflow_id, workflow.name, contacts, happened.events, since, until)
            ways, walked = await scene.walked(definitions_here)
    except asyncpg.QueryCanceledError:
        raise Unavailable("there is too much to look through: ask for fewer days or contacts") from None
    runs = ways[0]
    is_complete = happened.is_whole and walked == known
    voids = definition.announced is not None and definition.announced.void is not None
    said: dict[Note, bool] = {
        "now_alone": True,
        "unknown_trigger": not is_known(definition),
        "part": not is_complete,
        "void_unseen": voids,
        "unseen": data.events is None and grants(actor) is not None,
    }
    notes = [note for note, holds in said.items() if holds]
    found = await asyncio.to_thread(_summed, definition, runs)
    comparison = None if data.compare_to is None else await asyncio.to_thread(comparing.compared, data.compare_to, ways[1], runs)
    return Simulation(
        since, until if data.until is not None else max([since, *_times(happened, runs)]), len(happened.events), known, walked, is_complete, *found,
        runs=runs[:RUNS_MAX], comparison=comparison, notes=notes,
    )  # fmt: skip


@asynccontextmanager
async def _alone(actor: Actor) -> AsyncIterator[Unit]:
    organization_id = actor.organization_id
    if organization_id in _simulating:
        raise _busy()
    _simulating.add(organization_id)
    try:
        async with read(actor) as db:
            if not await db.fetch_value(ALONE, organization_id):
                raise _busy()
            yield db
    finally:
        _simulating.discard(organization_id)


def _busy() -> TooManyRequests:
    return TooManyRequests("a simulation is under way already", retry_after_s=1)


def _times(happened: past.Past, runs: Sequence[SimulatedRun]) -> list[datetime]:
    return [*(at for at, _ in happened.events), *(run.ended_at for run in runs if run.ended_at is not None)]


async def _definition(actor: Actor, workflow_id: int, data: SimulateInput, draft: object) -> Definition:
    if data.definition is None and data.version is not None:
        return await _version(actor, workflow_id, data.version)
    found = drafts.understood(draft if data.definition is None else data.definition)
    if found.definition is None:
        raise RuntimeError("a definition without a problem was not read")
    return found.definition


async def _version(actor: Actor, workflow_id: int, number: int) -> Definition:
    async with read(actor) as db:
        raw = await db.fetch_value(STORED, actor.organization_id, workflow_id, number)
    found = None if raw is None else definitions.reading(raw, published=True).definition
    if found is None:
        raise NotFound("this version does not exist")
    return found


def _check(data: SimulateInput) -> None:
    for one in data.events or ():
        enrolling.check_size(one.facts)
        _check_time(one.at, "the time of an event")
    if data.until is not None:
        _check_time(data.until, "the time until which the clock goes")


def _check_time(at: datetime, what: str) -> None:
    if not 2000 <= at.year <= 2100 or at.tzinfo is None:
        raise Invalid(f"{what} needs its zone, and is within this century", code="bad_time")


async def _gathered(
    db: Unit, actor: Actor, data: SimulateInput, wanted: Sequence[Definition], since: datetime, now: datetime
) -> tuple[past.Past, list[ContactView]]:
    names = {name for definition in wanted for name in past.names_of(definition)}
    found = past.given(data.events) if data.events is not None else await past.logged(db, actor, names, since, now)
    if any(not definition.starts_on for definition in wanted) and data.events is None:
        contacts = await past.people(db, actor, data.contact_ids or None)
        return found, contacts
    starts = {definition.starts_on for definition in wanted}
    newest = dict.fromkeys(one.occasion.contact_id for _, one in reversed(found.events) if not starts.isdisjoint(one.names))
    ids = [one for one in newest if not data.contact_ids or one in data.contact_ids]
    contacts = await past.people(db, actor, ids)
    return past.Past(found.events, found.is_whole and len(ids) <= past.CONTACTS_MAX), contacts


class _Scene:
    """The same contacts and events for each definition that walks over them."""

    def __init__(
        self, db: Unit, actor: Actor, workflow_id: int, name: str, contacts: Sequence[ContactView],
        events: Sequence[tuple[datetime, Happened]], since: datetime, until: datetime,
    ) -> None:  # fmt: skip
        self._db, self._actor, self._workflow_id, self._name = db, actor, workflow_id, name
        self._contacts, self._since, self._until = contacts, since, until
        self._events: dict[int, list[tuple[datetime, Happened | None]]] = {}
        for at, one in events:
            self._events.setdefault(one.occasion.contact_id, []).append((at.astimezone(UTC), one))

    async def walked(self, definitions: Sequence[Definition]) -> tuple[list[list[SimulatedRun]], int]:
        """All runs by each definition, and of how many contacts: each went by all of them, or there was no time for him."""
        reached = [await self._reached(definition) for definition in definitions]
        until = time.monotonic() + WALK_S
        ways: list[list[SimulatedRun]] = [[] for _ in definitions]
        walked = 0
        for contact in self._contacts:
            walkers = [
                Walker(self._actor, definition, self._name, contact, before.get(contact.id, ()))
                for definition, before in zip(definitions, reached, strict=True)
            ]
            try:
                for walker, definition in zip(walkers, definitions, strict=True):
                    entering = [] if definition.starts_on else [(self._since, None)]
                    await walker.go([*entering, *self._events.get(contact.id, [])], self._until, until)
            except OutOfTime:
                break
            for runs, walker in zip(ways, walkers, strict=True):
                runs += walker.told()
            walked += 1
        return [sorted(runs, key=lambda run: (run.entered_at, run.contact_id, run.entry_key)) for runs in ways], walked

    async def _reached(self, definition: Definition) -> dict[int, list[datetime]]:
        window = timedelta(0) if definition.cap is None else definition.cap.window
        ids = [contact.id for contact in self._contacts]
        return await past.reached(self._db, self._actor, self._workflow_id, ids, self._since - window)


def _summed(
    definition: Definition, runs: Sequence[SimulatedRun]
) -> tuple[int, int, dict[str, int], dict[str, int], list[SimulatedCount]]:
    inside = [run for run in runs if run.status != "refused"]
    counts = {node.id: SimulatedCount(node.id, node.title, node.type) for node in definition.nodes.values()}
    for run in inside:
        for step in run.steps:
            count = counts[step.step_id]
            count.arrived += 1
            count.outcomes[step.status] = count.outcomes.get(step.status, 0) + 1
            if step.branch:
                count.branches[step.branch] = count.branches.get(step.branch, 0) + 1
        if run.status == "active" and run.step_id in counts:
            counts[run.step_id].arrived += 1
            counts[run.step_id].waiting += 1
    return (
        len(inside),
        sum(run.status == "active" for run in inside),
        dict(Counter(run.reason for run in runs if run.status == "refused")),
        dict(Counter(run.reason for run in inside if run.status != "active")),
        list(counts.values()),
    )
