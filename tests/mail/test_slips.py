"""An address that was a slip, once it is corrected, gets no more mail and leads nobody into the conversation; one that wrote itself stays."""

import asyncio
from contextvars import Context
from typing import Any

import pytest

from core.channels.email import recipients, writing
from core.channels.email.continuity import deciding
from core.channels.email.structs import LetterInput, PersonInput
from core.contacts import actions as contacts
from core.contacts.structs import ContactChanges, DeclaredInput
from core.database import pool
from core.messages import actions as messages
from core.messages.structs import Sent, StartInput
from tests.factories import a_contact, client_id
from tests.mail.chats import Chat, a_chat, back_to, delivered, due, said, text_of
from tests.mail.gateway import Mailbox
from tests.mail.sink import Sink
from tests.mail.test_recipients import addresses
from tests.mail.test_sending import ROW, answer, heard, mailbox, sink, tried
from tests.mail.test_threads import BEN, came, conversation, joined

__all__ = ["mailbox", "sink"]
SLIP, RIGHT = "ida@exmaple.org", "ida@example.org"


@pytest.fixture
async def chat(connected: Any) -> Chat:
    """Its visitor has mistyped his address."""
    del connected
    return await a_chat(address=SLIP)


async def corrected(chat: Chat, address: str = RIGHT) -> None:
    await contacts.update(chat.visitor, chat.visitor.contact_id or 0, DeclaredInput(email=address))


async def test_a_stranger_whom_a_visitor_named_by_a_slip_is_out_once_it_is_corrected(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    assert await delivered(chat) == [("sent", "", [SLIP])]
    await corrected(chat)
    for heads in ({"to": back_to(sink.taken[0])}, {"In_Reply_To": str(sink.taken[0].mail["Message-ID"])}):
        found = await came(chat.mailbox, SLIP, **heads)
        assert (found.state, found.conversation_id != chat.conversation_id) == ("created", True)
        assert (await conversation(chat.mailbox, found)).contact_id != chat.visitor.contact_id


async def test_who_has_written_from_there_stays(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    assert (await came(chat.mailbox, SLIP, to=back_to(sink.taken[0]))).conversation_id == chat.conversation_id
    await corrected(chat)
    assert (await came(chat.mailbox, SLIP, to=back_to(sink.taken[0]))).conversation_id == chat.conversation_id


async def test_what_waits_for_the_slip_goes_to_the_right_address_in_its_place(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await corrected(chat)
    await pool().execute(
        "DELETE FROM timers WHERE organization_id = $1", chat.admin.organization_id
    )  # those that have fired are gone
    assert await delivered(chat) == []
    await due(chat)
    assert await delivered(chat) == [("sent", "", [RIGHT])]
    assert [taken.recipients for taken in sink.taken] == [[RIGHT]]


async def test_what_went_to_the_slip_goes_to_the_right_address_with_the_next_reply(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    await corrected(chat)
    await said(chat, "And the bulb?")
    await due(chat)
    assert [row[2] for row in await delivered(chat)] == [[SLIP], [RIGHT]]
    assert text_of(sink.taken[1]).startswith("Is it plugged in?\n\nAnd the bulb?\n\n-- \n")


async def begun(mailbox: Mailbox, *copies: str) -> tuple[int, int]:
    """A mail that staff writes first, to an address that is a slip; its conversation and contact."""
    data = LetterInput(client_id(), [PersonInput(SLIP)], "Your lamp", "It is ready.", cc=[PersonInput(one) for one in copies])
    sent = await writing.write(mailbox.admin, mailbox.inbox_id, data)
    await heard(mailbox, sent)
    await tried(mailbox, sent)
    contact_id = sent.conversation.contact_id or 0
    await contacts.update(mailbox.admin, contact_id, ContactChanges(email=RIGHT))
    return sent.conversation.id, contact_id


async def test_nor_is_he_whom_staff_wrote_to_by_a_slip_the_customer(mailbox: Mailbox, sink: Sink) -> None:
    conversation_id, contact_id = await begun(mailbox)
    for heads in ({"to": back_to(sink.taken[0])}, {"In_Reply_To": str(sink.taken[0].mail["Message-ID"])}, {}):
        found = await came(mailbox, SLIP, **heads)
        assert found.conversation_id != conversation_id
        assert (await conversation(mailbox, found)).contact_id != contact_id
    right = await came(mailbox, RIGHT, to=back_to(sink.taken[0]))
    assert (right.conversation_id, (await conversation(mailbox, right)).contact_id) == (conversation_id, contact_id)


async def test_a_reply_to_all_leaves_the_slip_out(mailbox: Mailbox, sink: Sink) -> None:
    conversation_id, _ = await begun(mailbox, "ben@example.net")
    mail = await came(mailbox, BEN, to=back_to(sink.taken[0]), Cc=f"{SLIP}, eve@example.com", Reply_To=f"ben@example.net, {SLIP}")
    assert mail.conversation_id == conversation_id
    shown = await recipients.view(mailbox.admin, conversation_id)
    assert addresses(shown) == (["ben@example.net"], ["eve@example.com"], ["ben@example.net", "eve@example.com"])


async def test_somebody_in_copy_stays_whatever_becomes_of_the_contacts_address(mailbox: Mailbox, sink: Sink) -> None:
    conversation_id, _ = await begun(mailbox, "ben@example.net")
    assert (await came(mailbox, BEN, In_Reply_To=str(sink.taken[0].mail["Message-ID"]))).conversation_id == conversation_id
    first = await came(mailbox)
    assert joined(first, await came(mailbox, In_Reply_To=f"<{first.internet_message_id}>"))


async def test_the_tag_that_a_stranger_got_by_a_slip_is_nobodys_key(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    await corrected(chat)
    found = await came(chat.mailbox, BEN, to=back_to(sink.taken[0]))
    assert (found.state, found.conversation_id != chat.conversation_id) == ("created", True)
    assert (await came(chat.mailbox, RIGHT, to=back_to(sink.taken[0]))).conversation_id == chat.conversation_id


async def a_beginning(mailbox: Mailbox) -> Sent:
    """What staff writes to a contact whose address is a slip; nobody chose whom the mail is for."""
    contact = await a_contact(mailbox.admin, first_name="Ida", email=SLIP)
    sent = await messages.start(mailbox.admin, StartInput(contact.id, mailbox.inbox_id, client_id(), "It is ready.", "Your lamp"))
    await heard(mailbox, sent)
    return sent


async def mended(mailbox: Mailbox, sent: Sent) -> None:
    await contacts.update(mailbox.admin, sent.conversation.contact_id or 0, ContactChanges(email=RIGHT))


async def test_a_mail_that_waits_goes_to_the_right_address_in_place_of_the_slip(mailbox: Mailbox, sink: Sink) -> None:
    sent = await a_beginning(mailbox)
    await mended(mailbox, sent)
    row = await tried(mailbox, sent)
    assert (row["state"], row["recipients"], row["people"]["to"]) == ("sent", [RIGHT], [["Ida", RIGHT]])
    assert [taken.recipients for taken in sink.taken] == [[RIGHT]]
    assert (await came(mailbox, SLIP, to=back_to(sink.taken[0]))).conversation_id != sent.conversation.id
    assert (await came(mailbox, RIGHT, to=back_to(sink.taken[0]))).conversation_id == sent.conversation.id


async def test_so_it_does_when_it_was_just_being_handed_over(mailbox: Mailbox, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = await a_beginning(mailbox)
    once = asyncio.Event()

    async def mend_meanwhile() -> None:
        if not once.is_set():
            once.set()
            await mended(mailbox, sent)

    monkeypatch.setattr(sink, "pause", mend_meanwhile)
    assert (await tried(mailbox, sent))["state"] == "queued"
    assert (await tried(mailbox, sent))["state"] == "sent"
    assert [taken.recipients for taken in sink.taken] == [[RIGHT]]


async def test_whom_its_writer_chose_gets_it_but_is_led_nowhere_by_it(mailbox: Mailbox, sink: Sink) -> None:
    data = LetterInput(client_id(), [PersonInput(SLIP)], "Your lamp", "It is ready.")
    sent = await writing.write(mailbox.admin, mailbox.inbox_id, data)
    await mended(mailbox, sent)
    await heard(mailbox, sent)
    assert (await tried(mailbox, sent))["recipients"] == [SLIP]
    for heads in ({"to": back_to(sink.taken[0])}, {"In_Reply_To": str(sink.taken[0].mail["Message-ID"])}):
        assert (await came(mailbox, SLIP, **heads)).conversation_id != sent.conversation.id


async def test_a_reply_that_waits_leaves_the_slip_in_copy_out(mailbox: Mailbox, sink: Sink) -> None:
    conversation_id, contact_id = await begun(mailbox, "ben@example.net")
    await contacts.update(mailbox.admin, contact_id, ContactChanges(email=SLIP))
    mail = await came(mailbox, BEN, to=back_to(sink.taken[0]), Cc=SLIP)
    sent = await answer(mailbox, mail)
    assert (await pool().fetchrow(ROW, sent.message.id))["recipients"] == ["ben@example.net", SLIP]
    await mended(mailbox, sent)
    assert (await tried(mailbox, sent))["recipients"] == ["ben@example.net"]
    assert mail.conversation_id == conversation_id


async def test_whose_contact_was_deleted_is_no_slip(mailbox: Mailbox, sink: Sink) -> None:
    data = LetterInput(client_id(), [PersonInput(RIGHT)], "Your lamp", "It is ready.")
    sent = await writing.write(mailbox.admin, mailbox.inbox_id, data)
    await heard(mailbox, sent)
    await tried(mailbox, sent)
    await contacts.delete(mailbox.admin, sent.conversation.contact_id or 0)
    for heads in ({"to": back_to(sink.taken[0])}, {"In_Reply_To": str(sink.taken[0].mail["Message-ID"])}):
        assert (await came(mailbox, RIGHT, **heads)).conversation_id == sent.conversation.id


async def test_who_was_a_slip_stays_one_when_the_contact_is_deleted(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    await corrected(chat)
    await said(chat, "And the bulb?")
    await due(chat)
    await delivered(chat)
    await contacts.delete(chat.admin, chat.visitor.contact_id or 0)
    for sender in (SLIP, BEN):
        assert (await came(chat.mailbox, sender, to=back_to(sink.taken[0]))).conversation_id != chat.conversation_id
    assert (await came(chat.mailbox, RIGHT, to=back_to(sink.taken[1]))).conversation_id == chat.conversation_id


async def replies_to(chat: Chat, sink: Sink, address: str) -> list[str]:
    """What stands above the foot of each mail for an address."""
    return [text_of(taken).partition("\n\n-- \n")[0] for taken in sink.taken if taken.recipients == [address]]


async def test_all_that_the_slip_got_goes_to_the_right_address_however_much_it_is(
    chat: Chat, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "BATCH_MAX", 2)
    for text in ("One.", "Two."):
        await said(chat, text)
    await due(chat)
    await delivered(chat)
    await corrected(chat)
    newest = await said(chat, "Three.")
    for _ in range(3):
        await due(chat, newest)
        await delivered(chat)
    assert await replies_to(chat, sink, SLIP) == ["One.\n\nTwo."]
    assert await replies_to(chat, sink, RIGHT) == ["One.", "Two.\n\nThree."]


async def test_nor_does_it_stick_at_replies_that_went_out_one_by_one(
    chat: Chat, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "BATCH_MAX", 2)
    for text in ("One.", "Two."):
        await said(chat, text)
        await due(chat)
        await delivered(chat)
    await corrected(chat)
    await said(chat, "Three.")
    await due(chat)
    await delivered(chat)
    assert await replies_to(chat, sink, RIGHT) == ["One.\n\nTwo.\n\nThree."]


async def test_two_that_deliver_a_mail_never_wait_for_each_other(chat: Chat, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail's own row comes before what it holds: whoever waits for that has written to nothing yet."""
    await said(chat)
    await due(chat)
    [mail_id] = [
        row[0] for row in await pool().fetch("SELECT id FROM outbound_mails WHERE conversation_id = $1", chat.conversation_id)
    ]
    about_to = asyncio.Event()

    async def wait_meanwhile() -> None:
        about_to.set()
        await asyncio.sleep(0)

    monkeypatch.setattr(sink, "pause", wait_meanwhile)
    delivering = asyncio.create_task(delivered(chat), context=Context())
    await about_to.wait()
    async with pool().acquire() as other, other.transaction():
        await other.execute("SELECT FROM outbound_mails WHERE id = $1 FOR UPDATE", mail_id)
        await asyncio.wait([delivering], timeout=0.5)
        assert not delivering.done()
        await other.execute("SELECT FROM continuity_mails WHERE mail_id = $1 FOR UPDATE NOWAIT", mail_id)
    assert await delivering == [("sent", "", [SLIP])]
