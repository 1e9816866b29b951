"""Lines to an inbox's own server, in TLS and signed; and lines that are not what they should be."""

import asyncio
from collections.abc import AsyncIterator
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from core.channels.email.bulk import framing, line
from core.channels.email.bulk.framing import Envelope, Frame
from core.channels.email.bulk.line import Line
from core.channels.email.servers import actions as servers
from core.channels.email.servers.reaching import Server
from core.channels.email.servers.structs import Security
from core.mailing.structs import Tally
from core.templates.compiling import Mail
from tests.consent.people import Shop, a_shop
from tests.mail.sink import Sink
from tests.mail.test_own_server import Started, given, names, start
from tests.mail.test_sending import sink
from tests.mail.test_signatures import a_signed, verified
from tests.mailing.source import a_campaign

__all__ = ["names", "sink", "start"]
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=300)


@pytest.fixture
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    async with a_shop() as shop:
        yield shop


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_mail_goes_by_the_inboxs_own_server_and_stays_in_tls(
    shop: Shop, sink: Sink, start: Started, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await a_campaign(shop, monkeypatch, 4)
    office = await start(security)
    await servers.save(shop.admin, campaign.mailbox.inbox_id, given(office, security))
    assert await campaign.go() == Tally(sent=4)
    assert (len(office.taken), len(sink.taken)) == (4, 0)
    await servers.save(shop.admin, campaign.mailbox.inbox_id, given(office, security, password="wrong"))


async def test_a_wrong_password_pauses(shop: Shop, sink: Sink, start: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 2)
    office = await start()
    await servers.save(shop.admin, campaign.mailbox.inbox_id, given(office, password="wrong"))
    assert await campaign.go() == Tally(queued=2)
    view = await campaign.view()
    assert (view.state, view.pause_reason, view.pause_detail[:3]) == ("paused", "password_refused", "535")
    assert sink.taken == []


async def test_both_headers_of_one_click_are_signed(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = await a_campaign(shop, monkeypatch, 1)
    kept: list[bytes] = []
    monkeypatch.setattr(sink, "keep", lambda raw, said: kept.append(raw))
    view = await a_signed(campaign.mailbox)
    assert await campaign.go() == Tally(sent=1)
    signature = kept[0].partition(b"bh=")[0]
    assert (b"list-unsubscribe:" in signature, b"list-unsubscribe-post:" in signature, verified(kept[0], view)) == (
        True,
        True,
        True,
    )
    assert not verified(
        kept[0]
        .replace(b"List-Unsubscribe: <https", b"List-Unsubscribe: <http")
        .replace(b"List-Unsubscribe: <http:", b"List-Unsubscribe: <x:"),
        view,
    )


@over(WORDS, WORDS, st.text(max_size=400))
def test_a_mail_reads_as_it_was_written(text: str, html: str, subject: str) -> None:
    envelope = Envelope("ida@example.org", "news+m1-x@example.com", "lacasa-mail.1.abc@example.com", "https://lacasa.example/u")
    raw = Frame("Harbör Lights", "news@example.com", is_bulk=True).filled(Mail(subject, html, text), envelope)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    mail = BytesParser(policy=default).parsebytes(raw)
    bodies = [mail.get_body((kind,)) for kind in ("plain", "html")]
    assert [body.get_content().replace("\r\n", "\n").rstrip("\n") for body in bodies if body] == [
        text.rstrip("\n"),
        html.rstrip("\n"),
    ]
    assert (mail["To"], mail["Message-ID"], mail["List-Unsubscribe"]) == (
        "ida@example.org", "<lacasa-mail.1.abc@example.com>", "<https://lacasa.example/u>",
    )  # fmt: skip
    assert " ".join(str(mail["Subject"]).split()) == " ".join(framing.people.line(subject, framing.SUBJECT_MAX).split())


@over(st.lists(st.sampled_from([b".", b"..", b".x", b"x", b"", b"."]), max_size=8))
def test_no_line_of_a_mail_ends_it(lines: list[bytes]) -> None:
    raw = b"\r\n".join([b"A: b", b"", *lines, b""])
    sent = line.stuffed(raw)
    assert sent.endswith(b"\r\n.\r\n")
    assert sent.index(b"\r\n.\r\n") == len(sent) - 5
    assert sent[:-3].replace(b"\r\n..", b"\r\n.") == raw


@pytest.mark.parametrize("said", [b"", b"no smtp at all\r\n", b"250", b"\xff\xfe\r\n", b"250 yes\r\n" * 3 + b"354 go\r\n"])
async def test_a_server_that_speaks_anything_else_is_no_harm(said: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 odd\r\n")
        await reader.readline()
        writer.write(b"250 odd\r\n")
        await reader.readline()
        writer.write(said)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        async with line.opened(Server(host="127.0.0.1", port=port, security="none")) as found:
            assert isinstance(found, Line)
            result = await asyncio.wait_for(found.deliver("a@b.example", "c@d.example", b"x\r\n.\r\n"), 5)
            assert result.fate.how in {"not_tried", "later", "uncertain"}
            assert not found.is_open or result.fate.how == "later"
