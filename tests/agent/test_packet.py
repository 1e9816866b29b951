"""Whoever takes over reads in one note what was tried, what the customer named and what he reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import packet
from agent.packet import Packet
from agent.tools import actions as tool_actions
from agent.tools import jobs as tool_jobs
from agent.tools import queries as tools
from core.access import Actor
from core.conversations import actions as conversations
from core.database import system_transaction
from core.messages.structs import Sent
from tests.agent.scenes import Scene, a_shop, ask, notes, work
from tests.agent.shop_tools import Shop
from tests.factories import another_message

pytestmark = pytest.mark.usefixtures("connected")


async def test_the_note_tells_what_was_tried_and_named_before() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene, "Hi, this is jane@shop.example. How much is shipping to Norway?")
    assert await work(scene, sent) == "answered"
    async with system_transaction("tests play a browser in Norway") as db:
        await db.execute("UPDATE visitors SET language = 'nb' WHERE contact_id = $1", sent.conversation.contact_id)
    again = await another_message(visitor, sent, "I want my money back for order #10023.")
    assert await work(scene, again) == "handed_off"
    (note,) = await notes(scene, sent)
    assert "I answered before from: Shipping costs and delivery times." in note.content
    assert "The customer named `#10023`, `jane@shop.example`." in note.content
    assert "The customer reads `nb`." in note.content


async def test_a_first_message_has_no_before() -> None:
    scene = await a_shop()
    _, sent = await ask(scene, "I want my money back.")
    assert await work(scene, sent) == "handed_off"
    (note,) = await notes(scene, sent)
    assert "before" not in note.content
    assert await packet.known(scene.machine, sent.conversation.id) == Packet()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("order #10023 and AB-123456, please", ["#10023", "AB-123456"]),
        ("on 2026-11-24 at 15:30 I paid 1299.00 kr with 4111 1111 1111 1111, the code is 482913", []),
        ("write to a.b+c@mail.example.org.", ["a.b+c@mail.example.org"]),
        ("`#12345`", ["#12345"]),
    ],
)
def test_numbers_and_addresses_are_found_in_words(text: str, found: list[str]) -> None:
    assert packet.named(text) == found


@given(st.text(alphabet="#12345ABab@.-_` \n", max_size=200))
def test_whatever_is_named_was_written_and_cannot_break_out_of_its_marks(text: str) -> None:
    for one in packet.named(text):
        assert one in text
        assert "`" not in one
        assert "\n" not in one


async def asked(scene: Scene, shop: Shop, question: str, state: str = "on its way") -> tuple[Actor, Sent]:
    """By the customer whose order 1001 is."""
    visitor, sent = await ask(scene, question)
    shop.orders = {1001: (sent.conversation.contact_id or 0, state)}
    return visitor, sent


async def test_the_note_names_the_tool_that_answered_and_what_it_found(shop: Shop) -> None:
    scene = await a_shop()
    visitor, sent = await asked(scene, shop, "Where is my order #1001?")
    assert await work(scene, sent) == "answered"
    later = await another_message(visitor, sent, "I want to talk to a human.")
    assert await work(scene, later) == "handed_off"
    (note,) = await notes(scene, sent)
    assert "I answered before from: Find order (“Your order #1001 is on its way.”)." in note.content


async def test_what_a_tool_told_is_short_in_the_note_and_opens_nothing(shop: Shop) -> None:
    scene = await a_shop()
    secrets = ("hunter2", "k-5f3a9c7e2b1d4f6a8c0e", "4111 1111 1111 1111", "key=open")
    state = f"at https://post.example/t?{secrets[3]} with {secrets[1]}, {secrets[2]}, the password is {secrets[0]}, {'so ' * 200}"
    visitor, sent = await asked(scene, shop, "Where is my order #1001?", state)
    assert await work(scene, sent) == "answered"
    assert await work(scene, await another_message(visitor, sent, "I want to talk to a human.")) == "handed_off"
    (note,) = await notes(scene, sent)
    told = next(line for line in note.content.splitlines() if "Find order" in line)
    assert "Your order #1001" in told
    assert len(told) < 2 * packet.BRIEF_MAX
    assert [one for one in secrets if one in told] == []


async def test_the_note_tells_what_was_looked_up_and_not_said(shop: Shop) -> None:
    scene = await a_shop()
    _, sent = await asked(scene, shop, "Where is my order #1001? And how much is shipping to Norway?")
    assert await work(scene, sent) == "handed_off"
    (note,) = await notes(scene, sent)
    assert "I looked this up and did not say it: Find order (“Your order #1001 is on its way.”)." in note.content


async def test_the_note_tells_what_is_proposed_and_what_came_of_it_before(shop: Shop) -> None:
    scene = await a_shop()
    question = "I want a refund for #1001, and send me the confirmation again."
    visitor, sent = await asked(scene, shop, question)
    assert await work(scene, sent) == "handed_off"
    (first,) = await notes(scene, sent)
    assert "I propose, above the composer: Send the confirmation again." in first.content
    (call,) = await tools.of_conversation(scene.admin, sent.conversation.id)
    await tool_actions.approve(scene.admin, call.id)
    await tool_jobs.carry_out.function(scene.admin.organization_id, call.id)
    await conversations.hand_back(scene.admin, sent.conversation.id)
    assert await work(scene, await another_message(visitor, sent, "I want my money back.")) == "handed_off"
    last = (await notes(scene, sent))[-1]
    assert "Send the confirmation again (done: “The confirmation of #1001 went out.”)." in last.content
    assert "I propose" not in last.content


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Your order #1001 goes to Lena, on 3 May.", "Your order #1001 goes to Lena, on 3 May."),
        ("Your PIN: 4821.", "Your PIN: [secret]"),
        ("Your PIN is: 4821. The code = 77", "Your PIN is: [secret] The code = [secret]"),
        ("Donaudampfschifffahrtsgesellschaft, AB-123456", "Donaudampfschifffahrtsgesellschaft, AB-123456"),
        ("NO9386011117947 and DE89 3704 0044 0532 0130 00", "[account] and [account]"),
    ],
)
def test_only_what_opens_something_is_taken_out(text: str, left: str) -> None:
    assert packet.brief(text) == left
