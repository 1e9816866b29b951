"""LMTP and SMTP as mail servers speak them to us: an answer for each recipient, and 250 only for what is committed."""

import asyncio
import smtplib
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from core.channels.email.gateway import accept as gateway
from core.channels.email.gateway import room, smtp
from core.channels.email.gateway.errors import unknown
from core.channels.email.gateway.server import Server
from core.errors import Unavailable
from core.settings import settings
from tests.mail.gateway import SENDER, Mailbox, a_mail, a_mailbox, mails

pytestmark = pytest.mark.usefixtures("connected")
LIMIT = settings().mail_max_mb * 1024 * 1024


@pytest.fixture
async def port() -> AsyncIterator[int]:
    server = Server("127.0.0.1", 0, connections=5)
    yield await server.open()
    await server.close()


@pytest.fixture
async def mailbox() -> Mailbox:
    return await a_mailbox()


async def lmtp(port: int, talk: Callable[[smtplib.LMTP], Any]) -> Any:
    """`talk(client)` in a thread, for the server is in this one."""

    def connected() -> Any:
        with smtplib.LMTP("127.0.0.1", port, timeout=20) as client:
            client.ehlo_or_helo_if_needed()
            return talk(client)

    return await asyncio.to_thread(connected)


async def dialogue(port: int, sent: bytes, *, until: bytes = b"221 ") -> str:
    """What is answered to bytes of whatever kind, until the server hangs up or has said `until`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    answer = b""
    while until not in answer and (piece := await asyncio.wait_for(reader.read(65536), 20)):
        answer += piece
    writer.close()
    return answer.decode()


def deliver(recipients: list[str], raw: bytes) -> Callable[[smtplib.LMTP], list[tuple[int, bytes]]]:
    def talk(client: smtplib.LMTP) -> list[tuple[int, bytes]]:
        client.mail(SENDER)
        told = [client.rcpt(recipient) for recipient in recipients]
        answers = [client.data(raw)]
        answers += [client.getreply() for code, _ in told[1:] if code == 250]
        return answers

    return talk


async def test_a_mail_is_kept_byte_by_byte(port: int, mailbox: Mailbox) -> None:
    raw = a_mail(".\r\n..\r\n.x\r\nline\r\n. \r\n\r\n.")
    [(code, _)] = await lmtp(port, deliver([mailbox.tagged("t1")], raw))
    [row] = await mails(mailbox)
    assert (code, row["content"], row["way"], row["mail_from"], row["recipient"]) == (
        250,
        raw,
        "lmtp",
        SENDER,
        mailbox.tagged("t1"),
    )


async def test_each_recipient_has_an_answer_of_its_own(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = [await a_mailbox() for _ in range(3)]
    original, raw, broken = gateway._store, a_mail(), boxes[1]

    async def store(inbox: Any, *more: Any) -> int | None:
        if inbox.inbox_id == broken.inbox_id:
            raise Unavailable
        return await original(inbox, *more)

    monkeypatch.setattr(gateway, "_store", store)
    addresses = [box.address for box in boxes]
    assert [code for code, _ in await lmtp(port, deliver(addresses, raw))] == [250, 451, 250]
    assert [len(await mails(box)) for box in boxes] == [1, 0, 1]
    monkeypatch.undo()
    assert [code for code, _ in await lmtp(port, deliver(addresses[1:2], raw))] == [250]
    assert [code for code, _ in await lmtp(port, deliver(addresses, raw))] == [250, 250, 250]
    assert [len(await mails(box)) for box in boxes] == [1, 1, 1]


async def test_a_defect_of_ours_is_no_bounce(port: int, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(gateway, "_store", broken)
    [(code, _)] = await lmtp(port, deliver([mailbox.address], a_mail()))
    assert code == 451


async def test_strangers_addresses_are_refused_before_any_mail_is_sent(port: int, mailbox: Mailbox) -> None:
    def talk(client: smtplib.LMTP) -> list[tuple[int, bytes]]:
        client.mail("")
        others = [f"nobody@{mailbox.address.partition('@')[2]}", "ida@example.org", f"{mailbox.address}%relay@example.org"]
        return [client.rcpt(address) for address in [*others, mailbox.address]]

    assert [(code, words[:6]) for code, words in await lmtp(port, talk)] == [(550, b"5.1.1 ")] * 3 + [(250, b"2.1.5 ")]


async def test_what_is_too_large_is_refused_however_it_is_announced(port: int, mailbox: Mailbox) -> None:
    def announced(client: smtplib.LMTP) -> tuple[int, bytes]:
        return client.mail(SENDER, [f"SIZE={LIMIT + 1}"])

    def sent(client: smtplib.LMTP) -> list[tuple[int, bytes]]:
        client.mail(SENDER)
        client.rcpt(mailbox.address)
        return [client.data(b"x\r\n" * (LIMIT // 3 + 10)), client.noop()]

    code, words = await lmtp(port, announced)
    assert (code, words[:5]) == (552, b"5.3.4")
    (code, words), (still, _) = await lmtp(port, sent)
    assert (code, words[:5], still) == (552, b"5.3.4", 250)
    assert await mails(mailbox) == []
    assert room.room().held == 0


async def test_without_room_a_mail_comes_later(port: int, mailbox: Mailbox) -> None:
    with room.Share(LIMIT), room.Share(LIMIT), room.Share(room.room()._most - 2 * LIMIT - 100):
        [(code, words)] = await lmtp(port, deliver([mailbox.address], a_mail("x" * 300)))
        assert (code, words[:5]) == (451, b"4.3.2")
    [(code, _)] = await lmtp(port, deliver([mailbox.address], a_mail("x" * 300)))
    assert code == 250


@pytest.mark.parametrize(
    "dot", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r.\r\n", b"\r\n.\r", b"\r\n\x00.\r\n", b"\n.\r\n\n.\n"]
)
async def test_only_a_dot_between_whole_line_breaks_ends_a_mail(dot: bytes, port: int, mailbox: Mailbox) -> None:
    """Two servers that differ about it make one mail into two: the second with an envelope of the sender's choice."""
    second = f"MAIL FROM:<ceo@example.com>\r\nRCPT TO:<{mailbox.address}>\r\nDATA\r\nSubject: forged\r\n\r\nPay.".encode()
    body = a_mail().replace(b"\r\n", b"\r\n", 1) + b"before" + dot + second
    opening = f"EHLO relay\r\nMAIL FROM:<{SENDER}>\r\nRCPT TO:<{mailbox.address}>\r\nDATA\r\n".encode()
    answer = await dialogue(port, opening + body + b"\r\n.\r\nQUIT\r\n")
    assert [line[:3] for line in answer.splitlines() if not line.startswith("250-")][-3:] == ["354", "250", "221"]
    [row] = await mails(mailbox)
    assert row["mail_from"] == SENDER
    assert row["content"] == (body + b"\r\n").replace(b"\r\n.\n", b"\r\n\n").replace(b"\r\n.\r", b"\r\n\r")


@pytest.mark.parametrize("refusal", [Unavailable(), unknown()])
async def test_smtp_has_one_answer_and_asks_for_all_again(refusal: Exception, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    boxes, raw = [await a_mailbox() for _ in range(2)], a_mail()
    original = gateway._store

    async def store(inbox: Any, *more: Any) -> int | None:
        if inbox.inbox_id == boxes[0].inbox_id:
            raise refusal
        return await original(inbox, *more)

    def sent() -> dict[str, tuple[int, bytes]]:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            return client.sendmail(SENDER, [box.address for box in boxes], raw)

    monkeypatch.setattr(gateway, "_store", store)
    with pytest.raises(smtplib.SMTPDataError) as later:
        await asyncio.to_thread(sent)
    assert later.value.smtp_code == 451
    monkeypatch.undo()
    assert await asyncio.to_thread(sent) == {}
    assert [len(await mails(box)) for box in boxes] == [1, 1]


async def test_a_mail_that_breaks_off_is_not_kept(port: int, mailbox: Mailbox) -> None:
    opening = f"LHLO relay\r\nMAIL FROM:<>\r\nRCPT TO:<{mailbox.address}>\r\nDATA\r\n".encode()
    await dialogue(port, opening + a_mail(), until=b"354 ")
    await asyncio.sleep(0.2)
    assert await mails(mailbox) == []
    assert room.room().held == 0


async def test_commands_that_are_not_offered_are_refused(port: int) -> None:
    offered = await dialogue(port, b"EHLO x\r\nQUIT\r\n")
    assert f"SIZE {LIMIT}" in offered
    assert not any(word in offered for word in ("AUTH", "VRFY", "EXPN", "STARTTLS", "CHUNKING"))
    answer = await dialogue(
        port, b"EHLO x\r\nVRFY a\r\nEXPN a\r\nAUTH PLAIN AGEAYg==\r\nSTARTTLS\r\nTURN\r\nBDAT 3 LAST\r\nQUIT\r\n"
    )
    assert answer.count("502 5.5.1") == 6


@pytest.mark.parametrize(
    "sent",
    [
        b"DATA\r\n", b"MAIL FROM:<a@b.c>\r\n", b"LHLO\r\n", b"LHLO x\r\nRCPT TO:<a@b.c>\r\n", b"LHLO x\r\nMAIL FROM:a@b.c\r\n",
        b"LHLO x\r\nMAIL FROM:<a@b.c\r\n", b"LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<>\r\n", b"LHLO x\r\nMAIL FROM:<>\r\nDATA\r\n",
        b"LHLO x\r\nMAIL FROM:<>\r\nMAIL FROM:<>\r\n", b"\r\n", b"\xff\xfe\r\n",
    ],
)  # fmt: skip
async def test_what_makes_no_sense_is_told_and_outlived(sent: bytes, port: int) -> None:
    answer = await dialogue(port, sent + b"NOOP\r\nQUIT\r\n")
    assert [line[0] for line in answer.splitlines()][-3:] == ["5", "2", "2"]


@pytest.mark.parametrize("sent", [b"NOOP\nNOOP\r\n", b"NOOP\rNOOP\r\n", b"NOOP " + b"x" * 100_000, b"GET / HTTP/1.1\r\n" * 30])
async def test_who_speaks_another_language_is_sent_away(sent: bytes, port: int) -> None:
    answer = await dialogue(port, sent, until=b"never")
    assert answer.splitlines()[-1][:3] in {"500", "421"}


async def test_recipients_and_connections_are_limited(port: int, mailbox: Mailbox) -> None:
    to = f"RCPT TO:<{mailbox.address}>\r\n" * (smtp.RECIPIENTS + 1)
    answer = await dialogue(port, f"LHLO x\r\nMAIL FROM:<>\r\n{to}QUIT\r\n".encode())
    assert (answer.count("250 2.1.5"), answer.count("452 4.5.3")) == (smtp.RECIPIENTS, 1)
    held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
    assert (await held[-1][0].readline()).startswith(b"220")
    assert (await dialogue(port, b"", until=b"421 4.3.2")).startswith("421 4.3.2")
    for _, writer in held:
        writer.close()
    await asyncio.sleep(0.2)
    assert (await dialogue(port, b"QUIT\r\n")).startswith("220")


async def test_silence_ends(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "COMMAND_S", 0.2)
    assert "421 4.4.2" in await dialogue(port, b"EHLO x\r\n", until=b"never")


async def test_dripping_ends(port: int, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "MAIL_S", 0.5)
    opening = f"LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<{mailbox.address}>\r\nDATA\r\nSubject".encode()
    assert "421 4.4.2" in await dialogue(port, opening, until=b"421 ")
    assert await mails(mailbox) == []


async def test_who_is_told_to_end_keeps_what_is_under_way(mailbox: Mailbox) -> None:
    server = Server("127.0.0.1", 0)
    port = await server.open()
    idle, its_writer = await asyncio.open_connection("127.0.0.1", port)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<{mailbox.address}>\r\nDATA\r\n".encode())
    await reader.readuntil(b"354 go on; end with a dot\r\n")
    closing = asyncio.create_task(server.close())
    await asyncio.sleep(0.1)
    assert (await idle.read()).endswith(b"421 4.3.2 closing\r\n")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
    writer.write(a_mail() + b".\r\n")
    assert (await reader.readline()).startswith(b"250")
    for each in (writer, its_writer):
        each.close()
    await closing
    assert len(await mails(mailbox)) == 1
