"""Segments in workflows: a branch by one, and whoever comes into one starts a run."""

from typing import Any

import pytest

from core.access import Actor, system
from core.contacts import actions as contacts
from core.contacts.structs import ContactChanges
from core.database import pool
from core.errors import Conflict
from core.segments import actions as segments
from core.segments.structs import SegmentInput, SegmentView
from modules.workflows import hearing, queries
from modules.workflows.actions import drafts, happening, running, watching
from modules.workflows.events import SegmentEntered
from modules.workflows.saying import Explained
from modules.workflows.structs import ResumeInput, WorkflowInput, WorkflowView
from tests.factories import a_contact, an_organization
from tests.workflows.support import a_workflow, delay, drive, enroll, later, of, tag, taken

pytestmark = pytest.mark.usefixtures("connected")
VIP = {"all": [{"field": "contact.tags", "op": "has", "value": "vip"}]}
ENTERED = """
SELECT (body::jsonb ->> 'contact_id')::bigint FROM outbox WHERE organization_id = $1 AND type = 'workflow.segment_entered' ORDER BY id
"""
TIMER = "SELECT due_at - clock_timestamp() FROM timers WHERE organization_id = $1 AND name = 'modules.workflows.look'"


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


@pytest.fixture
async def vip(admin: Actor) -> SegmentView:
    return await segments.create(admin, SegmentInput("VIP", tree=VIP))


async def test_the_way_on_is_chosen_by_who_is_in_it_at_that_moment(admin: Actor, vip: SegmentView) -> None:
    branch = {
        "id": "by", "type": "segment", "config": {"segmentId": vip.id}, "trueBranch": [tag("in")], "falseBranch": [tag("out")],
    }  # fmt: skip
    workflow, ida, jon = await a_workflow(admin, delay(), branch), await a_contact(admin), await a_contact(admin)
    runs = [await enroll(admin, workflow, who) for who in (ida, jon)]
    await drive(admin)
    await contacts.update(admin, ida.id, ContactChanges(tags=["vip"]))
    await later(admin, 1)
    assert [taken(await of(admin, run))[1:] for run in runs] == [
        [("by", "passed"), ("in", "done")],
        [("by", "passed"), ("out", "done")],
    ]
    assert [step.said for step in (await of(admin, runs[0])).steps][1] == Explained(
        "in_segment", {"path": "$.all[0]", "found": '["vip"]'}
    )


async def test_a_segment_in_use_is_not_deleted_and_an_unknown_one_not_published(admin: Actor, vip: SegmentView) -> None:
    await a_workflow(admin, {"type": "segment", "config": {"segment_id": vip.id}})
    with pytest.raises(Conflict) as refused:
        await segments.delete(admin, vip.id)
    [use] = refused.value.extra["uses"]
    assert (use["kind"], use["name"], use["path"], refused.value.extra["others"]) == (
        "workflow",
        "Care",
        f"/workflows/{use['id']}",
        0,
    )
    stranger = await an_organization()
    found = await drafts.checked(
        stranger, {"trigger": _starts(vip), "steps": [{"type": "segment", "config": {"segment_id": vip.id}}]}
    )
    assert [one.path for one in found.problems] == ["$.trigger", "$.steps[0].config.segment_id"]


def _starts(segment: SegmentView) -> dict[str, Any]:
    return {"type": "segment_entered", "config": {"segment_id": segment.id}}


async def _watching(admin: Actor, segment: SegmentView) -> WorkflowView:
    made = await drafts.create(admin, WorkflowInput("Care", {"trigger": _starts(segment), "steps": [tag("greeted")]}))
    return await running.activate(admin, made.id)


async def _look(admin: Actor, segment: SegmentView) -> list[int]:
    """A look at all, and who has come in so far."""
    await watching.look(system(admin.organization_id), segment.id)
    return [row[0] for row in await pool().fetch(ENTERED, admin.organization_id)]


async def test_newcomers_alone_start_it_each_time_that_they_come(admin: Actor, vip: SegmentView) -> None:
    await a_contact(admin, tags=["vip"])
    ida = await a_contact(admin)
    workflow = await _watching(admin, vip)
    assert await _look(admin, vip) == [], "who was in it before does not come in"
    await contacts.update(admin, ida.id, ContactChanges(tags=["vip"]))
    assert await _look(admin, vip) == [ida.id]
    assert await _look(admin, vip) == [ida.id], "once"
    event = SegmentEntered(organization_id=admin.organization_id, segment_id=vip.id, contact_id=ida.id)
    heard = hearing.heard("workflow.segment_entered", hearing.by_event()["workflow.segment_entered"], event)
    await happening.happened(admin.organization_id, heard)
    await drive(admin)
    [found] = await queries.of_contact(admin, ida.id)
    assert [(run.status, run.reason) for run in found.enrollments] == [("completed", "end")]
    await contacts.update(admin, ida.id, ContactChanges(tags=[]))
    await _look(admin, vip)
    await contacts.update(admin, ida.id, ContactChanges(tags=["vip"]))
    assert await _look(admin, vip) == [ida.id] * 2
    [watch] = await watching.told(admin, workflow.id)
    assert (watch.contact_count, watch.member_count, watch.entered_count, watch.is_first, watch.trouble) == (2, 2, 2, False, "")


async def test_a_look_goes_by_stretches_and_rests_in_between(
    admin: Actor, vip: SegmentView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "STRETCH", 2)
    monkeypatch.setattr(watching, "ENTERED_MAX", 1)
    people = [await a_contact(admin) for _ in range(5)]
    workflow = await _watching(admin, vip)
    assert await _look(admin, vip) == []
    for one in people:
        await contacts.update(admin, one.id, ContactChanges(tags=["vip"]))
    assert await _look(admin, vip) == [one.id for one in people]
    [watch] = await watching.told(admin, workflow.id)
    assert (watch.contact_count, watch.member_count, watch.entered_count) == (5, 5, 5)
    assert 50 < (await pool().fetchval(TIMER, admin.organization_id)).total_seconds() < 600


async def test_nobody_watches_what_starts_nothing_and_who_came_meanwhile_is_no_newcomer(admin: Actor, vip: SegmentView) -> None:
    workflow = await _watching(admin, vip)
    await _look(admin, vip)
    await running.pause(admin, workflow.id)
    await _look(admin, vip)
    assert [one.is_on for one in await watching.told(admin, workflow.id)] == [False]
    await a_contact(admin, tags=["vip"])
    await running.resume(admin, workflow.id, ResumeInput("shift"))
    assert await _look(admin, vip) == []
    jon = await a_contact(admin, tags=["vip"])
    assert await _look(admin, vip) == [jon.id]


async def test_a_segment_that_cannot_be_used_says_so_and_is_tried_later(admin: Actor, vip: SegmentView) -> None:
    workflow = await _watching(admin, vip)
    broken = {"all": [{"field": "gone.field", "op": "is", "value": "x"}]}
    await pool().execute("UPDATE segments SET tree = $2 WHERE id = $1", vip.id, broken)
    await _look(admin, vip)
    [watch] = await watching.told(admin, workflow.id)
    assert "cannot be used" in watch.trouble
    assert (await pool().fetchval(TIMER, admin.organization_id)).total_seconds() > 300
