"""Client ids: each kind of sender has its own, and nobody finds another's message by guessing one."""

import pytest

from core.access import ai
from core.messages import actions as messages
from core.messages import queries
from core.messages.structs import NoteInput
from tests.factories import a_message, a_note, an_inbox, an_organization

pytestmark = pytest.mark.usefixtures("connected")


async def test_a_visitor_who_knows_the_key_of_an_internal_note_gets_his_own_message_back() -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    machine = ai(admin.organization_id)
    key = "ai-note-00000042-000003"
    await messages.note(machine, sent.conversation.id, NoteInput(client_id=key, content="confidence 0.31, internal"))
    staffs = await a_note(admin, sent, "a secret")
    for guessed in (key, staffs.message.client_id or ""):
        _, answered = await messages.receive(
            visitor, token=sent.conversation.token, client_id=guessed, content="Mine", file_tokens=[]
        )
        assert (answered.message.content, answered.message.sender_type) == ("Mine", "contact")


async def test_a_visitor_cannot_silence_the_ai_agent_by_taking_its_key() -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    key = "ai-said-00000042-000003"
    _, taken = await messages.receive(visitor, token=sent.conversation.token, client_id=key, content="Mine", file_tokens=[])
    conversation = taken.conversation
    answered = await messages.send(
        ai(admin.organization_id),
        conversation.id,
        "The answer",
        if_epoch=conversation.handler_epoch,
        if_seq=2,
        client_id=key,
        sources=[],
    )
    assert answered.message.content == "The answer"


async def test_a_visitor_is_told_no_keys_but_his_own() -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    conversation = sent.conversation
    await messages.send(
        ai(admin.organization_id), conversation.id, "Hello", if_epoch=conversation.handler_epoch, if_seq=1,
        client_id="ai-said-00000042-000001", sources=[],
    )  # fmt: skip
    thread = await queries.visitor_thread(visitor, conversation.token, None, 50)
    assert [message.client_id for message in thread.messages] == [sent.message.client_id, None]
