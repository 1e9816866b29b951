"""Clients as the browser's: they come back by themselves after a random, growing pause, with the cursor of what they saw last."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count

import msgspec

from core.auth.sessions import COOKIE, cookie_for
from tests.bench.wire import Http, Socket

FIRST_S, GROWTH, MOST_S = 0.3, 1.5, 30.0
ATTEMPT_S = 60.0
SOURCES = 16

_numbers = count()


class Head(msgspec.Struct):
    """Of a frame, what a client must know to come back; the rest is skipped."""

    op: str
    cursor: str | None = None


_head = msgspec.json.Decoder(Head).decode


class Client:
    """`login`: the text that authenticates it, fetched anew each time. `live_at`: when it was last told that it is caught up, 0 while it is not."""

    def __init__(self, port: int, login: Callable[[], Awaitable[str]], greeted: Callable[[], None]) -> None:
        self._port, self._login, self._greeted = port, login, greeted
        self._source = f"127.0.0.{1 + next(_numbers) % SOURCES}"
        self._words: list[str] = []
        self._lost: asyncio.Future[int] | None = None
        self._socket: Socket | None = None
        self.cursor: str | None = None
        self.live_at = 0.0
        self.attempts = 0
        self.started_over = 0
        self.seen: Counter[str] = Counter()

    async def stay(self) -> None:
        """Be connected whenever that can be, until cancelled."""
        failures = 0
        while True:
            with suppress(OSError, EOFError, TimeoutError):
                await self._once()
            failures = 0 if self.live_at else failures + 1
            self.live_at = 0.0
            await asyncio.sleep(random.random() * min(MOST_S, FIRST_S * GROWTH**failures))

    def beat(self) -> None:
        """What a page sends every 25 s, so that nobody takes it for dead."""
        if self.live_at:
            self._socket.say('{"op":"ping","n":1}')

    async def _once(self) -> None:
        self.attempts += 1
        loop = asyncio.get_running_loop()
        self._lost = loop.create_future()
        self._words = [await asyncio.wait_for(self._login(), ATTEMPT_S)]
        self._words.append(msgspec.json.encode({"op": "subscribe", "cursor": self.cursor}).decode())
        self._socket = Socket("/ws", self._port, self._heard, self._ended)
        await loop.create_connection(lambda: self._socket, "127.0.0.1", self._port, local_addr=(self._source, 0))
        try:
            await self._lost
        finally:
            self._socket.close()

    def _ended(self, code: int) -> None:
        if self._lost is not None and not self._lost.done():
            self._lost.set_result(code)

    def _heard(self, text: bytes) -> None:
        head = _head(text)
        if head.cursor is not None:
            self.cursor = head.cursor
        if head.op == "event":
            self.seen[text.partition(b'"client_id":"')[2].partition(b'"')[0].decode()] += 1
        elif head.op in ("live", "resync"):
            self.started_over += head.op == "resync"
            self.live_at = time.perf_counter()
        elif head.op == "hello":
            self._greeted()
        if self._words:
            self._socket.say(self._words.pop(0))


def ticket_from(port: int, session_id: int) -> Callable[[], Awaitable[str]]:
    """Staff ask for a ticket over HTTP, each time on a connection of its own, as a page that was cut off does."""
    headers = {"Cookie": f"{COOKIE}={cookie_for(session_id)}", "Origin": f"http://127.0.0.1:{port}"}

    async def login() -> str:
        http = Http(port)
        try:
            status, answer = await http.post("/api/auth/ticket", b"", headers)
        finally:
            http.close()
        if status != 200:
            raise OSError(f"no ticket: {status}")
        return msgspec.json.encode({"op": "auth", "ticket": msgspec.json.decode(answer)["ticket"]}).decode()

    return login


def token_of(token: str, key: str) -> Callable[[], Awaitable[str]]:
    async def login() -> str:
        return msgspec.json.encode({"op": "auth", "token": token, "key": key}).decode()

    return login
