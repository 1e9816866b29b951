"""HTTP/1.1 over one kept connection, with what a checker must know: was it answered, refused unheard, or is the outcome unknown?"""

import asyncio
from contextlib import suppress
from typing import Any

import msgspec

HEAD_MAX = 64 * 1024


class NotReachedError(Exception):
    """Nobody took the connection: the request was surely not worked on."""


class NoAnswerError(Exception):
    """The request was sent, at least in part, and not answered: it is unknown whether it was worked on."""


class Answer(msgspec.Struct, frozen=True):
    status: int
    headers: dict[str, str]
    """Names in lower case; of several of one name, the last."""
    body: bytes

    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def is_problem(self) -> bool:
        """A problem document, as every refusal must be."""
        return self.headers.get("content-type", "").startswith("application/problem+json")


class Door:
    """One client's connection to `port` of this machine, opened anew when it is gone. For one request at a time."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None, timeout_s: float = 10.0
    ) -> Answer:
        """One request and its answer, whatever the status. `body`: bytes as they are, anything else as JSON.

        Raises:
            NotReachedError, NoAnswerError: see there.
        """
        encoded = body if isinstance(body, bytes) else b"" if body is None else msgspec.json.encode(body)
        given = {"Host": f"127.0.0.1:{self.port}", "Content-Length": str(len(encoded)), "Content-Type": "application/json"}
        given |= headers or {}
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in given.items()) + "\r\n"
        await self._open(timeout_s)
        try:
            async with asyncio.timeout(timeout_s):
                return await self._exchange(head.encode() + encoded)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as error:  # TimeoutError is an OSError
            self.shut()
            raise NoAnswerError(type(error).__name__) from error
        except BaseException:
            self.shut()
            raise

    async def _open(self, timeout_s: float) -> None:
        if self._writer is not None and self._reader is not None:
            if not self._writer.is_closing() and not self._reader.at_eof():
                return
            self.shut()
        try:
            async with asyncio.timeout(timeout_s):
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=HEAD_MAX)
        except OSError as error:
            raise NotReachedError(type(error).__name__) from error

    async def _exchange(self, request: bytes) -> Answer:
        if self._reader is None or self._writer is None:
            raise NoAnswerError("not open")
        self._writer.write(request)
        await self._writer.drain()
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            self.shut()
        return Answer(int(first.split(" ")[1]), headers, body)

    def shut(self) -> None:
        if self._writer is not None:
            with suppress(OSError, RuntimeError):
                self._writer.transport.abort()
        self._reader = self._writer = None
