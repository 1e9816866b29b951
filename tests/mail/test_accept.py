"""The one door for mail: kept and committed with its job, once for each inbox, or refused with a code."""

import asyncio
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.channels.email import actions
from core.channels.email.gateway import fingerprint, room
from core.channels.email.gateway.accept import accept
from core.channels.email.structs import EmailInboxInput
from core.database import pool
from core.errors import NotFound, TooLarge, Unavailable
from core.settings import settings as configured
from tests.factories import an_address, an_organization
from tests.mail.gateway import SENDER, Mailbox, a_mail, a_mailbox, jobs_of, mails

pytestmark = pytest.mark.usefixtures("connected")
STOP = """
SELECT pg_cancel_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'SELECT accept_mail%'
"""
TRACE = (
    b"Received: from mx.example.org (mx.example.org [192.0.2.7])\r\n\tby mail.example.com; Fri, 27 Nov 2026 00:00:00 +0000\r\n"
    b"Return-Path: <ida@example.org>\r\nDelivered-To: support@example.com\r\nX-Original-To: support@example.com\r\n"
    b"Authentication-Results: mail.example.com;\r\n dkim=pass\r\n"
)


@pytest.fixture
async def mailbox() -> Mailbox:
    return await a_mailbox()


async def test_a_mail_is_kept_with_its_envelope_and_its_job(mailbox: Mailbox) -> None:
    raw = a_mail(message_id="<lamp@example.org>")
    accepted = await accept("lmtp", SENDER, mailbox.tagged("x7F"), raw)
    [row] = await mails(mailbox)
    assert not accepted.known
    assert (row["id"], row["content"], row["size_bytes"], row["state"]) == (accepted.mail_id, raw, len(raw), "received")
    assert (row["way"], row["mail_from"], row["recipient"]) == ("lmtp", SENDER, mailbox.tagged("x7F"))
    assert (row["internet_message_id"], row["subject"], row["sender"]) == (
        "<lamp@example.org>",
        "A lamp",
        "Ida Ash <ida@example.org>",
    )
    assert await jobs_of(accepted.mail_id) == 1


async def test_the_same_mail_again_is_accepted_and_adds_nothing(mailbox: Mailbox) -> None:
    raw = a_mail()
    first = await accept("pipe", SENDER, mailbox.address, raw)
    again = [
        await accept("lmtp", SENDER, mailbox.address, raw),
        await accept("http", "", mailbox.tagged("again"), TRACE + raw),
        await accept("pipe", SENDER, mailbox.address.upper(), b"From ida@example.org Fri Nov 27\n" + raw.replace(b"\r\n", b"\n")),
        await accept("pipe", SENDER, mailbox.address, raw + b"\r\n\r\n"),
    ]
    assert [(found.mail_id, found.known) for found in again] == [(first.mail_id, True)] * 4
    assert len(await mails(mailbox)) == 1
    assert await jobs_of(first.mail_id) == 1


async def test_the_same_mail_at_the_same_moment_is_kept_once(mailbox: Mailbox) -> None:
    raw = a_mail()
    accepted = await asyncio.gather(*(accept("lmtp", SENDER, mailbox.address, raw) for _ in range(12)))
    assert sorted(found.known for found in accepted) == [False] + [True] * 11
    assert len({found.mail_id for found in accepted}) == len(await mails(mailbox)) == 1


async def test_another_body_under_the_same_id_is_another_mail(mailbox: Mailbox) -> None:
    for body in ("One", "Two", "Two"):
        await accept("lmtp", SENDER, mailbox.address, a_mail(body, message_id="<same@example.org>"))
        await accept("lmtp", SENDER, mailbox.address, a_mail(body, message_id=""))
    assert len(await mails(mailbox)) == 4


async def test_a_mail_to_two_inboxes_is_kept_in_each(mailbox: Mailbox) -> None:
    other, raw = await a_mailbox(mailbox.admin), a_mail()
    for address in (mailbox.address, other.address):
        assert not (await accept("lmtp", SENDER, address, raw)).known
    assert len(await mails(mailbox)) == len(await mails(other)) == 1


async def test_an_inbox_may_have_a_tagged_address_of_its_own(mailbox: Mailbox) -> None:
    shop = await a_mailbox(mailbox.admin, mailbox.tagged("shop"))
    await accept("lmtp", SENDER, mailbox.tagged("SHOP"), a_mail())
    await accept("lmtp", SENDER, mailbox.tagged("x7f"), a_mail())
    assert len(await mails(shop)) == len(await mails(mailbox)) == 1


@pytest.mark.parametrize(
    "recipient", ["", "@", "nobody@nowhere.example", "ſupport@example.com", "a" * 5000 + "@example.com", "x\x00@y.z"]
)
async def test_mail_for_nobody_is_refused(recipient: str, mailbox: Mailbox) -> None:
    with pytest.raises(NotFound) as refused:
        await accept("lmtp", SENDER, recipient, a_mail())
    assert refused.value.reason == "unknown_recipient"


async def test_mail_for_an_address_that_was_given_up_is_refused_at_once(mailbox: Mailbox) -> None:
    await accept("lmtp", SENDER, mailbox.address, a_mail())
    await actions.connect(mailbox.admin, mailbox.inbox_id, EmailInboxInput(an_address()))
    with pytest.raises(NotFound):
        await accept("lmtp", SENDER, mailbox.address, a_mail())
    stranger = await a_mailbox(await an_organization(), mailbox.address)
    await accept("lmtp", SENDER, mailbox.address, a_mail())
    assert (len(await mails(mailbox)), len(await mails(stranger))) == (1, 1)


async def test_what_is_too_large_is_refused(mailbox: Mailbox) -> None:
    limit = configured().mail_max_mb * 1024 * 1024
    with pytest.raises(TooLarge) as refused:
        await accept("lmtp", SENDER, mailbox.address, b"x" * (limit + 1))
    assert refused.value.reason == "too_large"
    assert not (await accept("lmtp", SENDER, mailbox.address, b"x" * limit)).known


async def test_what_postgresql_stops_may_come_later(mailbox: Mailbox) -> None:
    """As it does with what waits too long for a lock."""
    async with pool().acquire() as holding, holding.transaction():
        await holding.execute("LOCK TABLE inbound_mails")
        accepting = asyncio.create_task(accept("lmtp", SENDER, mailbox.address, a_mail()))
        for _ in range(500):
            if await holding.fetchval(STOP):
                break
            await asyncio.sleep(0.02)
        with pytest.raises(Unavailable):
            await accepting
    assert await mails(mailbox) == []


def test_what_all_ways_hold_together_is_bounded() -> None:
    most = room.room()._most
    with room.Share(40 * 1024 * 1024) as one, room.Share(40 * 1024 * 1024), room.Share():
        one.grow(48 * 1024 * 1024)
        with pytest.raises(Unavailable) as refused:
            room.Share(most - 88 * 1024 * 1024 + 1)
        assert refused.value.reason == "busy"
        with pytest.raises(TooLarge):
            one.grow(configured().mail_max_mb * 1024 * 1024 + 1)
        assert room.room().held == 88 * 1024 * 1024
    assert room.room().held == 0


@given(
    raw=st.binary(max_size=400)
    | st.lists(
        st.sampled_from(
            [
                b"\r\n",
                b"\n",
                b"\r",
                b" a",
                b"Subject: =?utf-8?b?8J+",
                b"?=",
                b"From ",
                b":",
                b"Received: x",
                b"\x00",
                b"Message-ID: <x>",
            ]
        )
    ).map(b"".join)
)
@settings(max_examples=300)
def test_any_bytes_have_a_fingerprint_whatever_their_lines_end_with(raw: bytes) -> None:
    lf = re.sub(rb"\r+\n", b"\n", raw)
    told = fingerprint.of(lf)
    assert fingerprint.of(lf.replace(b"\n", b"\r\n")) == told
    assert fingerprint.of(lf.rstrip(b"\r\n") + b"\n\nx\n\n\n").digest == fingerprint.of(lf.rstrip(b"\r\n") + b"\n\nx").digest
    for text in (told.subject, told.sender, told.internet_message_id):
        text.encode()
        assert text.isprintable()
    with_trace = fingerprint.of(TRACE.replace(b"\r\n", b"\n") + lf)
    if lf[:1] not in (b" ", b"\t", b"F"):
        assert with_trace.digest == told.digest


@given(raw=st.binary(min_size=1, max_size=200), at=st.integers(0, 199))
def test_one_other_byte_of_a_body_is_another_mail(raw: bytes, at: int) -> None:
    at %= len(raw)
    other = raw[:at] + bytes([raw[at] ^ 0x40 or 1]) + raw[at + 1 :]
    if b"\r" in (raw + other) or b"\n" in (raw + other):
        return
    assert fingerprint.of(b"Subject: x\n\n" + raw).digest != fingerprint.of(b"Subject: x\n\n" + other).digest


@given(st.binary(max_size=300))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_bytes_are_kept_as_they_came(mailbox: Mailbox, raw: bytes) -> None:
    marked = raw + secrets.token_hex(4).encode()
    accepted = await accept("pipe", "\x00\ud800", mailbox.address, marked)
    row = next(row for row in await mails(mailbox) if row["id"] == accepted.mail_id)
    assert row["content"] == marked


def _corpora(folder: Path) -> Iterator[Path]:
    for name in ("stalwart-mail-parser", "mikel-mail", "sisimai"):
        yield from (
            path for path in sorted((folder / name).rglob("*")) if path.suffix in {".eml", ".msg", ".txt"} and path.is_file()
        )


async def test_every_mail_that_others_stumbled_over_is_kept(corpora: Path, mailbox: Mailbox) -> None:
    paths = list(_corpora(corpora))
    known = [(await accept("pipe", SENDER, mailbox.address, path.read_bytes())).known for path in paths]
    assert len(paths) > 100
    assert len(await mails(mailbox)) == known.count(False)
    assert known.count(False) > 0.9 * len(paths)
