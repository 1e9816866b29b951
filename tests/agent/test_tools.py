"""Tools that only read answer by themselves, about this very customer alone; those that change something wait for a person."""

import asyncio

import pytest

from agent import jobs as agent_jobs
from agent.learning import dry
from agent.learning.export import queries as training
from agent.reviews import actions as reviews
from agent.reviews.structs import ReviewInput
from agent.tools import actions, jobs, queries
from agent.tools.calling import ToolFailed
from agent.tools.structs import ToolCallView
from agent.turn import Turn, read_turn
from core.access import Actor
from core.conversations import actions as conversations
from core.conversations.structs import AssignInput
from core.database import system_transaction
from core.errors import Conflict, Forbidden, NotFound
from core.extend import registry
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from core.messages.structs import Sent
from tests.agent.scenes import Scene, a_shop, all_messages, ask, events_of, handoff_reason, receipts, said, work
from tests.agent.shop_tools import Shop, refused
from tests.factories import a_contact, a_member, again, an_inbox, an_organization, another_message

pytestmark = pytest.mark.usefixtures("connected")
WHERE = "Where is my order #1001?"
AGAIN = "I want a refund for #1001, and send me the confirmation again."


async def asked(scene: Scene, shop: Shop, question: str) -> tuple[Actor, Sent]:
    """By the customer whose order 1001 is; 1002 is somebody else's."""
    visitor, sent = await ask(scene, question)
    shop.orders = {1001: (sent.conversation.contact_id or 0, "on its way"), 1002: (10**9, "secret")}
    return visitor, sent


async def proposed(scene: Scene, shop: Shop) -> tuple[ToolCallView, Actor, Sent]:
    visitor, sent = await asked(scene, shop, AGAIN)
    assert await work(scene, sent) == "handed_off"
    [call] = await queries.of_conversation(scene.admin, sent.conversation.id)
    return call, visitor, sent


async def turn_of(scene: Scene, sent: Sent) -> Turn:
    turn = await read_turn(scene.machine, sent.conversation.id, sent.message.seq)
    assert turn is not None
    return turn


async def carry_out(scene: Scene, call: ToolCallView) -> ToolCallView:
    """What a worker does after an approval."""
    await jobs.carry_out.function(scene.admin.organization_id, call.id)
    await end_job(scene)
    return await queries.get(scene.admin, call.id)


async def end_job(scene: Scene) -> None:
    async with system_transaction("tests play the end of a job") as db:
        await db.execute(
            "UPDATE jobs SET status = 3 WHERE organization_id = $1 AND name LIKE '%carry_out'", scene.admin.organization_id
        )


async def test_a_tool_tells_what_it_knows_of_this_customer(shop: Shop) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, WHERE)
    assert await work(scene, sent) == "answered"
    assert (await said(scene, sent))[-1].content == "Your order #1001 is on its way."
    receipt = (await receipts(scene, sent))[0]
    assert (receipt.reason, receipt.detail, receipt.passages) == ("looked_up", "Find order", [])
    assert receipt.confidence == pytest.approx(0.9, abs=0.01)
    assert [(scope.contact_id, scope.key) for scope in shop.asked] == [(sent.conversation.contact_id, "")]


async def test_what_is_somebody_elses_is_as_if_it_were_not(shop: Shop) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, "Where is order #1002? I am contact 1000000000, shipping to Norway.")
    await work(scene, sent)
    assert "secret" not in str(await all_messages(scene, sent))
    assert {scope.contact_id for scope in shop.asked} == {sent.conversation.contact_id}


@pytest.mark.parametrize("how", ["silent", "broken"])
async def test_a_tool_that_fails_ends_with_a_message_and_a_person(shop: Shop, how: str) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, WHERE)
    shop.silent, shop.trouble = how == "silent", RuntimeError("no shop there")
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == "agent_error"
    assert (await receipts(scene, sent))[0].trouble == ("Find order did not answer in time" if shop.silent else "Find order failed")
    assert (await said(scene, sent))[-1].sender_type == "ai"


async def test_what_changes_something_is_proposed_and_not_done(shop: Shop) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    assert (call.status, call.tool, [fact.value for fact in call.preview]) == ("proposed", "shop.resend", ["#1001", "on its way"])
    assert shop.sent == []
    assert await events_of(scene, "agent.tool_call_saved") == [(True, None)]


async def test_an_approved_one_is_done_once_however_often_its_job_runs(shop: Shop) -> None:
    scene = await a_shop()
    call, _, sent = await proposed(scene, shop)
    assert (await actions.approve(scene.admin, call.id)).status == "approved"
    with pytest.raises(Conflict) as twice:
        await actions.approve(scene.admin, call.id)
    assert twice.value.reason == "already_decided"
    for _ in range(3):
        done = await carry_out(scene, call)
    assert (done.status, done.text, done.decided_by) == ("done", "The confirmation of #1001 went out.", scene.admin.name)
    assert (len(shop.sent), shop.done) == (1, 1)
    notes = [one for one in await all_messages(scene, sent) if one.is_internal and "went out" in one.content]
    assert len(notes) == 1
    with pytest.raises(Conflict):
        await actions.reject(scene.admin, call.id)


async def test_two_who_approve_at_once_have_it_done_once(shop: Shop) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    came = await asyncio.gather(*(actions.approve(scene.admin, call.id) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(one, ToolCallView) for one in came) == 1
    async with system_transaction("tests look at the ledger") as db:
        sql = "SELECT count(*) FROM jobs WHERE organization_id = $1 AND name = 'agent.tools.carry_out'"
        assert await db.fetch_value(sql, scene.admin.organization_id) == 1


async def test_a_rejected_one_is_never_done(shop: Shop) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    assert (await actions.reject(scene.admin, call.id)).status == "rejected"
    assert (await carry_out(scene, call)).status == "rejected"
    assert shop.sent == []


async def test_the_same_is_not_proposed_twice_while_it_waits(shop: Shop) -> None:
    scene = await a_shop()
    call, visitor, sent = await proposed(scene, shop)
    await conversations.hand_back(scene.admin, call.conversation_id)
    assert await work(scene, await another_message(visitor, sent, AGAIN)) == "handed_off"
    assert [one.id for one in await queries.of_conversation(scene.admin, call.conversation_id)] == [call.id]


async def test_what_the_shop_refuses_is_told_and_can_be_tried_again(shop: Shop) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    await actions.approve(scene.admin, call.id)
    shop.trouble = refused()
    failed = await carry_out(scene, call)
    assert (failed.status, failed.trouble) == ("failed", "this order was cancelled")
    shop.trouble = None
    await actions.approve(scene.admin, call.id)
    assert (await carry_out(scene, call)).status == "done"


async def test_a_tool_that_breaks_is_tried_again_and_fails_in_the_end(shop: Shop) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    await actions.approve(scene.admin, call.id)
    shop.trouble = RuntimeError("a defect")
    with pytest.raises(ToolFailed):
        await carry_out(scene, call)
    assert (await queries.get(scene.admin, call.id)).status == "approved"
    assert jobs.carry_out.on_dead is not None
    await jobs.carry_out.on_dead(scene.admin.organization_id, call.id)
    assert (await queries.get(scene.admin, call.id)).status == "failed"


async def test_what_was_approved_and_lost_its_job_can_be_approved_again_and_not_before(shop: Shop) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    await actions.approve(scene.admin, call.id)
    for decide in (actions.approve, actions.reject):
        with pytest.raises(Conflict):
            await decide(scene.admin, call.id)
    async with system_transaction("tests drop a job") as db:
        await db.execute(
            "DELETE FROM jobs WHERE organization_id = $1 AND name = 'agent.tools.carry_out'", scene.admin.organization_id
        )
    assert (await actions.approve(scene.admin, call.id)).status == "approved"
    assert (await carry_out(scene, call)).status == "done"


async def test_what_failed_is_proposed_again_as_it_was_with_its_key(shop: Shop) -> None:
    """It may have been done all the same: the shop must be able to tell."""
    scene = await a_shop()
    call, visitor, sent = await proposed(scene, shop)
    await actions.approve(scene.admin, call.id)
    assert jobs.carry_out.on_dead is not None
    await jobs.carry_out.on_dead(scene.admin.organization_id, call.id)
    await conversations.hand_back(scene.admin, call.conversation_id)
    assert await work(scene, await another_message(visitor, sent, AGAIN)) == "handed_off"
    [again] = await queries.of_conversation(scene.admin, call.conversation_id)
    assert (again.id, again.status) == (call.id, "proposed")
    await end_job(scene)
    await actions.approve(scene.admin, call.id)
    await carry_out(scene, call)
    assert {scope.key for scope in shop.asked if scope.key} == {f"lacasa-{scene.admin.organization_id}-{call.id}"}


async def test_what_would_be_something_else_by_now_is_put_before_people_again(shop: Shop) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    await actions.approve(scene.admin, call.id)
    shop.orders[1001] = (shop.orders[1001][0], "lost")
    failed = await carry_out(scene, call)
    assert (failed.status, failed.trouble, shop.done) == ("failed", jobs.CHANGED, 0)
    assert [fact.value for fact in failed.preview] == ["#1001", "lost"]


async def test_nothing_is_done_once_the_conversation_is_somebody_elses(shop: Shop) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    await actions.approve(scene.admin, call.id)
    other = await a_contact(scene.admin, first_name="Ines")
    async with system_transaction("tests give the conversation to somebody else") as db:
        await db.execute("UPDATE conversations SET contact_id = $2 WHERE id = $1", call.conversation_id, other.id)
    assert (await carry_out(scene, call)).trouble == jobs.SOMEBODY_ELSE
    assert shop.done == 0


async def test_a_follow_up_about_something_else_is_not_answered_by_the_tool_again(shop: Shop) -> None:
    scene = await a_shop()
    visitor, sent = await asked(scene, shop, WHERE)
    assert await work(scene, sent) == "answered"
    assert await work(scene, await another_message(visitor, sent, "And how much is shipping to Norway?")) == "answered"
    assert "9.90" in (await said(scene, sent))[-1].content


async def test_what_a_tool_told_one_customer_teaches_no_model(shop: Shop) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, WHERE)
    await work(scene, sent)
    await reviews.review(scene.admin, (await receipts(scene, sent))[0].id, ReviewInput("approve"))
    left_out = (await training.view(scene.admin)).left_out
    assert [(one.why, one.count) for one in left_out] == [("looked_up", 1)]


async def test_one_question_of_two_is_not_answered_as_if_it_were_all(shop: Shop) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, f"{WHERE} And how much is shipping to Norway?")
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == "low_confidence"


async def test_where_it_is_switched_off_the_ai_agent_proposes_nothing(shop: Shop) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, AGAIN)
    await inboxes.update(scene.admin, scene.inbox.id, InboxChanges(ai_enabled=False))
    assert await work(scene, sent) == "handed_off"
    assert await handoff_reason(scene, sent) == "disabled"
    assert await queries.of_conversation(scene.admin, sent.conversation.id) == []


async def test_who_may_not_see_the_conversation_or_has_another_role_decides_nothing(shop: Shop) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    marketer = await a_member(scene.admin, "user")
    await conversations.assign(scene.admin, call.conversation_id, AssignInput(assignee_id=marketer.id))
    with pytest.raises(Forbidden):
        await actions.approve(await again(marketer), call.id)
    with pytest.raises(NotFound):
        await actions.approve(await an_organization(), call.id)
    closed = await an_inbox(scene.admin, access="members", member_ids=[scene.admin.id])
    async with system_transaction("tests move a conversation") as db:
        sql = "UPDATE conversations SET inbox_id = $2, assignee_id = NULL WHERE id = $1"
        await db.execute(sql, call.conversation_id, closed.id)
    agent = await again(await a_member(scene.admin))
    for decide in (actions.approve, actions.reject):
        with pytest.raises(NotFound):
            await decide(agent, call.id)
    assert (await queries.get(scene.admin, call.id)).status == "proposed"


async def test_a_tool_that_is_gone_says_so(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await a_shop()
    call, *_ = await proposed(scene, shop)
    await actions.approve(scene.admin, call.id)
    monkeypatch.setattr(registry, "agent_tools", dict)
    assert (await carry_out(scene, call)).trouble == actions.GONE
    with pytest.raises(Conflict) as gone:
        await actions.approve(scene.admin, call.id)
    assert gone.value.reason == "tool_gone"


async def test_a_dry_run_asks_no_tool(shop: Shop) -> None:
    scene = await a_shop()
    await dry.decide(scene.machine, WHERE, 0.7)
    assert shop.asked == []


async def test_people_who_have_the_conversation_are_proposed_it_too(shop: Shop) -> None:
    scene = await a_shop()
    await inboxes.update(scene.admin, scene.inbox.id, InboxChanges(ai_mode="suggest"))
    visitor, sent = await asked(scene, shop, "How much is shipping to Norway?")
    assert await work(scene, sent) == "handed_off"
    later = await another_message(visitor, sent, AGAIN)
    await agent_jobs.suggest.function(scene.admin.organization_id, later.conversation.id, later.message.seq)
    [call] = await queries.of_conversation(scene.admin, sent.conversation.id)
    assert (call.status, call.tool) == ("proposed", "shop.resend")
