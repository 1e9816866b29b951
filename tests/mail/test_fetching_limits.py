"""IMAP servers that say endlessly little, and numbers that nobody can keep."""

import asyncio
import tracemalloc
from typing import Any

import pytest

from core.channels.email.fetching import session
from core.channels.email.fetching.structs import Secrets
from core.channels.email.fetching.troubles import Trouble
from tests.mail.gateway import Mailbox, a_mail, mails
from tests.mail.imap import PASSWORD, Scripted, a_worker, connect, fetch, row_of, until
from tests.mail.test_fetching_troubles import _reachable, mailbox, server, tried

__all__ = ["_reachable", "mailbox", "server"]


@pytest.mark.parametrize("little", [b"* 1 EXPUNGE\r\n", b"*\n", b"* {0}\r\n", b"* 1 FETCH (UID {0}\r\n{0}\r\n)\r\n"])
async def test_endlessly_many_answers_take_bounded_memory(mailbox: Mailbox, server: Scripted, little: bytes) -> None:
    async def endless(writer: asyncio.StreamWriter, tag: str) -> None:
        for _ in range(64):
            writer.write(little * 8192)
            await writer.drain()
        writer.write(f"{tag} OK done\r\n".encode())

    server.says = {"UID SEARCH": endless}
    door = session.Door("127.0.0.1", server.port, "none", "ida", "password", "", "", Secrets(password=PASSWORD))
    async with session.entered(door) as inside:
        await inside.select("INBOX")
        tracemalloc.start()
        with pytest.raises(Trouble, match="protocol"):
            await inside.uids_after(0)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 40 * 1024 * 1024


LARGE = ["9223372036854775808", "9" * 30, "9" * 5000]


@pytest.mark.parametrize("number", LARGE)
@pytest.mark.parametrize("says", ["* OK [UIDVALIDITY {}]", "* OK [UIDNEXT {}]", "* {} EXISTS"])
async def test_trying_a_server_with_impossible_numbers_tells_of_it(
    mailbox: Mailbox, server: Scripted, says: str, number: str
) -> None:
    async def told(writer: asyncio.StreamWriter, tag: str) -> None:
        writer.write(f"{says.format(number)}\r\n{tag} OK done\r\n".encode())

    server.says = {"SELECT": told}
    assert (await tried(mailbox, server)).error_code == "protocol"


@pytest.mark.parametrize("number", LARGE)
@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("SELECT", "* OK [UIDVALIDITY {}]"),
        ("UID SEARCH", "* SEARCH {}"),
        ("UID FETCH", "* 1 FETCH (UID {} RFC822.SIZE 1)"),
        ("UID FETCH", "* 1 FETCH (UID 1 RFC822.SIZE {})"),
    ],
)
async def test_impossible_numbers_are_the_servers_fault(
    mailbox: Mailbox, server: Scripted, command: str, says: str, number: str
) -> None:
    async def told(writer: asyncio.StreamWriter, tag: str) -> None:
        writer.write(f"{says.format(number)}\r\n{tag} OK done\r\n".encode())

    async def failing() -> Any:
        return (await row_of(mailbox))["state"] == "failing"

    server.mails, server.says = {1: a_mail()}, {command: told}
    await connect(mailbox, server, start="all")
    async with a_worker():
        await until(failing)
    assert (await row_of(mailbox))["error_code"] == "protocol"
    server.says = {}
    assert await fetch(mailbox) is None
    assert len(await mails(mailbox)) == 1


async def test_many_answers_that_a_busy_folder_has_are_heard(mailbox: Mailbox, server: Scripted) -> None:
    async def busy(writer: asyncio.StreamWriter, tag: str) -> None:
        writer.write(b"* 1 EXPUNGE\r\n" * 20_000 + f"* SEARCH 9223372036854775807 3 3 (MODSEQ 5)\r\n{tag} OK done\r\n".encode())

    server.says = {"UID SEARCH": busy}
    door = session.Door("127.0.0.1", server.port, "none", "ida", "password", "", "", Secrets(password=PASSWORD))
    async with session.entered(door) as inside:
        await inside.select("INBOX")
        assert await inside.uids_after(0) == [3, 2**63 - 1]
