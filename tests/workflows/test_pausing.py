"""Pause and resume: nobody moves meanwhile, and whoever is overdue fares as was chosen and previewed."""

import pytest

from core.access import Actor
from core.errors import Conflict
from modules.workflows import previews, queries
from modules.workflows.actions import drafts, running
from modules.workflows.structs import Overdue, ResumeInput, WorkflowInput
from tests.factories import a_contact, an_organization
from tests.workflows.support import a_workflow, definition, delay, drive, enroll, happens, hours_pass, of, refused, tag, taken

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


@pytest.mark.parametrize(
    ("overdue", "at_once"),
    [
        ("shift", []),
        ("skip", [("wait", "passed"), ("a", "skipped"), ("b", "done")]),
        ("send", [("wait", "passed"), ("a", "done"), ("b", "done")]),
    ],
)
async def test_who_is_overdue_fares_as_was_chosen(admin: Actor, overdue: Overdue, at_once: list[tuple[str, str]]) -> None:
    workflow = await a_workflow(admin, delay(hours=2), tag("a"), tag("b"))
    early, late = await a_contact(admin), await a_contact(admin)
    first = await enroll(admin, workflow, early)
    await hours_pass(admin, 1)
    second = await enroll(admin, workflow, late)
    await running.pause(admin, workflow.id)
    await hours_pass(admin, 1)
    await drive(admin)
    seen = await previews.resume(admin, workflow.id)
    assert (seen.active, seen.overdue, round(seen.shift_s / 3600)) == (2, 1, 1)
    assert [(step.step_id, step.title, step.active, step.overdue) for step in seen.steps] == [("wait", "Delay", 2, 1)]
    await running.resume(admin, workflow.id, ResumeInput(overdue))
    await drive(admin)
    assert taken(await of(admin, first)) == at_once
    assert taken(await of(admin, second)) == []
    await hours_pass(admin, 1)
    await drive(admin)
    assert (await of(admin, first)).status == "completed"
    assert ((await of(admin, second)).status == "completed") is (overdue != "shift")
    await hours_pass(admin, 1)
    await drive(admin)
    assert taken(await of(admin, second)) == [("wait", "passed"), ("a", "done"), ("b", "done")]


async def test_nobody_comes_in_while_it_is_paused_and_what_happened_is_remembered(admin: Actor) -> None:
    wait = {
        "id": "buys",
        "type": "wait_until_event",
        "config": {"event": "order.created", "days": 9},
        "happenedBranch": [tag("bought")],
    }
    workflow = await a_workflow(admin, wait, goals=["reached"])
    ida, jon, late = [await a_contact(admin) for _ in range(3)]
    waiting, reaching = await enroll(admin, workflow, ida), await enroll(admin, workflow, jon)
    await running.pause(admin, workflow.id)
    await happens(admin, "order.created", ida)
    await happens(admin, "reached", jon)
    await drive(admin)
    assert taken(await of(admin, waiting)) == []
    assert (await of(admin, reaching)).reason == "goal"
    with pytest.raises(Conflict):
        await refused(admin, workflow, late)
    assert (await queries.of_contact(admin, late.id))[0].reason == "paused"
    await running.resume(admin, workflow.id, ResumeInput("shift"))
    await drive(admin)
    assert taken(await of(admin, waiting)) == [("buys", "passed"), ("bought", "done")]


async def test_whom_its_event_befalls_while_it_is_paused_finds_why_he_is_not_in_it(admin: Actor) -> None:
    workflow, ida = await a_workflow(admin, tag("a"), event="signed_up"), await a_contact(admin)
    await running.pause(admin, workflow.id)
    await happens(admin, "signed_up", ida, key="k")
    await running.resume(admin, workflow.id, ResumeInput("send"))
    [found] = await queries.of_contact(admin, ida.id)
    assert (found.enrollments, found.reason, found.refusal and found.refusal.entry_key) == ([], "paused", "k")


async def test_states_that_do_not_follow_each_other(admin: Actor) -> None:
    draft = await drafts.create(admin, WorkflowInput("Care", definition(tag("a"))))
    for refuse in (
        running.pause(admin, draft.id),
        running.resume(admin, draft.id, ResumeInput("send")),
        previews.resume(admin, draft.id),
    ):
        with pytest.raises(Conflict):
            await refuse
    assert (await running.activate(admin, draft.id)).status == "active"
    assert (await running.activate(admin, draft.id)).version == 1
    assert (await running.pause(admin, draft.id)).status == "paused"
    assert (await running.pause(admin, draft.id)).status == "paused"
    with pytest.raises(Conflict):
        await running.activate(admin, draft.id)
    assert (await running.resume(admin, draft.id, ResumeInput("send"))).status == "active"
    assert (await running.resume(admin, draft.id, ResumeInput("send"))).status == "active"


async def test_a_definition_of_which_something_is_missing_is_kept_but_does_not_run(admin: Actor) -> None:
    draft = await drafts.create(
        admin, WorkflowInput("Cart", {"triggerType": "shipping", "steps": [{"type": "email", "config": {"subject": "x"}}]})
    )
    assert "$.steps[0].config" in [problem.path for problem in draft.problems if problem.missing]
    assert draft.trigger_type == "shipping"
    with pytest.raises(Conflict) as refused_too:
        await running.activate(admin, draft.id)
    assert refused_too.value.reason == "missing_parts"
