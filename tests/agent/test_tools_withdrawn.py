"""What the AI agent proposed and nobody approved is withdrawn when the conversation ends, or goes back to the AI agent."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from agent.tools import actions, jobs, queries, subscribers
from agent.tools.structs import ToolCallView
from core.access import Actor
from core.conversations import actions as conversations
from core.conversations.events import ConversationClosed, ConversationEvent, ConversationHandedBack, ConversationResolved
from core.conversations.structs import ConversationView
from core.database import system_transaction
from core.errors import Conflict
from core.events.contract import Handler
from core.messages.structs import Sent
from tests.agent.scenes import Scene, a_shop, ask, events_of, work
from tests.agent.shop_tools import Shop, refused
from tests.factories import another_message

pytestmark = pytest.mark.usefixtures("connected")

QUESTION = "I want a refund for #1001, and send me the confirmation again."
Ending = tuple[Callable[[Actor, int], Awaitable[ConversationView]], type[ConversationEvent], Handler]
ENDINGS: list[Ending] = [
    (conversations.resolve, ConversationResolved, subscribers.withdraw_when_resolved),
    (conversations.close, ConversationClosed, subscribers.withdraw_when_closed),
    (conversations.hand_back, ConversationHandedBack, subscribers.withdraw_when_handed_back),
]


async def proposed(shop: Shop) -> tuple[Scene, ToolCallView, Actor, Sent]:
    scene = await a_shop()
    visitor, sent = await ask(scene, QUESTION)
    shop.orders = {1001: (sent.conversation.contact_id or 0, "on its way")}
    assert await work(scene, sent) == "handed_off"
    [call] = await queries.of_conversation(scene.admin, sent.conversation.id)
    return scene, call, visitor, sent


async def tell(scene: Scene, ending: Ending, ended: ConversationView) -> None:
    """What the relay does with the event."""
    _, kind, handler = ending
    await handler.function(kind(organization_id=scene.admin.organization_id, conversation=ended, by=scene.admin.ref))


async def status(scene: Scene, call: ToolCallView) -> str:
    return (await queries.get(scene.admin, call.id)).status


@pytest.mark.parametrize("ending", ENDINGS)
async def test_it_is_withdrawn_once_and_cannot_be_decided_on_any_more(shop: Shop, ending: Ending) -> None:
    scene, call, *_ = await proposed(shop)
    ended = await ending[0](scene.admin, call.conversation_id)
    before = len(await events_of(scene, "agent.tool_call_saved"))
    for _ in range(2):
        await tell(scene, ending, ended)
    assert await status(scene, call) == "withdrawn"
    assert len(await events_of(scene, "agent.tool_call_saved")) == before + 1
    for decide in (actions.approve, actions.reject):
        with pytest.raises(Conflict) as late:
            await decide(scene.admin, call.id)
        assert (late.value.status, late.value.reason) == (409, "proposal_withdrawn")
    await jobs.carry_out.function(scene.admin.organization_id, call.id)
    assert shop.sent == []


@pytest.mark.parametrize("ending", ENDINGS)
async def test_nobody_approves_between_the_end_and_the_withdrawal(shop: Shop, ending: Ending) -> None:
    scene, call, *_ = await proposed(shop)
    await ending[0](scene.admin, call.conversation_id)
    with pytest.raises(Conflict) as late:
        await actions.approve(scene.admin, call.id)
    assert late.value.reason == "proposal_withdrawn"


async def test_what_was_approved_before_is_done_all_the_same(shop: Shop) -> None:
    scene, call, *_ = await proposed(shop)
    await actions.approve(scene.admin, call.id)
    await tell(scene, ENDINGS[0], await conversations.resolve(scene.admin, call.conversation_id))
    await jobs.carry_out.function(scene.admin.organization_id, call.id)
    assert (await status(scene, call), len(shop.sent)) == ("done", 1)


async def test_approved_and_resolved_at_once_it_is_either_done_or_withdrawn(shop: Shop) -> None:
    scene, call, *_ = await proposed(shop)

    async def end() -> None:
        await tell(scene, ENDINGS[0], await conversations.resolve(scene.admin, call.conversation_id))

    approved, _ = await asyncio.gather(actions.approve(scene.admin, call.id), end(), return_exceptions=True)
    assert await status(scene, call) == ("approved" if isinstance(approved, ToolCallView) else "withdrawn")


async def test_an_event_that_comes_late_withdraws_what_was_proposed_before_it_alone(shop: Shop) -> None:
    scene, call, visitor, sent = await proposed(shop)
    ended = await conversations.resolve(scene.admin, call.conversation_id)
    await another_message(visitor, sent, "One more thing.")
    await tell(scene, ENDINGS[0], ended)
    assert await status(scene, call) == "withdrawn"
    async with system_transaction("the AI agent proposes it anew") as db:
        await db.execute("UPDATE ai_tool_calls SET status = 'proposed', proposed_at = clock_timestamp() WHERE id = $1", call.id)
    await tell(scene, ENDINGS[0], ended)
    assert await status(scene, call) == "proposed"


async def test_asked_for_again_it_is_the_same_call_with_the_same_key(shop: Shop) -> None:
    """It may have failed before, and have been done all the same: the shop must be able to tell."""
    scene, call, visitor, sent = await proposed(shop)
    await actions.approve(scene.admin, call.id)
    shop.trouble = refused()
    await jobs.carry_out.function(scene.admin.organization_id, call.id)
    assert await status(scene, call) == "failed"
    await tell(scene, ENDINGS[2], await conversations.hand_back(scene.admin, call.conversation_id))
    assert await status(scene, call) == "withdrawn"
    shop.trouble = None
    assert await work(scene, await another_message(visitor, sent, QUESTION)) == "handed_off"
    [again] = await queries.of_conversation(scene.admin, call.conversation_id)
    assert (again.id, again.status, again.ended_at) == (call.id, "proposed", None)
    async with system_transaction("tests play the end of a job") as db:
        await db.execute("DELETE FROM jobs WHERE organization_id = $1 AND name LIKE '%carry_out'", scene.admin.organization_id)
    await actions.approve(scene.admin, call.id)
    await jobs.carry_out.function(scene.admin.organization_id, call.id)
    assert await status(scene, call) == "done"


async def test_other_conversations_keep_what_is_proposed_in_them(shop: Shop) -> None:
    scene, call, *_ = await proposed(shop)
    _, sent = await ask(scene, QUESTION)
    await tell(scene, ENDINGS[0], await conversations.resolve(scene.admin, sent.conversation.id))
    assert await status(scene, call) == "proposed"
