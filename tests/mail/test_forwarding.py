"""Sending a message on to people outside: they get it and nothing that leads back, and its customer hears of nothing."""

from typing import Any

import httpx
import pytest

from core.access import Actor
from core.app import create_app
from core.auth import sessions
from core.channels.email import forwarding, jobs, names, preferences, quoting, reading, recipients, undoing
from core.channels.email.actions import connect
from core.channels.email.gateway.accept import accept
from core.channels.email.structs import EmailInboxInput, ForwardInput, MessageMailView, PersonInput
from core.conversations import actions as conversations
from core.conversations.structs import AssignInput
from core.database import pool
from core.errors import Conflict, LacasaError, NotFound
from core.messages import actions as messages
from core.messages import queries as messages_queries
from core.messages.structs import MessageView, NoteInput, ReplyInput, Sent
from tests.factories import a_member, a_message, a_reply, an_inbox, an_organization, client_id
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import Sink
from tests.mail.test_bounces import STATUS, about
from tests.mail.test_sending import ROW, answer, heard, mailbox, sink, tried
from tests.mail.test_threads import BEN, IDA, Came, came, conversation, joined, key_to, thread
from tests.mail.test_understanding import whole

__all__ = ["mailbox", "sink"]
TOLD = "SELECT id, type FROM outbox WHERE conversation_id = $1 AND NOT staff_only ORDER BY id"
WITHDRAWN = "SELECT (body::json ->> 'was_internal')::boolean FROM outbox WHERE conversation_id = $1 AND type = 'message.withdrawn'"
EVE = "Eve Elm <eve@example.com>"
WITH_FILES = """\
From: {sender}
To: {to}
Subject: Two lamps
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

See the pictures.
--b
Content-Type: text/plain; name="one.txt"
Content-Disposition: attachment; filename="one.txt"

first
--b
Content-Type: text/plain; name="two.txt"
Content-Disposition: attachment; filename="two.txt"

second
--b--
"""


def wanted(*to: str, **values: Any) -> ForwardInput:
    return ForwardInput(client_id=client_id(), to=[PersonInput(address) for address in to or ("eve@example.com",)], **values)


async def forwarded(mailbox: Mailbox, message_id: int | None, data: ForwardInput | None = None) -> Sent:
    assert message_id
    return await forwarding.forward(mailbox.admin, message_id, data or wanted())


async def refused(actor: Actor, message_id: int | None, data: ForwardInput | None = None) -> str:
    assert message_id
    with pytest.raises(LacasaError) as found:
        await forwarding.forward(actor, message_id, data or wanted())
    return found.value.reason


async def an_outsider(mailbox: Mailbox) -> Actor:
    """A colleague who may not see the inbox."""
    await pool().execute("UPDATE inboxes SET access = 'members' WHERE id = $1", mailbox.inbox_id)
    return await a_member(mailbox.admin)


def text_of(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content()).replace("\r\n", "\n").strip()


async def with_files(mailbox: Mailbox) -> MessageView:
    """A mail that came with two."""
    raw = WITH_FILES.format(sender=IDA, to=mailbox.address).replace("\n", "\r\n").encode()
    accepted = await accept("lmtp", "ida@example.org", mailbox.address, raw)
    await jobs.understand.function(mailbox.admin.organization_id, accepted.mail_id)
    message_id = await pool().fetchval("SELECT message_id FROM inbound_mails WHERE id = $1", accepted.mail_id)
    message = await messages_queries.by_id(mailbox.admin, message_id)
    assert message
    return message


async def shown(mailbox: Mailbox, sent: Sent) -> MessageMailView:
    [view] = [
        one for one in await reading.of_conversation(mailbox.admin, sent.conversation.id) if one.message_id == sent.message.id
    ]
    return view


async def test_it_goes_out_with_the_comment_above_and_what_was_quoted_below(mailbox: Mailbox, sink: Sink) -> None:
    body = "My lamp is dark.\r\n\r\nOn Mon, 2 Nov 2026 at 10:00, Harbour Lights wrote:\r\n> Is it plugged in?"
    mail = await came(mailbox, subject="FW: Fwd: A lamp", body=body, Cc=BEN)
    data = ForwardInput(
        client_id(), [PersonInput("eve@example.com", "Eve Elm")], "Is this yours?\n\nI think so.", cc=[PersonInput("fay@example.com")],
        bcc=[PersonInput("gil@example.com")],
    )  # fmt: skip
    sent = await forwarded(mailbox, mail.message_id, data)
    assert (sent.message.content, sent.message.is_internal) == (
        "Fwd: eve@example.com, fay@example.com, gil@example.com\n\nIs this yours?\n\nI think so.", True,
    )  # fmt: skip
    row = await tried(mailbox, sent)
    assert (row["state"], row["reason"], row["forwards_id"]) == ("sent", "", mail.message_id)
    [taken] = sink.taken
    assert taken.recipients == ["eve@example.com", "fay@example.com", "gil@example.com"]
    assert (taken.mail["To"], taken.mail["Cc"], taken.mail["Bcc"]) == ("Eve Elm <eve@example.com>", "fay@example.com", None)
    assert taken.mail["Subject"] == "Fwd: A lamp"
    assert taken.mail["From"] == f'"Ada Admin (Harbour Lights)" <{mailbox.address}>'
    assert (taken.mail["In-Reply-To"], taken.mail["References"]) == (None, None)
    head, _, rest = text_of(taken.mail).partition("\nDate: ")
    assert head == f"Is this yours?\n\nI think so.\n\n{quoting.MARK}\nFrom: {IDA}"
    heads = f"Subject: FW: Fwd: A lamp\nTo: {mailbox.address}\nCc: {BEN}\n\nMy lamp is dark.\n\n"
    assert rest.partition("\n")[2] == f"{heads}On Mon, 2 Nov 2026 at 10:00, Harbour Lights wrote:\n> Is it plugged in?"
    view = await shown(mailbox, sent)
    assert (view.state, view.forwards_id, [one.address for one in view.to]) == ("sent", mail.message_id, taken.recipients)


async def test_an_answer_of_ours_is_forwarded_without_who_got_it_blind(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    assert mail.conversation_id
    reply = ReplyInput(client_id=client_id(), content="Is it plugged in?")
    chosen = recipients.RecipientsInput(reply.client_id, [PersonInput("ida@example.org")], bcc=[PersonInput("boss@example.com")])
    await recipients.choose(mailbox.admin, mail.conversation_id, chosen)
    ours = await messages.reply(mailbox.admin, mail.conversation_id, reply)
    await heard(mailbox, ours)
    await tried(mailbox, await forwarded(mailbox, ours.message.id))
    text = text_of(sink.taken[0].mail)
    assert f"From: Ada Admin <{mailbox.address}>\n" in text
    assert "\nTo: ida@example.org\n" in text
    assert "boss@example.com" not in text
    assert text.endswith("Is it plugged in?")


async def test_its_files_go_along_or_those_that_are_chosen(mailbox: Mailbox, sink: Sink) -> None:
    message = await with_files(mailbox)
    message_id, (_, second) = message.id, message.files
    for files, expected in ((None, ["one.txt", "two.txt"]), ([second.token], ["two.txt"]), ([], [])):
        await tried(mailbox, await forwarded(mailbox, message_id, wanted(files=files)))
        assert [part.get_filename() for part in sink.taken[-1].mail.iter_attachments()] == expected
    assert text_of(sink.taken[1].mail).endswith("See the pictures.")
    assert await refused(mailbox.admin, message_id, wanted(files=["elsewhere"])) == "unknown_file"


async def test_nobody_who_answers_it_comes_into_the_customers_conversation(mailbox: Mailbox, sink: Sink) -> None:
    await connect(mailbox.admin, mailbox.inbox_id, EmailInboxInput(mailbox.address, "Harbour Lights", numbers_subjects=True))
    mail = await came(mailbox, Cc=BEN)
    number = (await conversation(mailbox, mail)).number
    tagged = key_to(mailbox, mail)
    body = f"Who wrote to {tagged}?\r\n\r\nOn Mon, 2 Nov 2026 at 10:00, Harbour Lights <{tagged.upper()}> wrote:\r\n> Is it on?"
    second = await came(mailbox, to=tagged, subject=f"Re: A lamp [#{number}]", body=body)
    assert joined(mail, second)
    sent = await forwarded(mailbox, second.message_id)
    await tried(mailbox, sent)
    [taken] = sink.taken
    assert str(taken.mail["Reply-To"]).endswith(f"<{mailbox.address}>")
    assert taken.mail["Subject"] == "Fwd: Re: A lamp"
    assert "Who wrote to" in text_of(taken.mail)
    assert tagged.partition("+")[2].lower() not in taken.mail.as_string().lower().replace("=\n", "")
    for sender in (EVE, BEN, IDA):  # these two take part in the conversation already
        back = await came(mailbox, sender, subject=f"Re: {taken.mail['Subject']}", In_Reply_To=str(taken.mail["Message-ID"]))
        assert (back.state, back.conversation_id != mail.conversation_id) == ("created", True)
        assert back.conversation_id
        [came_back] = await reading.of_conversation(mailbox.admin, back.conversation_id)
        assert came_back.about
        assert (came_back.about.conversation_id, came_back.about.number) == (mail.conversation_id, number)
    assert not joined(mail, await came(mailbox, EVE, In_Reply_To=f"<{mail.internet_message_id}>"))


async def test_people_answer_what_comes_back_and_not_the_ai_agent(mailbox: Mailbox, sink: Sink) -> None:
    await pool().execute("UPDATE inboxes SET ai_enabled = true WHERE id = $1", mailbox.inbox_id)
    mail = await came(mailbox)
    assert (await conversation(mailbox, mail)).handler == "ai"
    await tried(mailbox, await forwarded(mailbox, mail.message_id))
    back = await came(mailbox, EVE, In_Reply_To=str(sink.taken[0].mail["Message-ID"]))
    assert (await conversation(mailbox, back)).handler == "human"


async def test_a_link_to_what_one_may_not_see_is_none(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    await tried(mailbox, await forwarded(mailbox, mail.message_id))
    back = await came(mailbox, EVE, In_Reply_To=str(sink.taken[0].mail["Message-ID"]))
    agent = await an_outsider(mailbox)
    assert back.conversation_id
    await conversations.assign(mailbox.admin, back.conversation_id, AssignInput(assignee_id=agent.id))
    [view] = await reading.of_conversation(agent, back.conversation_id)
    assert view.about is None


async def test_a_forward_of_another_installation_is_a_mail_like_any_other(mailbox: Mailbox) -> None:
    foreign = "lacasa-fwd.1.2.0123456789abcdef0123@example.net"
    mail = await came(mailbox)
    await pool().execute("UPDATE message_mails SET internet_message_id = $2 WHERE message_id = $1", mail.message_id, foreign)
    assert joined(mail, await came(mailbox, In_Reply_To=f"<{foreign}>"))


async def test_its_customer_hears_of_nothing(mailbox: Mailbox) -> None:
    visitor, opened = await a_message(await an_inbox(mailbox.admin))
    await pool().execute(
        "UPDATE conversations SET channel = 'email', inbox_id = $2 WHERE id = $1", opened.conversation.id, mailbox.inbox_id
    )
    before = await pool().fetch(TOLD, opened.conversation.id)
    await forwarded(mailbox, opened.message.id, wanted(comment="A secret"))
    taken_back = await forwarded(mailbox, opened.message.id, wanted(comment="Another secret"))
    await undoing.undo(mailbox.admin, taken_back.message.id)
    read = await messages_queries.visitor_thread(visitor, opened.conversation.token, None, 40)
    assert [message.content for message in read.messages] == [opened.message.content]
    assert read.conversation.last_seq == 1
    assert await pool().fetch(TOLD, opened.conversation.id) == before
    assert await pool().fetch(WITHDRAWN, opened.conversation.id) == [(True,)]


@pytest.mark.parametrize("status", ["open", "pending", "resolved", "closed"])
async def test_it_answers_nobody_so_nothing_else_changes(mailbox: Mailbox, sink: Sink, status: str) -> None:
    mail = await came(mailbox)
    assert mail.conversation_id
    if status == "pending":
        await answer(mailbox, mail)
    elif status in {"resolved", "closed"}:
        await conversations.resolve(mailbox.admin, mail.conversation_id)
    if status == "closed":
        await conversations.close(mailbox.admin, mail.conversation_id)
    before = await conversation(mailbox, mail)
    assert before.status == status
    sent = await forwarded(mailbox, mail.message_id)
    again = await forwarded(mailbox, mail.message_id)
    await undoing.undo(mailbox.admin, again.message.id)
    await tried(mailbox, sent)
    after = await conversation(mailbox, mail)
    same = (
        "status", "waiting_since", "first_response_at", "preview", "public_seq", "handler", "handler_epoch", "assignee_id", "resolved_at",
        "closed_at", "contact_read_seq", "subject",
    )  # fmt: skip
    assert {name: getattr(after, name) for name in same} == {name: getattr(before, name) for name in same}
    assert len(sink.taken) == 1


async def test_a_reply_that_comes_after_goes_to_its_customer_alone(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    await tried(mailbox, await forwarded(mailbox, mail.message_id))
    await tried(mailbox, await answer(mailbox, mail))
    assert sink.taken[1].recipients == ["ida@example.org"]
    assert sink.taken[1].mail["References"] == f"<{mail.internet_message_id}>"
    assert mail.conversation_id
    known = await pool().fetch("SELECT address FROM conversation_participants WHERE conversation_id = $1", mail.conversation_id)
    assert [row["address"] for row in known] == ["ida@example.org"]


async def test_it_waits_and_can_be_taken_back_as_a_reply(mailbox: Mailbox, sink: Sink) -> None:
    await preferences.save(mailbox.admin, 30)
    mail = await came(mailbox)
    sent = await forwarded(
        mailbox, mail.message_id, wanted(comment="Not this\n\nat all", cc=[PersonInput("fay@example.com", "Fay")])
    )
    row = await pool().fetchrow(ROW, sent.message.id)
    assert (row["leaves_at"] - row["created_at"]).total_seconds() == pytest.approx(30, abs=1)
    assert await pool().fetchval("SELECT run_at FROM jobs WHERE key = $1", f"outbound:{row['id']}") == row["leaves_at"]
    taken = await undoing.undo(mailbox.admin, sent.message.id)
    assert taken.recipients
    assert [(one.name, one.address) for one in taken.recipients.cc] == [("Fay", "fay@example.com")]
    assert (taken.forwards_id, taken.comment) == (mail.message_id, "Not this\n\nat all")
    assert [message.content for message in await thread(mailbox, mail)] == ["My lamp is dark.", ""]
    assert ((await tried(mailbox, sent))["state"], sink.taken) == ("withdrawn", [])
    plain = await messages.note(mailbox.admin, sent.conversation.id, NoteInput(client_id(), "A note"))
    with pytest.raises(Conflict) as found:
        await undoing.undo(mailbox.admin, plain.message.id)
    assert found.value.reason == "no_mail"


async def test_what_its_writer_took_back_in_the_meantime_is_not_sent_on(mailbox: Mailbox, sink: Sink) -> None:
    ours = await answer(mailbox, await came(mailbox))
    sent = await forwarded(mailbox, ours.message.id)
    await undoing.undo(mailbox.admin, ours.message.id)
    row = await tried(mailbox, sent)
    assert (row["state"], row["reason"], sink.taken) == ("failed", quoting.GONE, [])
    assert await refused(mailbox.admin, ours.message.id) == "no_mail"


async def test_its_bounce_marks_the_note_and_nothing_else(mailbox: Mailbox, sink: Sink) -> None:
    mail = await came(mailbox)
    assert mail.conversation_id
    await conversations.resolve(mailbox.admin, mail.conversation_id)
    sent = await forwarded(mailbox, mail.message_id, wanted("ida@example.org"))
    await tried(mailbox, sent)
    report = await whole(mailbox, about(mailbox, str(sink.taken[0].mail["Message-ID"])), "")
    assert (report.state, report.message_id) == ("ignored", sent.message.id)
    assert (await pool().fetchrow(ROW, sent.message.id))["state"] == "bounced"
    opened = await conversation(mailbox, mail)
    assert opened.status == "resolved"
    assert await pool().fetchval(STATUS, opened.contact_id) == "subscribed"


async def test_what_cannot_be_forwarded_or_not_to_them(mailbox: Mailbox) -> None:
    other = await a_mailbox(mailbox.admin)
    mail = await came(mailbox)
    assert await refused(mailbox.admin, mail.message_id, wanted(other.tagged("x"))) == "own_address"
    many = {"cc": [PersonInput(f"a{number}@example.com") for number in range(100)]}
    assert await refused(mailbox.admin, mail.message_id, wanted(**many)) == "too_many_recipients"
    sent = await forwarded(mailbox, mail.message_id)
    assert await refused(mailbox.admin, sent.message.id) == "no_mail"
    _, chat = await a_message(await an_inbox(mailbox.admin))
    assert await refused(mailbox.admin, (await a_reply(mailbox.admin, chat)).message.id) == "not_email"
    for stranger in (await an_organization(), await an_outsider(mailbox)):
        with pytest.raises(NotFound):
            await forwarding.forward(stranger, mail.message_id or 0, wanted())
    with pytest.raises(NotFound):
        await forwarding.forward(mailbox.admin, 2**62, wanted())


async def test_a_long_list_is_counted_on_the_first_line(mailbox: Mailbox) -> None:
    mail: Came = await came(mailbox)
    long = [f"{'a' * 40}{number}@example.com" for number in range(100)]
    sent = await forwarded(mailbox, mail.message_id, wanted(*long, comment="c" * 9000))
    first, _, rest = sent.message.content.partition("\n\n")
    assert (len(first) < 900, rest) == (True, "c" * 9000)
    assert first.count("@") + int(first.rpartition("+")[2]) == 100


INVALID: list[dict[str, Any]] = [
    {"to": []}, {"to": [{"address": "nobody"}]}, {"comment": "a" * 9001}, {"comment": "\x00"}, {"files": ["a"] * 51}, {"client_id": "short"},
    {"to": [{"address": "ida@example.org", "name": "a\nBcc: eve@example.com"}]}, {"content": "?"},
]  # fmt: skip


@pytest.mark.parametrize("changes", INVALID)
async def test_over_http_bad_input_is_refused_with_words(mailbox: Mailbox, changes: dict[str, Any]) -> None:
    mail = await came(mailbox)
    cookie = {"Cookie": f"{sessions.COOKIE}={sessions.cookie_for(mailbox.admin.session_id or 0)}"}
    body = {"client_id": client_id(), "to": [{"address": "eve@example.com"}]}
    transport = httpx.ASGITransport(app=create_app())
    async with httpx.AsyncClient(
        transport=transport, base_url="http://lacasa", headers=cookie | {"Origin": "http://lacasa"}
    ) as client:
        answer = await client.post(f"/api/messages/{mail.message_id}/forward", json=body | changes)
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
        answer = await client.post(f"/api/messages/{mail.message_id}/forward", json=body)
        assert answer.status_code == 201


async def test_a_tag_is_taken_out_of_any_text(connected: Any) -> None:
    del connected
    tagged = names.tagged("support@example.com", 1, 42)
    text = f"to {tagged}, mailto:{tagged.replace('+', '%2B')} and ida+c4-lamp@example.org"
    broken = tagged.replace("-", "-\n> ")
    assert names.untagged(f"to {broken}") == "to support@example.com"
    assert names.untagged(text) == "to support@example.com, mailto:support@example.com and ida+c4-lamp@example.org"
    for encoded in ("%252B", "%25252b"):
        assert (
            names.untagged(f"https://safe.example/?u=mailto:{tagged.replace('+', encoded)}")
            == "https://safe.example/?u=mailto:support@example.com"
        )
