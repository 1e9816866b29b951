"""Who changes a conversation and who only refers to it never wait for each other in a circle."""

import asyncio

import pytest

from core.conversations import actions
from tests.factories import a_message, a_note, an_inbox, an_organization

pytestmark = pytest.mark.usefixtures("connected")


async def test_a_first_read_mark_and_a_note_of_the_same_agent_get_along() -> None:
    admin = await an_organization()
    inbox = await an_inbox(admin)
    for number in range(30):
        _, sent = await a_message(inbox)

        async def mark(conversation: int = sent.conversation.id, wait_s: float = number % 8 / 1000) -> None:
            await asyncio.sleep(wait_s)
            await actions.mark_read(admin, conversation, 1)

        await asyncio.gather(asyncio.create_task(a_note(admin, sent)), asyncio.create_task(mark()))
