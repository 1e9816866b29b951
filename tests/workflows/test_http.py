"""A workflow over HTTP on the whole installation: written, checked, run by real events, looked at."""

import asyncio
from typing import Any

import httpx
import pytest

from core.access import Actor
from tests.factories import a_member, an_organization, client_id
from tests.stack import Stack
from tests.workflows.support import a_client, definition, delay, tag

WAIT_S = 20.0


async def until(client: httpx.AsyncClient, path: str, wanted: Any) -> Any:
    """What is there as soon as `wanted` holds for it."""
    for _ in range(int(WAIT_S * 20)):
        found = (await client.get(path)).json()
        if wanted(found):
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(found)


async def made(client: httpx.AsyncClient, body: Any) -> Any:
    answer = await client.post("/api/workflows", json={"name": "Care", "client_id": client_id(), "definition": body})
    assert answer.status_code == 201, answer.text
    workflow = answer.json()
    activated = await client.post(f"/api/workflows/{workflow['id']}/activate")
    assert activated.status_code == 200, activated.text
    return activated.json()


@pytest.fixture
async def admin(stack: Stack) -> Actor:
    return await an_organization()


async def test_a_new_contact_is_welcomed_and_his_signal_ends_the_wait(stack: Stack, admin: Actor) -> None:
    wait = {
        "id": "replies",
        "type": "wait_until_event",
        "config": {"event": "replied", "days": 1},
        "branches": {"happened": [tag("alive")]},
    }
    body = {"trigger": {"type": "welcome", "config": {"sources": ["agent"]}}, "steps": [tag("hello"), wait]}
    async with a_client(stack.url, admin) as client:
        workflow = await made(client, body)
        contact = (await client.post("/api/contacts", json={"first_name": "Ida"})).json()
        runs = f"/api/workflows/{workflow['id']}/enrollments"
        found = await until(client, runs, lambda page: page["items"] and page["items"][0]["step_id"] == "replies")
        run = found["items"][0]
        assert (run["contact_id"], run["status"]) == (contact["id"], "active")
        signal = {"contact_id": contact["id"], "name": "replied", "facts": {"mail": {"subject": "Hi"}}}
        assert (await client.post("/api/workflows/signals", json=signal)).status_code == 204
        ended = await until(client, f"/api/workflows/enrollments/{run['id']}", lambda run: run["status"] != "active")
        assert [(step["step_id"], step["status"], step["branch"]) for step in ended["steps"]] == [
            ("hello", "done", ""), ("replies", "passed", "happened"), ("alive", "done", ""),
        ]  # fmt: skip
        assert (await client.get(f"/api/contacts/{contact['id']}")).json()["tags"] == ["hello", "alive"]
        [why] = (await client.get(f"/api/workflows/contacts/{contact['id']}")).json()
        assert (why["workflow_id"], why["reason"]) == (workflow["id"], "end")
        assert (run["contact_name"], ended["contact_name"]) == ("Ida", "Ida")
        [listed] = (await client.get("/api/workflows")).json()["items"]
        assert (listed["enrolled_count"], listed["completed_count"]) == (1, 1)
        figures = {"workflow_id": workflow["id"], "entered": 1, "completed": 1, "exited": 0, "is_least": False}
        assert (await client.get("/api/workflows/figures?days=7")).json() == [figures]
        assert (await client.get("/api/workflows/figures?days=0")).status_code == 400


async def test_parts_say_what_may_be_set_and_read(stack: Stack, admin: Actor) -> None:
    async with a_client(stack.url, admin) as client:
        parts = (await client.get("/api/workflows/parts")).json()
    steps = {step["name"]: step for step in parts["steps"]}
    delay_schema = steps["delay"]["config"]["$defs"]["DelayConfig"]
    assert {"hours", "days", "at", "weekdays"} <= delay_schema["properties"].keys()
    assert steps["condition"]["branches"] == ["true", "false"]
    [welcome] = [each for each in parts["triggers"] if each["name"] == "welcome"]
    assert "sources" in welcome["config"]["$defs"]["WelcomeConfig"]["properties"]
    assert {"name": "contact.tags", "kind": "array"} in parts["fields"]
    assert "greater_than" in parts["operators"]


async def test_a_delay_of_a_second_takes_about_that(stack: Stack, admin: Actor) -> None:
    async with a_client(stack.url, admin) as client:
        workflow = await made(client, definition({"id": "d", "type": "delay", "config": {"seconds": 1}}, tag("after")))
        contact = (await client.post("/api/contacts", json={})).json()
        data = {"contact_id": contact["id"], "client_id": client_id()}
        first = (await client.post(f"/api/workflows/{workflow['id']}/enroll", json=data)).json()
        assert (await client.post(f"/api/workflows/{workflow['id']}/enroll", json=data)).json() == first
        ended = await until(
            client, f"/api/workflows/enrollments/{first['enrollment']['id']}", lambda run: run["status"] == "completed"
        )
        assert [step["step_id"] for step in ended["steps"]] == ["d", "after"]


async def test_what_is_wrong_is_told_and_never_a_fault_of_ours(stack: Stack, admin: Actor) -> None:
    async with a_client(stack.url, admin) as client:
        bad = {"definition": {"steps": [tag("a"), tag("b"), {"type": "delay", "config": {"hours": "2"}}]}}
        answer = (await client.post("/api/workflows/validate", json=bad)).json()
        assert answer["problems"] == [
            {"path": "$.steps[2].config.hours", "message": "Expected `float`, got `str`", "missing": False}
        ]
        refused = await client.post("/api/workflows", json={"name": "Bad", **bad})
        assert (refused.status_code, refused.json()["code"]) == (400, "bad_definition")
        assert refused.json()["problems"] == answer["problems"]
        nul = definition({"type": "create_conversation", "config": {"inbox_id": 10**18, "subject": "x"}, "name": "a\x00b"})
        assert (await client.post("/api/workflows", json={"name": "Nul", "definition": nul})).status_code == 400
        workflow = await made(client, definition(delay()))
        contact = (await client.post("/api/contacts", json={})).json()
        huge = {"contact_id": contact["id"], "client_id": client_id(), "facts": {"a": "x" * 20_000}}
        assert (await client.post(f"/api/workflows/{workflow['id']}/enroll", json=huge)).status_code == 400
        taken = {"contact_id": contact["id"], "name": "contact.created"}
        assert (await client.post("/api/workflows/signals", json=taken)).json()["code"] == "name_taken"
        parts = (await client.get("/api/workflows/parts")).json()
        assert {"delay", "condition", "webhook"} <= {step["name"] for step in parts["steps"]}
        assert ("welcome", "contact.created") in {(trigger["name"], trigger["event"]) for trigger in parts["triggers"]}


async def test_agents_do_not_see_workflows(stack: Stack, admin: Actor) -> None:
    async with a_client(stack.url, await a_member(admin)) as client:
        for path in ("/api/workflows", "/api/workflows/1", "/api/workflows/parts", "/api/workflows/contacts/1"):
            assert (await client.get(path)).status_code == 403, path
