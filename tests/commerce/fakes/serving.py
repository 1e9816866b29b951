"""A shop's server on loopback, over real sockets. It breaks down now and then, and says so when it is asked too much."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

REASONS = {200: "OK", 201: "Created", 429: "Too Many Requests"}


class Asked(NamedTuple):
    method: str
    path: str
    query: dict[str, str]
    many: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, list[str]]:
        return listed(parse_qsl(self.body.decode()))


class Reply(NamedTuple):
    """`body`: JSON, or a page as text."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = {}  # noqa: RUF012 (never changed)


class Dropped(Exception):
    """The connection goes without an answer."""


def listed(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Server:
    """Who derives from it answers. Every `breaks_every`th request fails: by 503, or without any answer. `port` 0: any."""

    def __init__(self, breaks_every: int = 0) -> None:
        self.host, self.port = "127.0.0.1", 0
        self.asked: list[Asked] = []
        self.breaks_every = breaks_every
        self.refunds: list[Decimal] = []
        self.goes_dark = ""
        self.refuses = False

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def answer(self, asked: Asked) -> Reply:
        raise NotImplementedError

    async def before(self, asked: Asked) -> None:
        """What takes time before it answers."""

    def paths(self, part: str) -> list[Asked]:
        return [asked for asked in self.asked if part in asked.path]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = await _read(reader)
            await self.before(asked)
            reply = self._answer(asked)
            content = reply.body.encode() if isinstance(reply.body, str) else json.dumps(reply.body).encode()
            head = {"content-type": "application/json", "content-length": str(len(content)), "connection": "close"}
            head |= {"date": format_datetime(datetime.now(UTC), usegmt=True)} | reply.headers
            lines = [
                f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, 'Other')}",
                *(f"{name}: {value}" for name, value in head.items()),
            ]
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
            await writer.drain()
        except (Dropped, asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if self.breaks_every and asked.method == "GET" and len(self.asked) % self.breaks_every == 0:
            if len(self.asked) % (2 * self.breaks_every):
                raise Dropped
            return Reply({"errors": "we are not well"}, 503)
        return self.answer(asked)

    def done(self, amount: Decimal, reply: Reply, give_back: Callable[[], None]) -> Reply:
        """A refund. It is refused, or its answer gets lost once: `after` it was done, or `before`."""
        dark, self.goes_dark = self.goes_dark, ""
        if self.refuses:
            return Reply({"message": "no"}, 400)
        if dark == "before":
            raise Dropped
        give_back()
        self.refunds.append(amount)
        if dark == "after":
            raise Dropped
        return reply


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    many = listed(parse_qsl(parts.query))
    return Asked(method, parts.path, {name: values[0] for name, values in many.items()}, many, headers, body)


@asynccontextmanager
async def serving(server: Server) -> AsyncIterator[None]:
    listening = await asyncio.start_server(server._serve, server.host, server.port)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        listening.close()
