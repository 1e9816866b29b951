"""Mail that is signed by the key of its sender's domain, checked by another implementation; and the record that others check it by."""

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import dkim
import dns.asyncresolver
import pytest
from cryptography.hazmat.primitives import serialization

from core.channels.email.dkim import actions, queries, records, signing
from core.channels.email.dkim.structs import SigningInput, SigningView
from core.database import pool
from core.errors import Forbidden, NotFound
from tests.factories import a_member
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.office import NameServer
from tests.mail.sink import Sink
from tests.mail.test_sending import answer, mailbox, sink, tried
from tests.mail.test_threads import came

__all__ = ["mailbox", "sink"]


class Kept(Sink):
    """Keeps mails byte by byte."""

    def __init__(self) -> None:
        super().__init__()
        self.raw: list[bytes] = []

    def keep(self, raw: bytes, said: str) -> None:
        del said
        self.raw.append(raw)


@pytest.fixture
async def dns_server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[NameServer]:
    transport, server = await asyncio.get_running_loop().create_datagram_endpoint(NameServer, local_addr=("127.0.0.1", 0))

    def resolver() -> dns.asyncresolver.Resolver:
        found = dns.asyncresolver.Resolver(configure=False)
        found.nameservers, found.port = ["127.0.0.1"], server.port
        return found

    monkeypatch.setattr(records, "resolver", resolver)
    monkeypatch.setattr(records, "ANSWER_S", 1.0)
    yield server
    transport.close()


def verified(raw: bytes, view: SigningView) -> bool:
    """By dkimpy, against the record that admins are told to publish."""
    assert view.key
    key = view.key

    def look_up(name: bytes, timeout: int = 5) -> bytes | None:
        del timeout
        return key.value.encode() if name.decode().rstrip(".") == key.name else None

    return bool(dkim.verify(raw, dnsfunc=look_up))


async def a_signed(mailbox: Mailbox) -> SigningView:
    await actions.make(mailbox.admin, mailbox.inbox_id)
    return await actions.switch(mailbox.admin, mailbox.inbox_id, SigningInput(True))


async def test_an_answer_is_signed_once_an_admin_said_so(mailbox: Mailbox, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[bytes] = []
    monkeypatch.setattr(sink, "keep", lambda raw, said: kept.append(raw))
    view = await actions.make(mailbox.admin, mailbox.inbox_id)
    assert view.key
    assert (view.domain, view.key.is_on) == ("example.com", False)
    await tried(mailbox, await answer(mailbox, await came(mailbox)))
    assert b"DKIM-Signature" not in kept[0]
    view = await actions.switch(mailbox.admin, mailbox.inbox_id, SigningInput(True))
    content = "Is it plugged in?  \n\n.\n\tbén — größer\n" + "a very long line " * 40 + "\n\n\n"
    await tried(mailbox, await answer(mailbox, await came(mailbox), content))
    assert verified(kept[1], view)
    assert not verified(kept[1].replace(b"plugged", b"blocked"), view)
    for head in (b"From: Eve <eve@example.org>", b"Subject: Another", b"To: eve@example.org"):
        assert not verified(head + b"\r\n" + kept[1], view), head
    await actions.switch(mailbox.admin, mailbox.inbox_id, SigningInput(False))
    await tried(mailbox, await answer(mailbox, await came(mailbox)))
    assert b"DKIM-Signature" not in kept[2]


BODIES = [b"", b"\r\n", b"Hi", b"Hi\r\n\r\n\r\n", b" \r\n\t\r\n", b"a  b\t \t c \r\n d\r\n", b"one\ntwo\rthree\r\n", b"x" * 3000]
HEADS = [
    b"From: Ida <ida@example.com>",
    b"From:Ida\r\n   <ida@example.com>\r\nSubject: a\r\n\tb  c \r\nTo: x@example.org",
    b"from: ida@example.com\r\nX-Other: 1\r\nReferences: <a@b>\r\n <c@d>\r\nDate:Thu, 1 Jan 1970 00:00:00 +0000",
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("body", BODIES)
def test_whatever_a_mail_looks_like_another_implementation_finds_its_signature_right(head: bytes, body: bytes) -> None:
    raw = signing.signed(head + b"\r\n\r\n" + body, domain="example.com", selector="s1", key=KEY, at_s=1_700_000_000)
    assert dkim.verify(raw, dnsfunc=lambda name, timeout=5: records.value(signing.public_half(KEY)).encode())
    assert all(len(line) <= 998 for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n"))


KEY = signing.new_key()


async def test_the_key_is_sealed_and_the_same_however_often_it_is_asked_for(mailbox: Mailbox) -> None:
    first = await actions.make(mailbox.admin, mailbox.inbox_id)
    assert await actions.make(mailbox.admin, mailbox.inbox_id) == first
    other = await a_mailbox(mailbox.admin)
    assert (await queries.view(mailbox.admin, other.inbox_id)).key == first.key, "one record for all inboxes of a domain"
    stranger = await a_mailbox()
    assert (await queries.view(stranger.admin, stranger.inbox_id)).key is None
    sealed, public = await pool().fetchrow(
        "SELECT sealed_key, public_key FROM dkim_keys WHERE organization_id = $1", mailbox.admin.organization_id
    )
    raw = base64.urlsafe_b64decode(sealed + "==")
    assert base64.b64decode(public)[40:80] not in raw
    assert first.key
    assert first.key.value == f"v=DKIM1; k=rsa; p={public}"
    loaded: Any = serialization.load_der_public_key(base64.b64decode(public))
    assert loaded.key_size == 2048
    member = await a_member(mailbox.admin, "agent")
    with pytest.raises(Forbidden):
        await queries.view(member, mailbox.inbox_id)


async def test_a_key_that_is_thrown_away_signs_no_more_and_the_next_has_another_name(mailbox: Mailbox, sink: Sink) -> None:
    before = await a_signed(mailbox)
    for _ in range(2):
        await actions.remove(mailbox.admin, mailbox.inbox_id)
    with pytest.raises(NotFound):
        await actions.switch(mailbox.admin, mailbox.inbox_id, SigningInput(True))
    await tried(mailbox, await answer(mailbox, await came(mailbox)))
    assert sink.taken[0].mail["DKIM-Signature"] is None
    after = await actions.make(mailbox.admin, mailbox.inbox_id)
    assert before.key
    assert after.key
    assert after.key.name != before.key.name
    assert not after.key.is_on


async def test_a_key_that_cannot_be_opened_any_more_keeps_mail_waiting(mailbox: Mailbox, sink: Sink) -> None:
    await a_signed(mailbox)
    await pool().execute("UPDATE dkim_keys SET sealed_key = 'AAAA' WHERE organization_id = $1", mailbox.admin.organization_id)
    row = await tried(mailbox, await answer(mailbox, await came(mailbox)))
    assert (row["state"], row["reason"]) == ("queued", "sealed")
    assert sink.taken == []


async def test_the_record_is_looked_for(mailbox: Mailbox, dns_server: NameServer) -> None:
    with pytest.raises(NotFound):
        await actions.check(mailbox.admin, mailbox.inbox_id)
    key = (await actions.make(mailbox.admin, mailbox.inbox_id)).key
    assert key

    async def checked(*pieces: str) -> str:
        dns_server.records = {key.name: list(pieces)} if pieces else {}
        return (await actions.check(mailbox.admin, mailbox.inbox_id)).code

    assert await checked() == "missing"
    assert await checked(key.value[:200], key.value[200:]) == "found"
    assert await checked("v=DKIM1;k=rsa;p=" + key.value[18:218], " " + key.value[218:]) == "found"
    assert await checked("v=DKIM1; p=AAAA") == "different"
    dns_server.is_broken = True
    assert await checked(key.value[:200], key.value[200:]) == "unanswered"
