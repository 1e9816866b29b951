"""What is told of runs that are about conversations: to whom the conversation is open, and to whom it is not."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.access import Actor
from core.conversations import actions as conversations
from core.database import pool
from core.extend.triggers import Occasion
from modules.workflows.actions import happening, running
from modules.workflows.hearing import Happened
from modules.workflows.triggers import conversation_opened
from tests.factories import a_contact, a_member, again, an_inbox, an_organization, client_id
from tests.security.conftest import in_process
from tests.workflows.support import a_workflow, drive, tag
from tests.workflows.test_simulator import Desk

pytestmark = pytest.mark.usefixtures("connected")
SUBJECT = "Redundancies in May"
UNSEEN = {"code": "conversation_not_visible", "values": {}}
HEARD = """
SELECT type, marketers_only FROM outbox WHERE organization_id = $1 AND type LIKE 'workflow.%'
UNION ALL
SELECT type, marketers_only FROM event_log WHERE organization_id = $1 AND type LIKE 'workflow.%'
"""
NAMES = ["conversation_opened", "conversation.created"]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with in_process() as http:
        yield Desk(await an_organization(), http)


def _looks(value: str, **more: Any) -> dict[str, Any]:
    return {"field": "conversation.subject", "operator": "contains", "value": value, **more}


async def _happens(admin: Actor, inbox_id: int, contact_id: int) -> int:
    """As a worker does when somebody has opened a conversation."""
    opened = await conversations.create(
        admin, inbox_id=inbox_id, contact_id=contact_id, channel="chat", subject=SUBJECT, handler="human", client_id=client_id()
    )
    facts = {"conversation": {"id": opened.id, "channel": "chat", "subject": SUBJECT, "tags": []}}
    occasion = Occasion(contact_id=contact_id, key=str(opened.id), facts=facts)
    await happening.happened(admin.organization_id, [Happened(occasion, NAMES, conversation_opened.trigger)])
    await drive(admin)
    return opened.id


async def _told(desk: Desk, actor: Actor, contact_id: int) -> dict[str, Any]:
    """All that this actor is told of a contact's workflows, by the workflow's name, with the steps of each run."""
    mine = Desk(await again(actor), desk.http)
    found = {one["name"]: one for one in await mine.ask("GET", f"/contacts/{contact_id}")}
    for one in found.values():
        one["histories"] = [await mine.ask("GET", f"/enrollments/{run['id']}") for run in one["enrollments"]]
        one["listed"] = (await mine.ask("GET", f"/{one['workflow_id']}/enrollments"))["items"]
    return found


async def test_a_run_quotes_a_conversation_only_to_whom_it_is_open(desk: Desk) -> None:
    admin = desk.admin
    user, member = await a_member(admin, "user"), await a_member(admin, "user")
    closed = await an_inbox(admin, name="Board", access="members", member_ids=[member.id])
    contact = await a_contact(admin)
    trigger = {"type": "conversation_opened"}
    ends = {"exits": [{"when": _looks("Redundancies")}]}
    bodies = {
        "branches": {"trigger": trigger, "steps": [{"id": "ask", "type": "condition", "config": _looks("Redundancies")}]},
        "ends": {"trigger": trigger, "steps": [tag("never")], **ends},
        "notes": {"trigger": trigger, "steps": [{"id": "note", "type": "create_note", "config": {"content": "Look"}}]},
        "refuses": {"trigger": trigger | {"filter": _looks("opening hours")}, "steps": [tag("a")]},
    }
    for name, body in bodies.items():
        made = await desk.ask("POST", "", {"name": name, "definition": body}, 201)
        await running.activate(admin, made["id"])
    conversation_id = await _happens(admin, closed.id, contact.id)

    for actor in (admin, member):
        told = await _told(desk, actor, contact.id)
        [branches, ends, notes] = [told[name]["histories"][0] for name in ("branches", "ends", "notes")]
        assert SUBJECT in str(branches["steps"][0]["said"])
        assert SUBJECT in str(ends["said"])
        assert notes["steps"][0]["said"] == {"code": "conversation", "values": {"id": conversation_id}}
        assert SUBJECT in str(told["refuses"]["refusal"]["said"])
        assert told["refuses"]["refusal"]["entry_key"] == str(conversation_id)

    told = await _told(desk, user, contact.id)
    assert SUBJECT not in str(told)
    assert f"'id': {conversation_id}}}" not in str(told)
    for name in ("branches", "ends", "notes"):
        run, [listed] = told[name]["histories"][0], told[name]["listed"]
        assert run["entry_key"] == listed["entry_key"] == ""
    assert told["ends"]["histories"][0]["said"] == told["ends"]["listed"][0]["said"] == UNSEEN
    step = told["branches"]["histories"][0]["steps"][0]
    assert (step["status"], step["branch"], step["said"]) == ("passed", "true", UNSEEN)
    assert told["notes"]["histories"][0]["steps"][0]["said"] == UNSEEN
    assert told["refuses"]["refusal"]["said"] == UNSEEN


async def test_a_step_names_a_conversation_only_to_whom_it_is_open(desk: Desk) -> None:
    admin = desk.admin
    user = await a_member(admin, "user")
    closed = await an_inbox(admin, name="Board", access="members", member_ids=[])
    opening = {"id": "open", "type": "create_conversation", "config": {"inbox_id": closed.id, "subject": "Call him"}}
    workflow = await a_workflow(admin, opening)
    contact = await a_contact(admin)
    run = await desk.ask("POST", f"/{workflow.id}/enroll", {"contact_id": contact.id, "client_id": client_id()})
    await drive(admin)
    for actor, names in ((admin, True), (user, False)):
        mine = Desk(await again(actor), desk.http)
        [step] = (await mine.ask("GET", f"/enrollments/{run['enrollment']['id']}"))["steps"]
        assert step["said"]["code"] == ("conversation" if names else "conversation_not_visible")


async def test_sockets_of_those_who_may_not_read_workflows_hear_nothing_of_them(desk: Desk) -> None:
    contact = await a_contact(desk.admin)
    workflow = await a_workflow(desk.admin, tag("a"))
    await desk.ask("POST", f"/{workflow.id}/enroll", {"contact_id": contact.id, "client_id": client_id()})
    await drive(desk.admin)
    heard = await pool().fetch(HEARD, desk.admin.organization_id)
    assert {row[0] for row in heard} >= {"workflow.saved", "workflow.enrolled", "workflow.completed"}
    assert all(row[1] for row in heard)
