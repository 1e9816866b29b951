"""How somebody walks through a workflow: waits, branches, effects, goals and exits, quiet hours and caps."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.access import Actor
from core.contacts import actions as contacts
from core.contacts import queries as people
from core.contacts.structs import ContactChanges
from core.database import pool
from core.inboxes.structs import InboxView
from modules.workflows import spans
from modules.workflows.actions import advancing
from modules.workflows.saying import Explained
from tests.factories import a_contact, a_message, an_inbox, an_organization
from tests.workflows.support import a_workflow, delay, drive, enroll, happens, hours_pass, later, of, tag, taken

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


@pytest.fixture
async def inbox(admin: Actor) -> InboxView:
    return await an_inbox(admin)


def hello(inbox: InboxView, named: str = "hello", **more: object) -> dict[str, object]:
    return {
        "id": named,
        "type": "send_message",
        "config": {"inbox_id": inbox.id, "content": f"{named}!", "sender": "Harbour"},
        **more,
    }


async def messages_to(contact_id: int) -> list[str]:
    sql = "SELECT m.content FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.contact_id = $1 ORDER BY m.id"
    return [row[0] for row in await pool().fetch(sql, contact_id)]


async def test_a_delay_holds_and_then_the_branch_is_chosen_by_what_is_so_by_then(admin: Actor) -> None:
    condition = {
        "id": "is_vip", "type": "condition", "config": {"field": "contact.tags", "operator": "contains", "value": "vip"},
        "trueBranch": [tag("yes")], "falseBranch": [tag("no")],
    }  # fmt: skip
    workflow, ida = await a_workflow(admin, delay(), condition, tag("last")), await a_contact(admin)
    run = await enroll(admin, workflow, ida)
    await drive(admin)
    assert taken(await of(admin, run)) == []
    await contacts.update(admin, ida.id, ContactChanges(tags=["vip"]))
    await later(admin, 1)
    ended = await of(admin, run)
    assert taken(ended) == [("wait", "passed"), ("is_vip", "passed"), ("yes", "done"), ("last", "done")]
    assert (ended.status, ended.reason) == ("completed", "end")
    assert (await people.get(admin, ida.id)).tags == ["vip", "yes", "last"]


async def test_what_is_waited_for_may_happen_or_not(admin: Actor) -> None:
    large = {"field": "order.total", "operator": "gt", "value": 5}
    wait = {
        "id": "buys", "type": "wait_until_event", "config": {"event": "order.created", "days": 1, "when": large},
        "happenedBranch": [tag("bought")], "timeoutBranch": [tag("late")],
    }  # fmt: skip
    workflow = await a_workflow(admin, wait)
    ida, jon = await a_contact(admin), await a_contact(admin)
    runs = [await enroll(admin, workflow, who) for who in (ida, jon)]
    await happens(admin, "order.created", ida, order={"total": 9})
    await happens(admin, "order.created", jon, order={"total": 2})
    await drive(admin)
    assert taken(await of(admin, runs[0])) == [("buys", "passed"), ("bought", "done")]
    assert taken(await of(admin, runs[1])) == []
    await later(admin, 25)
    assert taken(await of(admin, runs[1])) == [("buys", "passed"), ("late", "done")]


async def test_what_happens_right_after_an_effect_is_not_missed_by_the_wait_that_follows(admin: Actor) -> None:
    wait = {
        "id": "buys",
        "type": "wait_until_event",
        "config": {"event": "order.created", "days": 1},
        "branches": {"timeout": [{"type": "exit"}]},
    }
    workflow, ida = await a_workflow(admin, tag("asked"), wait), await a_contact(admin)
    run = await enroll(admin, workflow, ida)
    await advancing.advance(admin, run.id)  # one transaction: the effect
    await happens(admin, "order.created", ida)
    await drive(admin)
    assert (await of(admin, run)).reason == "end"


async def test_goals_and_exits_end_a_run_wherever_it_is(admin: Actor) -> None:
    bought = {"event": "order.created"}
    workflow = await a_workflow(admin, delay(), tag("reminded"), goals=[bought], exits=["asked_to_stop"])
    ida, jon = await a_contact(admin), await a_contact(admin)
    runs = [await enroll(admin, workflow, who) for who in (ida, jon)]
    await happens(admin, "order.created", ida)
    await happens(admin, "asked_to_stop", jon)
    await later(admin, 2)
    assert [(run.status, run.reason) for run in [await of(admin, run) for run in runs]] == [
        ("completed", "goal"),
        ("exited", "exit_event"),
    ]
    assert [taken(await of(admin, run)) for run in runs] == [[], []]


async def test_what_is_asked_right_before_an_effect_ends_the_run_instead(admin: Actor) -> None:
    gone = {"when": {"field": "contact.subscription_status", "operator": "not_equals", "value": "subscribed"}}
    workflow, ida = await a_workflow(admin, delay(), tag("reminded"), exits=[gone]), await a_contact(admin)
    run = await enroll(admin, workflow, ida)
    await drive(admin)
    await contacts.update(admin, ida.id, ContactChanges(subscription_status="unsubscribed"))
    await later(admin, 2)
    ended = await of(admin, run)
    assert (ended.reason, taken(ended)) == ("exit_condition", [("wait", "passed")])
    assert ended.said is not None
    assert ended.said.values["comparisons"][0]["found"] == '"unsubscribed"'


async def test_the_steps_do_what_they_say(admin: Actor, inbox: InboxView) -> None:
    visitor, sent = await a_message(inbox)
    workflow = await a_workflow(
        admin,
        {"type": "update_contact", "config": {"first_name": "Ida", "custom_fields": {"stage": "new"}}},
        {"type": "create_note", "config": {"content": "Look here"}},
        {"type": "assign", "config": {"assignee_id": admin.id}},
        {"type": "tag", "config": {"add": ["care"], "on": "conversation"}},
        {"type": "create_conversation", "config": {"inbox_id": inbox.id, "subject": "Call them", "note": "Soon"}},
        {"type": "exit", "config": {"reason": "called"}},
        tag("never"),
    )
    ida = await people.get(admin, visitor.contact_id or 0)
    run = await enroll(admin, workflow, ida)
    await drive(admin)
    ended = await of(admin, run)
    assert [step.status for step in ended.steps] == ["done"] * 5 + ["passed"], ended.steps
    assert (ended.status, ended.reason) == ("exited", "called")
    now = await people.get(admin, ida.id)
    assert (now.first_name, now.custom_fields) == ("Ida", {"stage": "new"})
    rows = await pool().fetch("SELECT subject, tags, assignee_id FROM conversations WHERE contact_id = $1 ORDER BY id", ida.id)
    assert [tuple(row) for row in rows] == [(sent.conversation.subject, ["care"], admin.id), ("Call them", [], None)]


async def test_what_cannot_be_done_is_told_and_changes_nothing(admin: Actor) -> None:
    note = {"id": "note", "type": "create_note", "config": {"content": "Look"}}
    ida = await a_contact(admin)
    going_on = await enroll(admin, await a_workflow(admin, note, tag("after")), ida)
    leaving = await enroll(admin, await a_workflow(admin, note | {"on_failure": "exit"}, tag("after")), ida)
    unknown = await enroll(
        admin,
        await a_workflow(admin, {"id": "open", "type": "create_conversation", "config": {"inbox_id": 1, "subject": "x"}}),
        ida,
    )
    await drive(admin)
    assert taken(await of(admin, going_on)) == [("note", "failed"), ("after", "done")]
    assert ((await of(admin, leaving)).reason, taken(await of(admin, leaving))) == ("step_failed", [("note", "failed")])
    assert (await of(admin, unknown)).steps[0].detail == "this inbox does not exist"


async def test_two_workers_at_once_do_a_thing_once(admin: Actor, inbox: InboxView) -> None:
    workflow, ida = await a_workflow(admin, hello(inbox)), await a_contact(admin)
    run = await enroll(admin, workflow, ida)
    await asyncio.gather(*(advancing.advance(admin, run.id) for _ in range(8)))
    assert await messages_to(ida.id) == ["hello!"]


def _quiet(now: datetime, then: str) -> dict[str, str]:
    """Hours that it is in the midst of."""
    return {"start": f"{now - timedelta(hours=1):%H:%M}", "end": f"{now + timedelta(hours=2):%H:%M}", "then": then}


@pytest.mark.parametrize(("then", "status"), [("defer", []), ("skip", [("hello", "skipped"), ("done", "done")])])
async def test_quiet_hours_are_those_where_the_contact_lives(
    admin: Actor, inbox: InboxView, then: str, status: list[tuple[str, str]]
) -> None:
    there = datetime.now(ZoneInfo("Asia/Tokyo"))
    workflow = await a_workflow(admin, hello(inbox), tag("done"), quietHours=_quiet(there, then))
    ida, here = await a_contact(admin, custom_fields={"time_zone": "Asia/Tokyo"}), await a_contact(admin)
    runs = [await enroll(admin, workflow, who) for who in (ida, here)]
    await drive(admin)
    held = await of(admin, runs[0])
    assert taken(held) == status
    assert taken(await of(admin, runs[1])) == [("hello", "done"), ("done", "done")], "it is not quiet in UTC"
    if then == "defer":
        assert held.held == Explained("quiet_hours", {"zone": "Asia/Tokyo"})
        assert held.due_at is not None
        assert timedelta(hours=1) < held.due_at - datetime.now(UTC) < timedelta(hours=2, minutes=1)


@pytest.mark.parametrize(("then", "status"), [("defer", []), ("skip", [("second", "skipped")])])
async def test_a_cap_counts_what_all_workflows_reached_the_contact_with(
    admin: Actor, inbox: InboxView, then: str, status: list[tuple[str, str]]
) -> None:
    ida, jon = await a_contact(admin), await a_contact(admin)
    first = await a_workflow(admin, hello(inbox, "first"))
    second = await a_workflow(admin, hello(inbox, "second"), cap={"count": 1, "hours": 24, "then": then})
    await enroll(admin, first, ida)
    await drive(admin)
    await hours_pass(admin, 2)
    run = await enroll(admin, second, ida)
    await enroll(admin, second, jon)
    await drive(admin)
    held = await of(admin, run)
    assert taken(held) == status
    assert await messages_to(ida.id) == ["first!"]
    assert await messages_to(jon.id) == ["second!"]
    if then == "defer":
        assert held.held == Explained("cap", {"count": 1, "hours": 24})
        await later(admin, 23)
        assert await messages_to(ida.id) == ["first!", "second!"]


def test_a_time_of_day_is_that_of_the_place_and_summer_time_is_known() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert spans.next_at(before, berlin, spans.clock("09:00"), ()) == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)
    assert spans.next_at(before, berlin, spans.clock("09:00"), ("mon",)) == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)
    assert spans.next_at(before, berlin, None, ("sat",)) == before
    night = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
    assert spans.quiet_until(night, berlin, spans.clock("22:00"), spans.clock("08:00")) == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    assert spans.quiet_until(before, berlin, spans.clock("22:00"), spans.clock("08:00")) is None
    assert spans.quiet_until(before, berlin, spans.clock("00:00"), spans.clock("00:00")) is None
