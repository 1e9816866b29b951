"""What a simulation keeps to: what the asker may see, and how much of the machine it may have."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from core.access import Actor
from core.conversations import actions as conversations
from core.conversations import queries as threads
from core.conversations.events import ConversationCreated
from core.database import pool
from modules.workflows.simulator import queries, walking
from tests.factories import a_contact, a_member, again, an_inbox, an_organization, client_id
from tests.security.conftest import in_process
from tests.workflows.support import tag
from tests.workflows.test_simulator import Desk, event

pytestmark = pytest.mark.usefixtures("connected")
LOG = """
INSERT INTO event_log (organization_id, position, epoch, id, type, version, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids,
                       staff_only, body, created_at)
VALUES ($1, $2, 1, $2, 'conversation.created', 0, $2, '{}', '{}', '{}', '{}', true, $3, clock_timestamp() - interval '1 millisecond')
"""
ASKS = {"field": "conversation.subject", "operator": "equals", "value": "something else"}


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with in_process() as http:
        yield Desk(await an_organization(), http)


async def _opened(admin: Actor, inbox_id: int, subject: str) -> None:
    """A conversation, with what the log tells of it."""
    contact = await a_contact(admin)
    opened = await conversations.create(
        admin, inbox_id=inbox_id, contact_id=contact.id, channel="chat", subject=subject, handler="human", client_id=client_id()
    )
    told = ConversationCreated(
        organization_id=admin.organization_id, conversation=await threads.get(admin, opened.id), by=admin.ref
    )
    await pool().execute(LOG, admin.organization_id, opened.id, msgspec.json.encode(told).decode())


async def _told(desk: Desk, actor: Actor, workflow: Any) -> str:
    """All that a simulation tells this actor of who does not come in."""
    found = await Desk(actor, desk.http).simulate(workflow)
    return " ".join(json.dumps(run["said"]) for run in found["runs"])


async def test_nobody_reads_in_it_of_conversations_that_he_may_not_see(desk: Desk) -> None:
    user, member = await a_member(desk.admin, "user"), await a_member(desk.admin, "user")
    closed = await an_inbox(desk.admin, name="Board", access="members", member_ids=[member.id])
    await _opened(desk.admin, closed.id, "Redundancies")
    await _opened(desk.admin, (await an_inbox(desk.admin)).id, "Opening hours")
    trigger = {"type": "conversation_opened", "filter": ASKS}
    body = {"trigger": trigger, "steps": [tag("a")]}
    workflow = await desk.ask("POST", "", {"name": "Care", "definition": body}, 201)
    for actor, subjects in (
        (desk.admin, {"Redundancies", "Opening hours"}),
        (user, {"Opening hours"}),
        (member, {"Redundancies", "Opening hours"}),
    ):
        told = await _told(desk, await again(actor), workflow)
        assert {subject for subject in ("Redundancies", "Opening hours") if subject in told} == subjects


async def test_a_walk_of_one_contact_ends_in_time_and_lets_others_have_their_turns(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "WALK_S", 0.3)
    monkeypatch.setattr(walking, "BREATH_S", 0.01)
    judged = walking.Walker._happened

    async def slow(self: walking.Walker, *what: Any) -> None:
        time.sleep(0.005)  # noqa: ASYNC251  # it reckons for so long
        await judged(self, *what)

    monkeypatch.setattr(walking.Walker, "_happened", slow)
    workflow, ida = await desk.draft(tag("a")), await a_contact(desk.admin)
    events = [event(ida, "start", number / 100, key=str(number)) for number in range(500)]
    turns: list[float] = []

    async def others() -> None:
        while True:
            turns.append(time.monotonic())
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    began = time.monotonic()
    found = await desk.simulate(workflow, events=events)
    took = time.monotonic() - began
    beside.cancel()
    assert not found["is_complete"]
    assert took < 2, "500 events would take longer"
    assert max(after - before for before, after in pairwise(turns)) < 0.25


async def test_an_organization_simulates_once_at_a_time_in_all_processes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    workflow = await desk.draft(tag("a"))
    monkeypatch.setattr(queries, "_simulating", {desk.admin.organization_id})
    assert (await desk.simulate(workflow, 429))["code"] == "too_many_requests"
    monkeypatch.setattr(queries, "_simulating", set())
    async with pool().acquire() as other, other.transaction():
        assert await other.fetchval(queries.ALONE, desk.admin.organization_id)
        assert (await desk.simulate(workflow, 429))["code"] == "too_many_requests"
    await desk.simulate(workflow)
    assert not queries._simulating


async def test_two_versions_are_compared_for_a_while_and_for_the_same_contacts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    workflow = await desk.draft(tag("a"))
    await desk.ask("POST", f"/{workflow['id']}/publish", {"revision": 1})
    changed = await desk.ask("PATCH", f"/{workflow['id']}", {"revision": 1, "definition": _by_start(tag("b"))})
    people = [await a_contact(desk.admin) for _ in range(6)]
    events = [event(one, "start", number) for number, one in enumerate(people)]
    monkeypatch.setattr(queries, "COMPARED_MAX", 4)
    found = await desk.simulate(changed, events=events, compare_to=1)
    assert (found["is_complete"], found["comparison"]["all"], len(found["runs"])) == (False, 4, 4)
    assert (found["contact_count"], found["walked_count"], "part" in found["notes"]) == (6, 4, True)
    monkeypatch.setattr(queries, "COMPARED_MAX", 200)
    monkeypatch.setattr(queries, "WALK_S", 0.5)
    walked = walking.Walker.go

    async def slow(self: walking.Walker, *what: Any) -> None:
        await asyncio.sleep(0.12)
        await walked(self, *what)

    monkeypatch.setattr(walking.Walker, "go", slow)
    found = await desk.simulate(changed, events=events, compare_to=1)
    assert not found["is_complete"]
    assert 0 < found["comparison"]["all"] == found["comparison"]["changed"] == len(found["runs"]) <= 3, (
        "both together have half a second"
    )


def _by_start(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"trigger": {"type": "custom", "config": {"event": "start"}}, "steps": [*steps]}


@pytest.mark.parametrize("until", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-02T12:00:00"])
async def test_the_clock_goes_to_a_moment_of_these_days(desk: Desk, until: str) -> None:
    workflow = await desk.draft(tag("a"))
    assert (await desk.simulate(workflow, 400, until=until))["code"] == "bad_time"
