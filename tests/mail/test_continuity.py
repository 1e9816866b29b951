"""Replies in a chat that the visitor has not seen go out by mail, once and together; the answer comes back into the chat."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextvars import Context
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from core.app import create_app
from core.channels.email.continuity import actions as continuity
from core.channels.email.continuity import deciding
from core.channels.email.continuity.structs import ContinuityInput
from core.channels.email.sending import NotNow
from core.contacts import actions as contacts
from core.contacts import queries as contact_queries
from core.contacts.structs import DeclaredInput
from core.conversations import actions as conversations
from core.conversations import queries
from core.database import pool, transaction
from core.errors import Invalid, NotFound
from core.files import actions as files
from core.messages import actions as messages
from core.messages import queries as message_queries
from core.messages.structs import ReplyInput
from tests.factories import a_note, an_inbox, an_organization, another_message, client_id
from tests.mail.chats import IDA, TIMERS, Chat, a_chat, back_to, by_machine, delivered, due, heard, said, text_of, thread
from tests.mail.gateway import a_mailbox
from tests.mail.sink import Sink
from tests.mail.test_bounces import COMPLAINT, about
from tests.mail.test_sending import sink
from tests.mail.test_threads import BEN, came
from tests.mail.test_understanding import whole

__all__ = ["sink"]


@pytest.fixture
async def chat(connected: Any) -> Chat:
    del connected
    return await a_chat()


async def test_all_that_was_not_seen_is_one_mail_and_its_answer_is_the_visitors_message(chat: Chat, sink: Sink) -> None:
    before = datetime.now(UTC)
    await said(chat)
    await a_note(chat.admin, chat.first, "A regular.")
    await said(chat, "And the bulb?")
    [(_, due_at), _] = await pool().fetch(TIMERS, chat.admin.organization_id)
    assert timedelta(seconds=110) < due_at - before < timedelta(seconds=130)
    await due(chat)
    assert await delivered(chat) == [("sent", "", [IDA])]
    [taken] = sink.taken
    assert (taken.mail_from, taken.recipients, taken.mail["To"]) == (chat.mailbox.address, [IDA], IDA)
    assert taken.mail["From"] == f'"Ada Admin (Harbour Lights)" <{chat.mailbox.address}>'
    assert taken.mail["Subject"] == "Reply in your chat with Harbour Lights"
    assert (taken.mail["Auto-Submitted"], taken.mail["In-Reply-To"]) == (None, None)
    assert text_of(taken).startswith("Is it plugged in?\n\nAnd the bulb?\n\n-- \n")
    assert "regular" not in taken.mail.as_string()
    contacts_before = await pool().fetchval("SELECT count(*) FROM contacts WHERE organization_id = $1", chat.admin.organization_id)
    answer = await came(
        chat.mailbox, "Ida <ida@example.org>", to=back_to(taken), body="It is now.", In_Reply_To=taken.mail["Message-ID"]
    )
    assert (answer.state, answer.conversation_id) == ("threaded", chat.conversation_id)
    assert (await thread(chat))[-1] == ("Ida", "It is now.")
    after = await queries.get(chat.admin, chat.conversation_id)
    assert (after.status, after.channel, after.contact_read_seq) == ("open", "chat", after.last_seq)
    assert (
        await pool().fetchval("SELECT count(*) FROM contacts WHERE organization_id = $1", chat.admin.organization_id)
        == contacts_before
    )
    own = await message_queries.visitor_thread(chat.visitor, chat.first.conversation.token, None, 40)
    assert [one.content for one in own.messages][-1] == "It is now."


async def test_the_next_mail_goes_on_where_the_last_one_ended_and_in_its_thread(chat: Chat, sink: Sink) -> None:
    await said(chat, "One.")
    await due(chat)
    await delivered(chat)
    await said(chat, "Two.")
    await due(chat)
    assert [state for state, *_ in await delivered(chat)] == ["sent", "sent"]
    first, second = sink.taken
    assert text_of(second).startswith("Two.\n\n-- ")
    assert second.mail["In-Reply-To"] == second.mail["References"] == first.mail["Message-ID"]
    assert second.mail["Subject"] == first.mail["Subject"]
    await due(chat)
    assert len(await delivered(chat)) == 2


async def test_nothing_that_was_read_goes_out_whenever_that_was(chat: Chat, sink: Sink) -> None:
    first = await said(chat, "One.")
    await conversations.mark_seen(chat.visitor, chat.first.conversation.token, first.message.seq)
    await due(chat)
    assert await delivered(chat) == []
    second, third = await said(chat, "Two."), await said(chat, "Three.")
    await due(chat)
    await conversations.mark_seen(
        chat.visitor, chat.first.conversation.token, second.message.seq
    )  # while the mail waits for its turn
    assert [state for state, *_ in await delivered(chat)] == ["sent"]
    assert text_of(sink.taken[0]).startswith("Three.\n\n-- ")
    await said(chat, "Four.")
    await due(chat)
    await another_message(chat.visitor, third)
    assert [state for state, *_ in await delivered(chat)] == ["sent"], "it was seen as a whole, and is withdrawn"
    assert len(sink.taken) == 1


async def test_what_is_read_while_the_server_takes_its_time_does_not_go_either(
    chat: Chat, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = await said(chat)
    await due(chat)
    seen = asyncio.Event()

    async def read_meanwhile() -> None:
        if not seen.is_set():
            seen.set()
            await conversations.mark_seen(chat.visitor, chat.first.conversation.token, reply.message.seq)

    monkeypatch.setattr(sink, "pause", read_meanwhile)
    with pytest.raises(NotNow):
        await delivered(chat)
    assert await delivered(chat) == []
    assert not sink.taken


async def test_a_read_mark_that_is_just_being_set_is_waited_for(chat: Chat) -> None:
    sent = await said(chat)
    async with transaction(chat.visitor):
        await conversations.mark_seen(chat.visitor, chat.first.conversation.token, sent.message.seq)
        deciding_meanwhile = asyncio.create_task(due(chat), context=Context())
        await asyncio.wait([deciding_meanwhile], timeout=0.3)
        assert not deciding_meanwhile.done()
    await deciding_meanwhile
    assert await delivered(chat) == []


async def test_files_go_as_addresses(chat: Chat, sink: Sink) -> None:
    async def lamp() -> AsyncIterator[bytes]:
        yield b"lamp"

    token = (await files.upload(chat.admin, "lamp.png", "image/png", 4, lamp())).token
    reply = ReplyInput(client_id=client_id(), files=[token])
    await heard(chat, await messages.reply(chat.admin, chat.conversation_id, reply))
    await due(chat)
    await delivered(chat)
    assert text_of(sink.taken[0]).startswith(f"lamp.png: http://127.0.0.1:8600/files/{token}\n\n-- ")
    assert list(sink.taken[0].mail.iter_attachments()) == []


async def test_a_mail_never_carries_a_word_of_the_visitors_own(chat: Chat, sink: Sink) -> None:
    await contacts.update(
        chat.visitor, chat.visitor.contact_id or 0, DeclaredInput(first_name="Buy pills", last_name="at evil.example")
    )
    await said(chat)
    await due(chat)
    await delivered(chat)
    raw = sink.taken[0].mail.as_string()
    assert "pills" not in raw
    assert "evil" not in raw


async def test_what_the_ai_agent_alone_wrote_says_so(chat: Chat, sink: Sink) -> None:
    await by_machine(chat)
    await due(chat)
    await delivered(chat)
    assert (sink.taken[0].mail["Auto-Submitted"], sink.taken[0].mail["From"]) == (
        "auto-replied", f"Harbour Lights <{chat.mailbox.address}>",
    )  # fmt: skip
    await by_machine(chat, "And wait.")
    await said(chat, "Does it work?")
    await due(chat)
    await delivered(chat)
    assert sink.taken[1].mail["Auto-Submitted"] is None
    assert text_of(sink.taken[1]).startswith("AI agent:\nAnd wait.\n\nAda Admin:\nDoes it work?\n\n-- ")


@pytest.mark.parametrize("address", [None, "ours", "dead"])
async def test_nobody_is_mailed_who_cannot_be(connected: Any, sink: Sink, address: str | None) -> None:
    mailbox = await a_mailbox()
    chat = await a_chat(mailbox, mailbox.tagged("x") if address == "ours" else address and IDA)
    if address == "dead":
        await pool().execute("UPDATE contacts SET subscription_status = 'bounced' WHERE id = $1", chat.visitor.contact_id)
    await said(chat)
    await due(chat)
    assert await delivered(chat) == []
    assert sink.taken == []
    if address == "dead":
        await contacts.update(chat.visitor, chat.visitor.contact_id or 0, DeclaredInput(email="ida@new.example"))
        await due(chat)
        assert await delivered(chat) == [("sent", "", ["ida@new.example"])]


async def test_an_address_gets_so_many_mails_an_hour_and_the_rest_waits(
    chat: Chat, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "PER_HOUR", 2)
    others = [await a_chat(chat.mailbox) for _ in range(3)]
    for one in others:
        await said(one)
        await due(one)
    assert [len(await delivered(one)) for one in others] == [1, 1, 0]
    [(_, due_at)] = [
        row
        for row in await pool().fetch(TIMERS, chat.admin.organization_id)
        if row[0]["conversation_id"] == others[2].conversation_id
    ]
    assert due_at > datetime.now(UTC) + timedelta(minutes=10)
    await pool().execute("UPDATE continuity_mails SET created_at = created_at - interval '61 minutes'")
    await due(others[2])
    assert len(await delivered(others[2])) == 1


async def test_strangers_addresses_get_so_many_mails_of_an_inbox_together(
    chat: Chat, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "UNPROVEN_PER_HOUR", 1)
    chats = [await a_chat(chat.mailbox, f"victim{number}@example.org") for number in range(2)]
    for one in chats:
        await said(one)
        await due(one)
    assert [len(await delivered(one)) for one in chats] == [1, 0]
    contact = chats[1].visitor.contact_id
    await pool().execute(
        "INSERT INTO contact_addresses (organization_id, contact_id, address) VALUES ($1, $2, 'victim1@example.org')",
        chat.admin.organization_id, contact,
    )  # fmt: skip
    await due(chats[1])
    assert len(await delivered(chats[1])) == 1, "mail has come from there"


async def test_one_click_ends_the_mails_and_a_look_does_not(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    mail = sink.taken[0].mail
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in text_of(sink.taken[0])
    path = "/mail/stop/" + address.rpartition("/")[2]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app()), base_url="http://localhost") as http:
        page = await http.get(path, headers={"Accept-Language": "ar"})
        assert page.status_code == 200
        assert "form-action 'self'" in page.headers["content-security-policy"]
        assert re.search(r'dir="rtl".*<form method=post>', page.text)
        await said(chat, "Two.")
        await due(chat)
        assert len(await delivered(chat)) == 2
        await said(chat, "Three.")
        await due(chat)
        for _ in range(2):
            assert (await http.post(path, data={"List-Unsubscribe": "One-Click"})).status_code == 200
        assert [state for state, *_ in await delivered(chat)] == ["sent", "sent"], "what waited is withdrawn"
        await said(chat, "Four.")
        await due(chat)
        assert len(await delivered(chat)) == 2
        for wrong in ("x", path[:-2] + "xx"):
            refused = await http.post("/mail/stop/" + wrong.rpartition("/")[2])
            assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


async def test_a_stranger_with_the_messages_name_alone_stays_outside(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    known = str(sink.taken[0].mail["Message-ID"])
    stranger = await came(chat.mailbox, BEN, In_Reply_To=known)
    assert (stranger.state, stranger.conversation_id == chat.conversation_id) == ("created", False)
    assert (await came(chat.mailbox, In_Reply_To=known)).conversation_id == chat.conversation_id
    elsewhere = await a_mailbox(chat.admin)
    assert (await came(elsewhere, In_Reply_To=known)).state == "created"


async def test_an_answer_does_not_make_the_address_the_visitors_own(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    await came(chat.mailbox, to=back_to(sink.taken[0]), body="Who are you?")
    later = await came(chat.mailbox, subject="My own matter")
    assert later.state == "created"
    assert [one.id for one in await queries.of_contact(chat.visitor)] == [chat.conversation_id]


async def test_a_mail_that_comes_back_is_told_and_the_address_is_left_alone(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    report = await whole(chat.mailbox, about(chat.mailbox, str(sink.taken[0].mail["Message-ID"])), "")
    assert (report.reason, report.conversation_id) == ("failed", chat.conversation_id)
    assert [state for state, *_ in await delivered(chat)] == ["bounced"]
    assert (await contact_queries.get(chat.admin, chat.visitor.contact_id or 0)).subscription_status == "bounced"
    assert (await queries.get(chat.admin, chat.conversation_id)).status == "open"
    await said(chat, "Two.")
    await due(chat)
    assert len(await delivered(chat)) == 1


async def test_a_complaint_ends_it_too(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    await delivered(chat)
    complaint = COMPLAINT.format(to=chat.mailbox.address, recipient=IDA, known=sink.taken[0].mail["Message-ID"])
    assert (await whole(chat.mailbox, complaint.encode(), "")).reason == "complaint"
    await said(chat, "Two.")
    await due(chat)
    assert len(await delivered(chat)) == 1


async def test_only_a_chat_inbox_with_an_email_inbox_can_do_it(connected: Any) -> None:
    mailbox = await a_mailbox()
    inbox = await an_inbox(mailbox.admin)
    nothing = await continuity.save(mailbox.admin, inbox.id, ContinuityInput(enabled=False))
    assert (nothing.enabled, nothing.mail_inbox_id, [one.address for one in nothing.mail_inboxes]) == (
        False,
        None,
        [mailbox.address],
    )
    other = await a_mailbox(await an_organization())
    for chosen in (None, inbox.id, other.inbox_id):
        with pytest.raises(Invalid) as refused:
            await continuity.save(mailbox.admin, inbox.id, ContinuityInput(enabled=True, mail_inbox_id=chosen))
        assert refused.value.reason == "no_mail_inbox"
    with pytest.raises(NotFound):
        await continuity.save(mailbox.admin, mailbox.inbox_id, ContinuityInput(enabled=True, mail_inbox_id=mailbox.inbox_id))
    saved = await continuity.save(
        mailbox.admin, inbox.id, ContinuityInput(enabled=True, mail_inbox_id=mailbox.inbox_id, delay_s=600)
    )
    assert (saved.enabled, saved.mail_inbox_id, saved.delay_s) == (True, mailbox.inbox_id, 600)


async def test_where_it_is_off_nothing_is_even_waited_for(chat: Chat) -> None:
    await continuity.save(chat.admin, chat.inbox.id, ContinuityInput(enabled=False, mail_inbox_id=chat.mailbox.inbox_id))
    await said(chat)
    assert await pool().fetch(TIMERS, chat.admin.organization_id) == []


async def test_who_was_deleted_gets_no_mail(chat: Chat, sink: Sink) -> None:
    await said(chat)
    await due(chat)
    assert await contact_queries.get(chat.admin, chat.visitor.contact_id or 0)
    await contacts.delete(chat.admin, chat.visitor.contact_id or 0)
    assert await delivered(chat) == []
    assert sink.taken == []
