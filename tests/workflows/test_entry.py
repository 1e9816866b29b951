"""Who comes in: once per entry key, again only by the rule, and whoever does not is told why."""

import asyncio

import pytest

from core.access import Actor
from core.contacts import actions as contacts
from core.errors import Conflict, NotFound
from modules.workflows import queries
from modules.workflows.actions import drafts, enrolling, removing, running
from modules.workflows.actions.ending import end_of_deleted
from modules.workflows.saying import Explained
from modules.workflows.structs import EnrollInput, WorkflowInput
from tests.factories import a_contact, an_organization, client_id
from tests.workflows.support import (
    a_workflow,
    definition,
    delay,
    drive,
    enroll,
    happens,
    hours_pass,
    later,
    of,
    refused,
    tag,
    taken,
)

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


async def test_one_run_per_order_not_per_person(admin: Actor) -> None:
    workflow, ida = await a_workflow(admin, delay(), event="order.created"), await a_contact(admin)
    for key in ("order-1", "order-2", "order-1"):
        await happens(admin, "order.created", ida, key)
    runs = (await queries.runs(admin, workflow.id, None, None, None, 10)).items
    assert sorted((run.entry_key, run.rotation) for run in runs) == [("order-1", 0), ("order-2", 0)]


async def test_ten_at_once_are_one(admin: Actor) -> None:
    workflow, ida = await a_workflow(admin, delay(), event="order.created"), await a_contact(admin)
    await asyncio.gather(*(happens(admin, "order.created", ida, "order-1") for _ in range(10)))
    assert len((await queries.runs(admin, workflow.id, None, None, None, 20)).items) == 1
    assert (await queries.get(admin, workflow.id)).enrolled_count == 1


async def test_by_its_rule_somebody_comes_in_again(admin: Actor) -> None:
    workflow, ida = await a_workflow(admin, delay(), reentry={"rule": "after", "hours": 24}), await a_contact(admin)
    await enroll(admin, workflow, ida)
    assert (await refused(admin, workflow, ida))[0] == "inside"
    await later(admin, 2)
    assert (await refused(admin, workflow, ida))[0] == "too_soon"
    await hours_pass(admin, 23)
    again = await enroll(admin, workflow, ida)
    assert again.rotation == 1


async def test_without_a_rule_nobody_comes_in_again_and_per_contact_orders_do_not_count(admin: Actor) -> None:
    workflow = await a_workflow(admin, tag("once"), reentry={"per": "contact"})
    ida = await a_contact(admin)
    await enroll(admin, workflow, ida, "order-1")
    await drive(admin)
    assert (await refused(admin, workflow, ida, "order-2"))[0] == "entered_before"


async def test_a_filter_reads_the_contact_and_what_happened(admin: Actor) -> None:
    both = {
        "all": [{"field": "order.total", "operator": "at_least", "value": 50}, {"field": "contact.email", "operator": "exists"}]
    }
    made = definition(tag("big"), event="order.created")
    made["trigger"]["filter"] = both
    workflow = await running.activate(admin, (await drafts.create(admin, WorkflowInput("Big", made))).id)
    ida, nobody = await a_contact(admin, email="ida@example.com"), await a_contact(admin)
    await happens(admin, "order.created", ida, "1", order={"total": 20})
    await happens(admin, "order.created", ida, "2", order={"total": 50})
    await happens(admin, "order.created", nobody, "3", order={"total": 80})
    assert [run.entry_key for run in (await queries.runs(admin, workflow.id, None, None, None, 10)).items] == ["2"]
    [why] = await queries.of_contact(admin, nobody.id)
    assert why.refusal is not None
    missing = {"field": "contact.email", "operator": "exists", "holds": False}
    assert (why.reason, why.refusal.said, why.refusal.detail) == ("filter", Explained("compared", {"comparisons": [missing]}), "")


async def test_the_same_request_again_is_the_same_run(admin: Actor) -> None:
    workflow, ida = await a_workflow(admin, reentry={"rule": "after_exit"}), await a_contact(admin)
    data = EnrollInput(ida.id, client_id())
    first, second = await enrolling.request(admin, workflow.id, data), await enrolling.request(admin, workflow.id, data)
    assert first.enrollment is not None
    assert first.enrollment.status == "completed", "there is nothing to do in it"
    assert second == first
    assert (await queries.get(admin, workflow.id)).completed_count == 1


async def test_only_an_active_workflow_takes_contacts_of_its_own_organization(admin: Actor) -> None:
    ida, stranger = await a_contact(admin), await a_contact(await an_organization())
    made = await drafts.create(admin, WorkflowInput("Care", definition(tag("a"))))
    with pytest.raises(Conflict):
        await enrolling.request(admin, made.id, EnrollInput(ida.id, client_id()))
    await running.activate(admin, made.id)
    with pytest.raises(NotFound):
        await enrolling.request(admin, made.id, EnrollInput(stranger.id, client_id()))


async def test_a_contact_that_is_deleted_leaves_for_that_reason(admin: Actor) -> None:
    workflow, ida = await a_workflow(admin, delay()), await a_contact(admin)
    run = await enroll(admin, workflow, ida)
    await contacts.delete(admin, ida.id)
    await end_of_deleted(admin)
    ended = await of(admin, run)
    assert (ended.status, ended.reason, ended.contact_id) == ("exited", "contact_deleted", None)


async def test_people_take_somebody_out_once(admin: Actor) -> None:
    workflow, ida = await a_workflow(admin, delay(), tag("never")), await a_contact(admin)
    run = await enroll(admin, workflow, ida)
    assert (await removing.remove(admin, run.id)).reason == "removed"
    assert await removing.remove(admin, run.id) == await queries.run(admin, run.id)
    await later(admin, 2)
    assert taken(await of(admin, run)) == []
    assert (await queries.get(admin, workflow.id)).exited_count == 1
