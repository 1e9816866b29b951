"""Mail by HTTP: whoever has the key of the installation may hand it over, and nobody else has a byte read."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from core.settings import settings
from tests.mail.gateway import Mailbox, a_mail, a_mailbox, mails, signed
from tests.stack import Stack

PATH = "/inbound/email"


@pytest.fixture
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=stack.url, timeout=30) as client:
        yield client


@pytest.fixture
async def mailbox(stack: Stack) -> Mailbox:
    del stack
    return await a_mailbox()


async def test_a_signed_mail_is_kept(http: httpx.AsyncClient, mailbox: Mailbox) -> None:
    raw, to = a_mail("Grüße\x00"), mailbox.tagged("a b")
    first, again = [(await http.post(PATH, content=raw, headers=signed(raw, to, mail_from="ïda@example.org"))) for _ in range(2)]
    [row] = await mails(mailbox)
    assert (first.status_code, first.json()) == (200, {"mail_id": row["id"], "known": False})
    assert (again.status_code, again.json()) == (200, {"mail_id": row["id"], "known": True})
    assert (row["content"], row["recipient"], row["mail_from"], row["way"]) == (raw, to, "ïda@example.org", "http")


async def test_the_job_of_a_mail_is_run(http: httpx.AsyncClient, mailbox: Mailbox) -> None:
    raw = a_mail()
    await http.post(PATH, content=raw, headers=signed(raw, mailbox.address))
    for _ in range(200):
        [row] = await mails(mailbox)
        if row["state"] != "received":
            break
        await asyncio.sleep(0.05)
    assert (row["attempts"], row["state"]) == (1, "created")


CHANGES: dict[str, dict[str, str]] = {
    "another recipient": {"X-Lacasa-Recipient": "ceo@example.com"},
    "another sender": {"X-Lacasa-Mail-From": "ceo@example.com"},
    "another time": {"X-Lacasa-Time": str(int(time.time()) + 1)},
    "another way": {"X-Lacasa-Way": "pipe"},
    "no signature": {"X-Lacasa-Signature": ""},
    "no ASCII": {"X-Lacasa-Signature": "ä"},
    "another digest": {"X-Lacasa-Digest": "0" * 64},
}


@pytest.mark.parametrize("change", CHANGES)
async def test_what_was_altered_is_refused(change: str, http: httpx.AsyncClient, mailbox: Mailbox) -> None:
    raw = a_mail()
    headers: Any = [(name.encode(), value.encode()) for name, value in (signed(raw, mailbox.address) | CHANGES[change]).items()]
    answer = await http.post(PATH, content=raw, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")
    assert await mails(mailbox) == []


async def test_other_bytes_than_were_signed_are_refused(http: httpx.AsyncClient, mailbox: Mailbox) -> None:
    raw = a_mail()
    answer = await http.post(PATH, content=raw[:-1] + b"!", headers=signed(raw, mailbox.address))
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")
    assert await mails(mailbox) == []


@pytest.mark.parametrize("key", ["", "another key", "0" * 64])
async def test_another_key_is_refused(key: str, http: httpx.AsyncClient, mailbox: Mailbox) -> None:
    raw = a_mail()
    answer = await http.post(PATH, content=raw, headers=signed(raw, mailbox.address, key=key))
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")


@pytest.mark.parametrize("age_s", [-400, 400])
async def test_an_old_signature_is_refused(age_s: int, http: httpx.AsyncClient, mailbox: Mailbox) -> None:
    raw = a_mail()
    answer = await http.post(PATH, content=raw, headers=signed(raw, mailbox.address, when=time.time() - age_s))
    assert (answer.status_code, answer.json()["code"]) == (401, "stale_signature")


async def test_a_mail_for_nobody_is_refused_with_a_code(http: httpx.AsyncClient) -> None:
    raw = a_mail()
    answer = await http.post(PATH, content=raw, headers=signed(raw, "nobody@example.com"))
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_recipient")


async def test_another_type_is_refused(http: httpx.AsyncClient, mailbox: Mailbox) -> None:
    raw = a_mail()
    answer = await http.post(PATH, content=raw, headers=signed(raw, mailbox.address) | {"Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_type")


async def test_no_length_no_mail(http: httpx.AsyncClient, mailbox: Mailbox) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield a_mail()

    answer = await http.post(PATH, content=chunks(), headers=signed(a_mail(), mailbox.address))
    assert (answer.status_code, answer.json()["code"]) == (400, "length_required")


async def _sent(port: int, headers: dict[str, str], body: bytes) -> bytes:
    """The answer to a request whose body may be shorter than announced; none where we hang up first."""
    lines = [f"POST {PATH} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    await writer.drain()
    if body:
        await asyncio.sleep(0.3)
        writer.close()
        return b""
    async with asyncio.timeout(10):
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line.partition(b":")[2]) for line in head.lower().splitlines() if line.startswith(b"content-length:"))
        answer = head + await reader.readexactly(length)
    writer.close()
    return answer


async def test_what_is_too_large_is_refused_before_it_is_read(stack: Stack, mailbox: Mailbox) -> None:
    raw = b"x" * (settings().mail_max_mb * 1024 * 1024 + 1)
    answer = await _sent(stack.port, signed(raw, mailbox.address) | {"Content-Length": str(len(raw))}, b"")
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"too_large"' in answer


async def test_a_mail_that_breaks_off_is_not_kept(stack: Stack, http: httpx.AsyncClient, mailbox: Mailbox) -> None:
    raw = a_mail("x" * 40_000_000)
    for _ in range(4):  # together more than there is room for
        await _sent(stack.port, signed(raw, mailbox.address) | {"Content-Length": str(len(raw))}, raw[:-10])
    assert await mails(mailbox) == []
    assert "defect" not in stack.log("web")
    assert (await http.post(PATH, content=raw, headers=signed(raw, mailbox.address))).status_code == 200


async def test_the_largest_mail_is_kept(http: httpx.AsyncClient, mailbox: Mailbox) -> None:
    raw = a_mail() + b"x" * (settings().mail_max_mb * 1024 * 1024 - len(a_mail()))
    answer = await http.post(PATH, content=raw, headers=signed(raw, mailbox.address))
    assert answer.status_code == 200, answer.text
    [row] = await mails(mailbox)
    assert row["size_bytes"] == len(raw) == settings().mail_max_mb * 1024 * 1024
