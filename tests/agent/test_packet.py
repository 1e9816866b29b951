"""Whoever takes over reads in one note what was tried, what the customer named and what he reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import packet
from agent.packet import Packet
from core.database import system_transaction
from tests.agent.scenes import a_shop, ask, notes, work
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
