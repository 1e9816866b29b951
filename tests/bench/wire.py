"""The least that speaks WebSocket and HTTP as a client, so that a bench measures the server and not itself."""

import asyncio
from collections.abc import Callable, Iterator, Mapping

MASK = bytes((0x12, 0x34, 0x56, 0x78))
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def upgrade(path: str, port: int) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def framed(opcode: int, payload: bytes) -> bytes:
    """A masked frame of a client, of at most 64 KiB."""
    size = len(payload)
    head = bytes((0x80 | opcode, 0x80 | size)) if size < 126 else bytes((0x80 | opcode, 0xFE)) + size.to_bytes(2, "big")
    key = (MASK * (size // 4 + 1))[:size]
    return head + MASK + (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


class Frames:
    """Whole frames out of bytes as they come."""

    def __init__(self) -> None:
        self._rest = b""

    def take(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Opcode and payload of each frame that is there now."""
        data = self._rest + data
        at, size = 0, len(data)
        while size - at >= 2:
            head, length = 2, data[at + 1] & 127
            if length > 125:
                head = 4 if length == 126 else 10
                length = int.from_bytes(data[at + 2 : at + head], "big")
            if size - at < head or size - at < head + length:
                break
            yield data[at] & 15, data[at + head : at + head + length]
            at += head + length
        self._rest = data[at:]


class Socket(asyncio.Protocol):
    """A WebSocket. `heard` gets each text; `ended` the close code, or 0 where the connection broke (also: was refused an upgrade)."""

    def __init__(self, path: str, port: int, heard: Callable[[bytes], None], ended: Callable[[int], None]) -> None:
        self._request = upgrade(path, port)
        self._heard, self._ended = heard, ended
        self._frames = Frames()
        self._head: bytes | None = b""
        self._code = 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            head, found, data = (self._head + data).partition(b"\r\n\r\n")
            if not found:
                self._head = head
                return
            self._head = None
            if not head.startswith(b"HTTP/1.1 101"):
                self._transport.close()
                return
        for opcode, payload in self._frames.take(data):
            if opcode == TEXT:
                self._heard(payload)
            elif opcode == PING:
                self._transport.write(framed(PONG, payload))
            elif opcode == CLOSE:
                self._code = int.from_bytes(payload[:2], "big")
                self._transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        self._ended(self._code)

    def say(self, text: str) -> None:
        self._transport.write(framed(TEXT, text.encode()))

    def close(self) -> None:
        self._transport.abort()


class Http:
    """One kept-alive connection; a request after the other."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer.

        Raises:
            OSError, EOFError: the connection broke.
        """
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._writer.write(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n{lines}\r\n".encode()
            + body
        )
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
        return int(head[9:12]), await self._reader.readexactly(length)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
