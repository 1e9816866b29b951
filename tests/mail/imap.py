"""IMAP servers for tests: pymap, which is none of ours, and one that misbehaves as it is told to."""

import asyncio
import imaplib
import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from core.auth.tokens import random_token
from core.channels.email.fetching import actions, leases, reading, session
from core.channels.email.fetching.fetcher import Fetcher
from core.channels.email.fetching.leases import Held
from core.channels.email.fetching.structs import MailboxInput
from core.channels.email.fetching.troubles import Trouble
from core.database import pool
from tests.mail.gateway import Mailbox
from tests.ports import free_port

USER, PASSWORD = "ida", "a dark lamp"
ROW = "SELECT * FROM email_mailboxes WHERE inbox_id = $1"
DUE = "UPDATE email_mailboxes SET next_at = now() - interval '1 year', lease_until = NULL WHERE inbox_id = $1"


class Pymap:
    """`client()` is another mail program at the same account."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host = host
        self.port = free_port()

    def start(self) -> None:
        options = [
            "--host",
            self.host,
            "--port",
            str(self.port),
            "--no-tls",
            "dict",
            "--demo-user",
            USER,
            "--demo-password",
            PASSWORD,
        ]
        command = [sys.executable, "-c", "from pymap.main import main; main()", *options]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(400):
            with suppress(OSError), socket.create_connection((self.host, self.port), timeout=5):
                return
            time.sleep(0.05)
        raise AssertionError("pymap does not start")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4(self.host, self.port, timeout=10)
        client.login(USER, PASSWORD)
        return client

    def put(self, folder: str, *raws: bytes, at: float | None = None) -> None:
        with self.client() as client:
            client.create(folder)
            for raw in raws:
                assert client.append(folder, "", imaplib.Time2Internaldate(at or time.time()), raw)[0] == "OK"

    def flags(self, folder: str) -> list[bool]:
        """Of each mail there, whether it is marked as read."""
        with self.client() as client:
            if client.select(folder, readonly=True)[0] != "OK":
                return []
            lines: list[Any] = client.fetch("1:*", "(FLAGS)")[1]
            return [b"\\Seen" in line for line in lines if line]


def an_input(server: Any, folder: str = "INBOX", **more: Any) -> MailboxInput:
    values = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "username": USER,
        "password": PASSWORD,
        "folder": folder,
    }
    return MailboxInput(**(values | more))


async def connect(mailbox: Mailbox, server: Any, folder: str = "INBOX", **more: Any) -> None:
    await actions.save(mailbox.admin, mailbox.inbox_id, an_input(server, folder, **more))


async def row_of(mailbox: Mailbox) -> dict[str, Any]:
    return dict(await pool().fetchrow(ROW, mailbox.inbox_id))


async def claimed(mailbox: Mailbox, reader: str | None = None) -> Held:
    """The mailbox in the hands of a reader."""
    await pool().execute(DUE, mailbox.inbox_id)
    for held in await leases.claim(reader or random_token(), 1000, []):
        if held.inbox_id == mailbox.inbox_id:
            return held
    raise AssertionError("it is not due")


async def fetch(mailbox: Mailbox) -> Trouble | None:
    """One look into a mailbox, as a worker does it; returns what is wrong nevertheless."""
    held = await claimed(mailbox)
    async with session.entered(held.door()) as inside:
        await reading.open_folder(inside, held)
        wrong, _ = await reading.look(inside, held)
        await leases.looked(held, wrong)
    await leases.release(held, 3600)
    return wrong


async def until(true: Callable[[], Awaitable[Any]], time_s: float = 30) -> None:
    for _ in range(int(time_s / 0.05)):
        if await true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it does not come true")


@asynccontextmanager
async def a_worker() -> AsyncIterator[None]:
    """A worker that fetches, until the end of the `with`."""
    running = asyncio.create_task(Fetcher().run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class Scripted:
    """A server with `mails` (by UID) that answers `says[command]` in place of what it should; a function there does as it likes."""

    def __init__(self) -> None:
        self.port = 0
        self.mails: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.says: dict[str, str | Callable[[asyncio.StreamWriter, str], Awaitable[None]]] = {}
        self.heard: list[str] = []
        self.greeting = b"* OK [CAPABILITY IMAP4rev1] hello\r\n"
        self.can = "IMAP4rev1"
        self.uid_validity = 7

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(self.greeting)
            while line := (await reader.readline()).decode("latin-1"):
                tag, _, command = line.strip().partition(" ")
                self.heard.append(command)
                await self._answer(reader, writer, tag, command)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # hung up by either side
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tag: str, command: str) -> None:
        told = next((says for start, says in self.says.items() if command.startswith(start)), None)
        if callable(told):
            await told(writer, tag)
            return
        if told is not None:
            writer.write(f"{tag} {told}\r\n".encode())
            return
        if command.startswith("AUTHENTICATE"):
            writer.write(b"+ \r\n")
            self.heard.append((await reader.readline()).decode().strip())
        for piece in self._pieces(command):
            writer.write(piece)
        writer.write(f"{tag} OK done\r\n".encode())
        if command == "LOGOUT":
            raise ConnectionError

    def _pieces(self, command: str) -> list[bytes]:
        if command == "CAPABILITY":
            return [f"* CAPABILITY {self.can}\r\n".encode()]
        if command.startswith("SELECT"):
            uid_next = max(self.mails, default=0) + 1
            return [
                f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.uid_validity}]\r\n* OK [UIDNEXT {uid_next}]\r\n".encode()
            ]
        if command.startswith("UID SEARCH"):
            return [f"* SEARCH {' '.join(map(str, self._among(command)))}\r\n".encode()]
        if command.startswith("UID STORE"):
            self.seen |= set(self._among(command))
        if not command.startswith("UID FETCH"):
            return []
        pieces = []
        for number, uid in enumerate(self._among(command), 1):
            body = self.mails[uid]
            if "BODY" in command:
                body = body.partition(b"\r\n\r\n")[0] if "HEADER" in command else body
                pieces.append(b"* %d FETCH (FLAGS (\\Seen ($x)) BODY[] {%d}\r\n%b UID %d)\r\n" % (number, len(body), body, uid))
            else:
                pieces.append(b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % (number, uid, len(body)))
        return pieces

    def _among(self, command: str) -> list[int]:
        """Of the UIDs that a command names, those that are there."""
        newest = max(self.mails, default=0)
        found: set[int] = set()
        named = re.search(r"(?:UID|FETCH|STORE) ([\d:*,]+)", command)
        for span in named[1].split(",") if named else []:
            first, _, last = span.replace("*", str(newest)).partition(":")
            low, high = sorted((int(first), int(last or first)))
            found |= {uid for uid in self.mails if low <= uid <= high}
        return sorted(found)


@asynccontextmanager
async def scripted() -> AsyncIterator[Scripted]:
    server = Scripted()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=2**24)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server
        listening.close()
