"""Mail that goes out: to whom, under which names, and what becomes of it whatever its server does."""

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from core.access import ai, system
from core.channels.email import actions, jobs, names, quoting, sending, understanding
from core.channels.email.servers.structs import Code
from core.channels.email.structs import EmailInboxInput
from core.channels.email.subscribers import send_by_mail
from core.conversations import actions as conversations
from core.database import pool
from core.files import actions as files
from core.messages import actions as messages
from core.messages.events import MessageCreated
from core.messages.structs import NoteInput, ReplyInput, Sent, StartInput
from core.settings import settings
from tests.factories import a_contact, a_member, client_id
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import DROP, Sink, a_sink
from tests.mail.test_threads import BEN, Came, came, conversation, joined

ROW = "SELECT * FROM outbound_mails WHERE message_id = $1"


@pytest.fixture
async def mailbox(connected: Any) -> Mailbox:
    del connected
    return await a_mailbox()


@pytest.fixture
async def sink(connected: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sink]:
    del connected
    async with a_sink() as sink:
        known = msgspec.structs.replace(settings(), smtp_url=sink.url)
        monkeypatch.setattr(sending, "settings", lambda: known)
        yield sink


async def heard(mailbox: Mailbox, sent: Sent) -> None:
    """What the event log does with the message, twice, as it may."""
    event = MessageCreated(organization_id=mailbox.admin.organization_id, conversation=sent.conversation, message=sent.message)
    for _ in range(2):
        await send_by_mail.function(event)


async def answer(mailbox: Mailbox, mail: Came, content: str = "Is it plugged in?", **values: Any) -> Sent:
    """An agent's answer, queued."""
    assert mail.conversation_id
    sent = await messages.reply(mailbox.admin, mail.conversation_id, ReplyInput(client_id=client_id(), content=content, **values))
    await heard(mailbox, sent)
    return sent


async def tried(mailbox: Mailbox, sent: Sent) -> Any:
    """The row after one more attempt."""
    row = await pool().fetchrow(ROW, sent.message.id)
    with suppress(sending.NotNow):  # the ledger of jobs tries again
        await jobs.deliver.function(mailbox.admin.organization_id, row["id"])
    return await pool().fetchrow(ROW, sent.message.id)


async def test_an_answer_goes_to_who_wrote_and_its_answer_comes_back(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    sent = await answer(mailbox, mail)
    row = await tried(mailbox, sent)
    assert (row["state"], row["reason"], row["recipients"]) == ("sent", "", ["ida@example.org"])
    [taken] = sink.taken
    assert (taken.mail_from, taken.recipients) == (mailbox.address, ["ida@example.org"])
    known = names.message_id(mailbox.admin.organization_id, sent.conversation.id, sent.message.id, "example.com")
    assert taken.mail["Message-ID"] == f"<{known}>"
    assert taken.mail["In-Reply-To"] == taken.mail["References"] == f"<{mail.internet_message_id}>"
    assert taken.mail["Subject"] == "Re: A lamp"
    assert taken.mail["To"] == "Ida Ash <ida@example.org>"
    assert taken.mail["From"] == f'"Ada Admin (Harbour Lights)" <{mailbox.address}>'
    assert taken.mail["Auto-Submitted"] is None
    plain, html = (taken.mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain
    assert plain.get_content().strip() == "Is it plugged in?"
    assert html
    assert "<p>Is it plugged in?</p>" in html.get_content()
    reply_to = str(taken.mail["Reply-To"]).partition("<")[2].rstrip(">")
    assert joined(mail, await came(mailbox, BEN, to=reply_to))
    assert joined(mail, await came(mailbox, In_Reply_To=str(taken.mail["Message-ID"])))


async def test_it_goes_to_all_who_took_part_but_never_to_us(mailbox: Mailbox, sink: Sink) -> None:
    other = await a_mailbox(mailbox.admin)
    mail = await came(mailbox, Cc=f"{BEN}, {other.address}, {other.tagged('x')}", Reply_To="ida@home.example")
    await tried(mailbox, await answer(mailbox, mail))
    [taken] = sink.taken
    assert taken.recipients == ["ida@home.example", "ben@example.net"]
    assert (taken.mail["To"], taken.mail["Cc"]) == ("ida@home.example", "Ben Birk <ben@example.net>")


async def test_an_inbox_may_have_numbers_in_subjects(mailbox: Mailbox, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    known = msgspec.structs.replace(settings(), mail_authserv_id="mx.example.com")
    monkeypatch.setattr(understanding, "settings", lambda: known)
    await actions.connect(mailbox.admin, mailbox.inbox_id, EmailInboxInput(mailbox.address, numbers_subjects=True))
    mail = await came(mailbox)
    sent = await answer(mailbox, mail)
    await tried(mailbox, sent)
    subject = f"Re: A lamp [#{sent.conversation.number}]"
    assert sink.taken[0].mail["Subject"] == subject
    again = await came(
        mailbox, subject=f"AW: {subject}", Authentication_Results="mx.example.com; dmarc=pass header.from=example.org"
    )
    assert joined(mail, again)
    await tried(mailbox, await answer(mailbox, again))
    assert sink.taken[1].mail["Subject"] == subject


async def test_the_thread_is_named_from_its_beginning(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    first = await answer(mailbox, mail)
    await tried(mailbox, first)
    second = await came(mailbox, In_Reply_To=str(sink.taken[0].mail["Message-ID"]))
    await tried(mailbox, await answer(mailbox, mail, "And the bulb?"))
    references = str(sink.taken[1].mail["References"]).split()
    assert references == [f"<{mail.internet_message_id}>", str(sink.taken[0].mail["Message-ID"]), f"<{second.internet_message_id}>"]
    assert sink.taken[1].mail["In-Reply-To"] == references[-1]


async def test_what_the_ai_agent_writes_says_that_no_person_did_and_goes_to_who_asked(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox, Cc=BEN)
    assert mail.conversation_id
    epoch = await pool().fetchval("SELECT handler_epoch FROM conversations WHERE id = $1", mail.conversation_id)
    writer = ai(mailbox.admin.organization_id)
    sent = await messages.send(
        writer, mail.conversation_id, "Plug it in.", if_epoch=epoch, if_seq=None, client_id=client_id(), sources=[]
    )
    await heard(mailbox, sent)
    await tried(mailbox, sent)
    [taken] = sink.taken
    assert taken.recipients == ["ida@example.org"]
    assert (taken.mail["Auto-Submitted"], taken.mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert (
        taken.mail["From"] == f'"Harbour Lights" <{mailbox.address}>' or taken.mail["From"] == f"Harbour Lights <{mailbox.address}>"
    )


async def test_a_conversation_that_staff_begins_goes_to_the_contact_and_its_answer_comes_back(mailbox: Mailbox, sink: Sink) -> None:
    contact = await a_contact(mailbox.admin, first_name="Ida", email="ida@example.org")
    data = StartInput(contact.id, mailbox.inbox_id, client_id(), "Your lamp is ready.", "Your lamp")
    sent = await messages.start(mailbox.admin, data)
    await heard(mailbox, sent)
    assert (await tried(mailbox, sent))["recipients"] == ["ida@example.org"]
    [taken] = sink.taken
    assert (taken.mail["Subject"], taken.mail["In-Reply-To"]) == ("Your lamp", None)
    back = await came(
        mailbox, to=str(taken.mail["Reply-To"]).partition("<")[2].rstrip(">"), In_Reply_To=str(taken.mail["Message-ID"])
    )
    assert (back.state, back.conversation_id) == ("threaded", sent.conversation.id)


async def test_notes_and_what_customers_write_stay_here(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    assert mail.conversation_id
    await heard(
        mailbox, await messages.note(mailbox.admin, mail.conversation_id, NoteInput(client_id=client_id(), content="A regular."))
    )
    assert await pool().fetchval("SELECT count(*) FROM outbound_mails WHERE conversation_id = $1", mail.conversation_id) == 0
    assert sink.taken == []


async def test_files_go_along(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)

    async def lamp() -> AsyncIterator[bytes]:
        yield b"\x89PNG lamp"

    uploaded = await files.upload(mailbox.admin, "lämp.png", "image/png", 9, lamp())
    await tried(mailbox, await answer(mailbox, mail, files=[uploaded.token]))
    [enclosed] = sink.taken[0].mail.iter_attachments()
    assert (enclosed.get_filename(), enclosed.get_content()) == ("lämp.png", b"\x89PNG lamp")


@pytest.mark.parametrize(
    ("stage", "said", "state"),
    [
        ("mail", "421 not now", "queued"), ("rcpt", "451 not now", "queued"), ("rcpt", "550 no such user", "failed"),
        ("data", "451 not now", "queued"), ("end", "452 full", "queued"), ("end", "554 spam", "failed"), ("mail", DROP, "queued"),
        ("rcpt", DROP, "queued"), ("end", DROP, "uncertain"),
    ],
)  # fmt: skip
async def test_what_its_server_does_is_told_and_nothing_goes_twice(
    mailbox: Mailbox, sink: Sink, stage: str, said: str, state: str
) -> None:
    sent = await answer(mailbox, await came(mailbox))
    sink.answers[stage].append(said)
    row = await tried(mailbox, sent)
    assert row["state"] == state
    assert said == DROP or said in row["reason"]
    again = await tried(mailbox, sent)
    assert again["state"] == ("sent" if state == "queued" else state)
    assert len(sink.taken) == (1 if state == "queued" else 0)
    assert (await tried(mailbox, sent))["attempts"] == again["attempts"]


@pytest.mark.parametrize("way", ["refused", "given up", "refused while it is snoozed"])
async def test_what_reached_nobody_brings_the_conversation_back(mailbox: Mailbox, sink: Sink, way: str) -> None:
    mail = await came(mailbox)
    sent = await answer(mailbox, mail)
    assert (await conversation(mailbox, mail)).status == "pending"
    if "snoozed" in way:
        await conversations.snooze(mailbox.admin, sent.conversation.id, timedelta(days=3))
    sink.answers["rcpt"].append("451 not now" if way == "given up" else "550 no such user")
    row = await tried(mailbox, sent)
    if way == "given up":
        assert (await conversation(mailbox, mail)).status == "pending", "it may arrive yet"
        await sending.give_up(system(mailbox.admin.organization_id), row["id"])
    back = await conversation(mailbox, mail)
    assert (back.status, back.snoozed_until) == ("open", None)


async def test_who_is_refused_is_left_out_and_named(mailbox: Mailbox, sink: Sink) -> None:
    sent = await answer(mailbox, await came(mailbox, Cc=BEN))
    sink.answers["rcpt"] += ["250 yes", "550 no such user"]
    row = await tried(mailbox, sent)
    assert (row["state"], row["reason"]) == ("sent", "left_out: ben@example.net")
    assert sink.taken[0].recipients == ["ida@example.org"]


async def test_who_is_refused_for_now_is_waited_for_but_not_for_ever(mailbox: Mailbox, sink: Sink) -> None:
    sent = await answer(mailbox, await came(mailbox, Cc=BEN))
    for _ in range(sending.PATIENT):
        sink.answers["rcpt"] += ["250 yes", "450 later"]
        assert (await tried(mailbox, sent))["state"] == "queued"
    sink.answers["rcpt"] += ["250 yes", "450 later"]
    assert (await tried(mailbox, sent))["state"] == "sent"
    assert [taken.recipients for taken in sink.taken] == [["ida@example.org"]]


async def test_a_worker_that_died_in_the_middle_leaves_it_uncertain_and_nobody_sends_it_again(mailbox: Mailbox, sink: Sink) -> None:
    sent = await answer(mailbox, await came(mailbox))
    await pool().execute("UPDATE outbound_mails SET state = 'sending' WHERE message_id = $1", sent.message.id)
    for _ in range(2):
        row = await tried(mailbox, sent)
        assert (row["state"], row["reason"]) == ("uncertain", "worker_ended")
    assert sink.taken == []


def test_each_reason_of_ours_has_words_in_the_inbox() -> None:
    words = json.loads((Path(__file__).parents[2] / "widget/inbox/src/i18n/failures/en.json").read_text())
    ours = {
        sending.NO_SERVER,
        sending.ELSEWHERE,
        sending.NOBODY,
        sending.TOO_MANY,
        quoting.GONE,
        sending.LEFT_OUT,
        "worker_ended",
        *get_args(Code),
    }
    assert set(words) == ours


async def test_without_a_server_it_fails_aloud(mailbox: Mailbox) -> None:
    row = await tried(mailbox, await answer(mailbox, await came(mailbox)))
    assert (row["state"], row["reason"]) == ("failed", sending.NO_SERVER)


async def test_after_the_last_attempt_it_has_failed(mailbox: Mailbox, sink: Sink) -> None:
    sent = await answer(mailbox, await came(mailbox))
    sink.answers["mail"].append("421 not now")
    row = await tried(mailbox, sent)
    await sending.give_up(system(mailbox.admin.organization_id), row["id"])
    assert (await tried(mailbox, sent))["state"] == "failed"


async def test_nobody_makes_a_header_of_a_name_or_a_subject(mailbox: Mailbox, sink: Sink) -> None:
    forged = "=?utf-8?q?Ida=0D=0ABcc=3A_eve=40example=2Eorg?= <ida@example.org>"
    mail = await came(mailbox, forged, subject="=?utf-8?q?A_lamp=0D=0ABcc=3A_eve=40example=2Eorg?=")
    agent = await a_member(mailbox.admin, "admin", 'Theo "the" Agent')
    assert mail.conversation_id
    sent = await messages.reply(agent, mail.conversation_id, ReplyInput(client_id=client_id(), content="Hello\n.\nQUIT"))
    await heard(mailbox, sent)
    await tried(mailbox, sent)
    [taken] = sink.taken
    assert taken.mail["Bcc"] is None
    assert taken.recipients == ["ida@example.org"]
    body = taken.mail.get_body(("plain",))
    assert body
    assert body.get_content().splitlines()[:3] == ["Hello", ".", "QUIT"]
