"""The simulator: what it foretells is what the engine does, and it does nothing itself."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from core.access import Actor
from core.contacts.structs import ContactView
from core.database import pool
from tests.consent.people import as_staff
from tests.factories import a_contact, an_organization
from tests.security.conftest import in_process
from tests.workflows.support import delay, tag

pytestmark = pytest.mark.usefixtures("connected")
START = datetime(2026, 3, 2, 12, tzinfo=UTC)
TRACES = """
SELECT (SELECT count(*) FROM workflow_enrollments WHERE organization_id = $1) + (SELECT count(*) FROM workflow_effects WHERE organization_id = $1)
     + (SELECT count(*) FROM timers WHERE organization_id = $1) + (SELECT count(*) FROM mailing_sends WHERE organization_id = $1)
"""
LOG = """
INSERT INTO event_log (organization_id, position, epoch, id, type, version, contact_ids, inbox_ids, team_ids, assignee_ids, staff_only, body,
                       created_at)
VALUES ($1, $2, 1, $2, 'workflow.signalled', 0, '{}', '{}', '{}', '{}', true, $3,
        greatest(now() - make_interval(secs => $4), date_trunc('day', now())))
"""
BUYS = {
    "id": "buys", "type": "wait_until_event", "config": {"event": "bought", "hours": 10}, "happenedBranch": [tag("buyer")],
    "timeoutBranch": [tag("idle")],
}  # fmt: skip


class Desk:
    """An admin at his simulator."""

    def __init__(self, admin: Actor, http: httpx.AsyncClient) -> None:
        self.admin, self.http = admin, http

    async def ask(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = await self.http.request(method, f"/api/workflows{path}", json=body, headers=as_staff(self.admin))
        assert answer.status_code == status, answer.text
        return answer.json()

    async def draft(self, *steps: dict[str, Any], event: str | None = "start", **more: Any) -> Any:
        trigger = {"type": "custom", "config": {"event": event} if event else {}}
        return await self.ask("POST", "", {"name": "Care", "definition": {"trigger": trigger, "steps": [*steps], **more}}, 201)

    async def simulate(self, workflow: Any, status: int = 200, **asked: Any) -> Any:
        return await self.ask("POST", f"/{workflow['id']}/simulate", asked, status)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with in_process() as http:
        yield Desk(await an_organization(), http)


def event(contact: ContactView, name: str, hours: float, key: str = "", **facts: Any) -> dict[str, Any]:
    at = START + timedelta(hours=hours)
    return {"contact_id": contact.id, "name": name, "at": at.isoformat(), "key": key, "facts": facts}


def way(run: Any) -> list[tuple[str, str, float]]:
    """Steps with their branches or outcomes, and after how many hours."""
    return [
        (step["step_id"], step["branch"] or step["status"], (datetime.fromisoformat(step["at"]) - START) / timedelta(hours=1))
        for step in run["steps"]
    ]


async def test_it_tells_each_way_with_times_and_reasons_and_does_nothing(desk: Desk) -> None:
    workflow = await desk.draft(delay(), BUYS)
    ida, jon = await a_contact(desk.admin, first_name="Ida"), await a_contact(desk.admin)
    events = [event(ida, "start", 0), event(jon, "start", 1), event(ida, "bought", 4), event(ida, "start", 5)]
    found = await desk.simulate(workflow, events=events)
    first, second, again = found["runs"]
    assert way(first) == [("wait", "passed", 1), ("buys", "happened", 4), ("buyer", "done", 4)]
    assert way(second) == [("wait", "passed", 2), ("buys", "timeout", 12), ("idle", "done", 12)]
    assert (first["contact"], first["status"], first["reason"]) == ("Ida", "completed", "end")
    assert first["steps"][1]["said"] == {"code": "happened", "values": {"event": "bought"}}
    assert (again["status"], again["reason"]) == ("refused", "entered_before")
    counts = {step["step_id"]: (step["arrived"], step["outcomes"], step["branches"]) for step in found["steps"]}
    assert counts["buys"] == (2, {"passed": 2}, {"happened": 1, "timeout": 1})
    assert (found["entered"], found["refused"], found["ended"], found["active"]) == (2, {"entered_before": 1}, {"end": 2}, 0)
    assert await desk.simulate(workflow, events=events) == found, "each time the same"
    assert await pool().fetchval(TRACES, desk.admin.organization_id) == 0


async def test_the_clock_stops_where_it_is_told_to(desk: Desk) -> None:
    workflow, ida = await desk.draft(delay(), BUYS), await a_contact(desk.admin)
    until = (START + timedelta(hours=3)).isoformat()
    found = await desk.simulate(workflow, events=[event(ida, "start", 0)], until=until)
    [run] = found["runs"]
    assert (run["status"], run["step_id"]) == ("active", "buys")
    assert datetime.fromisoformat(run["due_at"]) == START + timedelta(hours=11)
    assert [step["waiting"] for step in found["steps"] if step["step_id"] == "buys"] == [1]


async def test_two_versions_are_compared_over_the_same_past(desk: Desk) -> None:
    large = {"field": "order.total", "operator": "gt", "value": 50}
    by = {"id": "by", "type": "condition", "config": large, "trueBranch": [tag("large")], "falseBranch": [tag("small")]}
    workflow = await desk.draft(delay(), by)
    await desk.ask("POST", f"/{workflow['id']}/activate")
    less = by | {"config": large | {"value": 30}}
    trigger = workflow["definition"]["trigger"]
    body = {"revision": workflow["revision"], "definition": {"trigger": trigger, "steps": [delay(), less]}}
    await desk.ask("PATCH", f"/{workflow['id']}", body)
    people = [await a_contact(desk.admin) for _ in range(3)]
    events = [event(one, "start", 0, order={"total": total}) for one, total in zip(people, (10, 40, 90), strict=True)]
    comparison = (await desk.simulate(workflow, events=events, compare_to=1))["comparison"]
    assert (comparison["all"], comparison["changed"]) == (3, 1)
    [parted] = comparison["divergences"]
    assert (parted["contact_id"], parted["step_id"]) == (people[1].id, "by")
    assert (parted["before"]["branch"], parted["after"]["branch"]) == ("false", "true")
    later = [delay("wait", 2), less]
    moved = await desk.simulate(workflow, events=events, compare_to=1, definition={"trigger": trigger, "steps": later})
    assert moved["comparison"]["changed"] == 3, "an hour later is another way"
    assert (await desk.simulate(workflow, events=events, version=1, compare_to=1))["comparison"]["changed"] == 0


async def test_the_past_is_read_from_the_log(desk: Desk) -> None:
    ida, jon = await a_contact(desk.admin), await a_contact(desk.admin)
    told = [(ida, "start", 9), (jon, "start", 8), (ida, "bought", 7), (ida, "other", 6)]
    for number, (contact, name, seconds) in enumerate(told, 1):
        body = {
            "type": "workflow.signalled", "organization_id": desk.admin.organization_id, "contact_id": contact.id, "name": name, "key": "",
            "facts": {}, "by": {"kind": "user", "id": 1, "name": "Ada"},
        }  # fmt: skip
        await pool().execute(
            LOG, desk.admin.organization_id, number, httpx.Request("POST", "http://x", json=body).content.decode(), seconds
        )
    workflow = await desk.draft(BUYS)
    found = await desk.simulate(workflow)
    ways = [(run["contact_id"], run["steps"][0]["branch"]) for run in found["runs"]]
    assert ways == [(ida.id, "happened"), (jon.id, "timeout")]
    assert (found["event_count"], found["is_complete"]) == (3, True)
    assert (await desk.simulate(workflow, days=14, contact_ids=[jon.id]))["entered"] == 1


async def test_who_could_ask_for_it_goes_through_a_workflow_without_an_event(desk: Desk) -> None:
    workflow = await desk.draft(tag("a"), event=None)
    contacts = [(await a_contact(desk.admin)).id for _ in range(2)]
    assert (await desk.simulate(workflow))["entered"] == 2
    assert (await desk.simulate(workflow, contact_ids=contacts[:1]))["entered"] == 1


async def test_what_cannot_be_simulated_is_refused(desk: Desk) -> None:
    workflow, ida = await desk.draft(tag("a")), await a_contact(desk.admin)
    assert (await desk.simulate(workflow, 400, definition={"steps": [{"type": "nonsense"}]}))["code"] == "bad_definition"
    await desk.simulate(workflow, 404, version=9)
    await desk.simulate(workflow, 404, compare_to=9)
    naive = event(ida, "start", 0) | {"at": "2026-03-02T12:00:00"}
    assert (await desk.simulate(workflow, 400, events=[naive]))["code"] == "bad_time"
    assert (await desk.simulate(workflow, 400, events=[event(ida, "start", 0, text="x" * 17_000)]))["code"] == "facts_too_large"


async def test_templates_for_the_five_triggers_are_in_order(desk: Desk) -> None:
    found = await desk.ask("GET", "/templates")
    assert [one["key"] for one in found] == ["welcome", "abandoned_cart", "order_confirmation", "shipping", "custom"]
    for one in found:
        assert all(problem["missing"] for problem in one["problems"]), one
        made = await desk.ask("POST", "", {"name": one["name"], "definition": one["definition"]}, 201)
        assert made["trigger_type"] == one["trigger_type"]
