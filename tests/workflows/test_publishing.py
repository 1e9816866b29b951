"""A workflow is changed while people are in it: heads are counted, something is chosen for each step, and nobody disappears."""

from typing import Any

import pytest

from core.access import Actor
from core.contacts.structs import ContactView
from core.errors import Conflict, Invalid
from modules.workflows import previews, queries
from modules.workflows.actions import drafts, publishing
from modules.workflows.structs import EnrollmentView, PublishInput, StepChoice, WorkflowChanges, WorkflowView
from tests.factories import a_contact, an_organization
from tests.workflows.support import a_workflow, definition, delay, drive, enroll, later, of, tag, taken

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


async def changed(admin: Actor, workflow: WorkflowView, *steps: dict[str, Any]) -> WorkflowView:
    return await drafts.update(admin, workflow.id, WorkflowChanges(revision=workflow.revision, definition=definition(*steps)))


async def inside(admin: Actor, workflow: WorkflowView, count: int = 2) -> tuple[list[ContactView], list[EnrollmentView]]:
    people = [await a_contact(admin) for _ in range(count)]
    runs = [await enroll(admin, workflow, who) for who in people]
    await drive(admin)
    return people, runs


async def test_a_draft_changes_nobody_and_what_is_published_is_for_new_runs(admin: Actor) -> None:
    workflow = await a_workflow(admin, delay(), tag("old"))
    _, [run, _] = await inside(admin, workflow)
    workflow = await changed(admin, workflow, delay(), tag("new"))
    seen = await previews.publish(admin, workflow.id)
    assert [(h.version, h.step_id, h.active, h.exists, h.same_type, h.suggested) for h in seen.heads] == [
        (1, "wait", 2, True, True, "follow")
    ]
    with pytest.raises(Conflict) as open_choice:
        await publishing.publish(admin, workflow.id, PublishInput(workflow.revision))
    assert (open_choice.value.reason, open_choice.value.extra["heads"][0]["active"]) == ("choose_for_steps", 2)
    published = await publishing.publish(admin, workflow.id, PublishInput(workflow.revision, "pin"))
    assert published.version == 2
    _, [newcomer] = await inside(admin, workflow, 1)
    await later(admin, 1)
    assert taken(await of(admin, run))[-1] == ("old", "done")
    assert taken(await of(admin, newcomer))[-1] == ("new", "done")
    assert (await queries.version(admin, workflow.id, 1)).definition["steps"][1]["id"] == "old"


async def test_who_follows_goes_on_by_the_new_version_and_waits_as_before(admin: Actor) -> None:
    workflow = await a_workflow(admin, delay(hours=1), tag("old"))
    _, [run, _] = await inside(admin, workflow)
    workflow = await changed(admin, workflow, delay(hours=9), tag("new"))
    await publishing.publish(admin, workflow.id, PublishInput(workflow.revision, "follow"))
    await later(admin, 1)
    assert taken(await of(admin, run)) == [("wait", "passed"), ("new", "done")]


async def test_whose_step_is_gone_must_be_mapped_or_leave(admin: Actor) -> None:
    workflow = await a_workflow(admin, tag("first"), delay("gone"), tag("old"))
    _, runs = await inside(admin, workflow, 3)
    workflow = await changed(admin, workflow, tag("first"), delay("other"), tag("new"))
    for default in (None, "pin", "follow"):
        with pytest.raises(Conflict):
            await publishing.publish(admin, workflow.id, PublishInput(workflow.revision, default))
    for bad in (
        StepChoice(1, "gone", "follow"),
        StepChoice(1, "gone", "map"),
        StepChoice(1, "gone", "map", "nowhere"),
        StepChoice(1, "gone", "pin", "new"),
    ):
        with pytest.raises(Invalid):
            await publishing.publish(admin, workflow.id, PublishInput(workflow.revision, plan=[bad]))
    await publishing.publish(admin, workflow.id, PublishInput(workflow.revision, plan=[StepChoice(1, "gone", "map", "other")]))
    await drive(admin)
    assert [(run.version, run.step_id) for run in [await of(admin, run) for run in runs]] == [(2, "other")] * 3
    await later(admin, 1)
    assert [taken(await of(admin, run)) for run in runs] == [[("first", "done"), ("other", "passed"), ("new", "done")]] * 3


async def test_who_is_mapped_back_does_nothing_twice(admin: Actor) -> None:
    workflow = await a_workflow(admin, tag("first"), delay("gone"))
    _, [run] = await inside(admin, workflow, 1)
    workflow = await changed(admin, workflow, tag("first"), tag("second"))
    await publishing.publish(admin, workflow.id, PublishInput(workflow.revision, plan=[StepChoice(1, "gone", "map", "first")]))
    await drive(admin)
    ended = await of(admin, run)
    assert taken(ended) == [("first", "done"), ("second", "done")]
    assert ended.status == "completed"


async def test_who_leaves_does_so_for_a_reason_and_is_counted(admin: Actor) -> None:
    workflow = await a_workflow(admin, delay("gone"), tag("old"))
    _, runs = await inside(admin, workflow, 2)
    workflow = await changed(admin, workflow, tag("new"))
    after = await publishing.publish(admin, workflow.id, PublishInput(workflow.revision, plan=[StepChoice(1, "gone", "exit")]))
    assert [(run.status, run.reason) for run in [await of(admin, run) for run in runs]] == [("exited", "step_removed")] * 2
    assert (after.enrolled_count, after.exited_count) == (2, 2)


async def test_a_step_that_became_another_is_begun_anew(admin: Actor) -> None:
    workflow = await a_workflow(admin, delay("here", 9), tag("old"))
    _, [run] = await inside(admin, workflow, 1)
    workflow = await changed(
        admin, workflow, {"id": "here", "type": "wait_until_event", "config": {"event": "order.created", "hours": 1}}, tag("new")
    )
    await publishing.publish(admin, workflow.id, PublishInput(workflow.revision, "follow"))
    await drive(admin)
    await later(admin, 1)
    assert taken(await of(admin, run)) == [("here", "passed"), ("new", "done")]


async def test_two_who_write_at_once_do_not_overwrite_each_other(admin: Actor) -> None:
    workflow = await a_workflow(admin, tag("a"))
    await changed(admin, workflow, tag("b"))
    with pytest.raises(Conflict) as refused:
        await changed(admin, workflow, tag("c"))
    assert refused.value.reason == "revised"
    with pytest.raises(Conflict):
        await publishing.publish(admin, workflow.id, PublishInput(workflow.revision))
