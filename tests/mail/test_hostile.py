"""What hostile mails and odd mail servers can do to a row: it always ends somewhere, and nothing of the server's address is told."""

import asyncio

import pytest

from core.channels.email import jobs
from core.channels.email.servers import reaching
from core.database import pool
from core.errors import Misconfigured
from tests.mail.gateway import Mailbox
from tests.mail.sink import Sink
from tests.mail.test_sending import ROW, answer, mailbox, sink, tried
from tests.mail.test_threads import came
from tests.mail.test_understanding import whole

__all__ = ["mailbox", "sink"]

HOSTILE = [
    b'From: "I\x00da\xff" <ida@example.org>\r\nTo: "N\x00\xed\xa0\x80" <b\x00en@example.net>\r\nSubject: a\x00\xff\r\n'
    b"Message-ID: <a\x00\xff@x>\r\nReply-To: =?utf-8?q?a=00b=0D=0AX-Evil:_yes?= <c@example.net>\r\n\r\n"
    b"Hello\r\n\r\n-- \r\nIda\x00 \xff\xed\xa0\x80\r\n",
    b"From: =?utf-8?q?=00=ED=A0=80?= <ida@example.org>\r\nCc: "
    + b", ".join(b"p%d@example.net" % number for number in range(500))
    + b"\r\n\r\nHi\r\n> a\x00b\r\n",
    b"From: ida@example.org\r\nSubject: big\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n" + b"> +2AA- x\x00\r\n" * 200_000,
    b"From: ida@example.org\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi\r\n"
    b"--b\r\nContent-Type: a\x00/b\r\n"
    b"Content-Disposition: attachment; filename*=utf-8''%00%ED%A0%80..%2F\r\n\r\nxyz\r\n--b--\r\n",
]  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE)
async def test_a_hostile_mail_becomes_a_message_that_can_be_answered(mailbox: Mailbox, sink: Sink, raw: bytes) -> None:
    mail = await whole(mailbox, raw)
    assert mail.state == "created"
    row = await tried(mailbox, await answer(mailbox, mail))
    assert (row["state"], row["reason"]) == ("sent", "")
    assert sink.taken[0].mail["X-Evil"] is None


async def test_a_mail_whose_worker_died_at_the_last_attempt_is_uncertain(mailbox: Mailbox, sink: Sink) -> None:
    sent = await answer(mailbox, await came(mailbox))
    mail_id = (await pool().fetchrow(ROW, sent.message.id))["id"]
    await pool().execute("UPDATE outbound_mails SET state = 'sending' WHERE id = $1", mail_id)
    await jobs.give_up(mailbox.admin.organization_id, mail_id)
    row = await pool().fetchrow(ROW, sent.message.id)
    assert row["state"] == "uncertain"
    assert row["reason"]
    assert row["settled_at"]


async def test_what_a_server_says_in_no_encoding_is_still_an_answer(
    mailbox: Mailbox, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    def say(writer: asyncio.StreamWriter, said: str) -> bool:
        writer.write(said.encode("latin-1") + b"\r\n")
        return said[0] in "23"

    monkeypatch.setattr(sink, "_say", say)
    sink.answers["rcpt"].append("550 refus\xe9 \x00 ici")
    row = await tried(mailbox, await answer(mailbox, await came(mailbox)))
    assert row["state"] == "failed"
    assert row["reason"].startswith("550 refus")


def test_a_password_is_not_told_by_an_address_that_is_none() -> None:
    for url in ("smtp://ida:sec/ret@mail.example.org:587", "smtp://ida:secret@mail.example.org:secret", "smtp://ida:secret@[mail"):
        with pytest.raises(Misconfigured) as caught:
            reaching.of_url(url)
        assert "sec" not in str(caught.value)


@pytest.mark.parametrize(("step", "other"), [(3, "sending"), (4, "uncertain")], ids=["at RCPT", "at DATA"])
async def test_who_lost_its_mail_to_another_worker_does_not_queue_it_again(
    mailbox: Mailbox, sink: Sink, monkeypatch: pytest.MonkeyPatch, step: int, other: str
) -> None:
    """Else it goes out twice (the other is still sending), or waits for a job that is done."""
    sent = await answer(mailbox, await came(mailbox))
    steps = 0

    async def pause() -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            await pool().execute("UPDATE outbound_mails SET state = $2 WHERE message_id = $1", sent.message.id, other)

    sink.answers["end"].append("451 later")
    monkeypatch.setattr(sink, "pause", pause)
    row = await tried(mailbox, sent)
    assert row["state"] == other
