"""A WebSocket client that can do everything wrong: it sends bytes, and tells the frames that come back."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
WAIT_S = 15.0
MASK = b"\x37\xfa\x21\x3d"


class Heard(NamedTuple):
    opcode: int
    payload: bytes


def frame(
    opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0, masked: bool = True, length: bytes | None = None
) -> bytes:
    """`length`: the seven bits and what follows them, where they shall not be what they should."""
    size = len(payload)
    if length is None:
        length = (
            bytes([size])
            if size < 126
            else b"\x7e" + size.to_bytes(2, "big")
            if size < 1 << 16
            else b"\x7f" + size.to_bytes(8, "big")
        )
    head = bytes([(fin << 7) | (rsv << 4) | opcode, length[0] | (masked << 7)]) + length[1:]
    if not masked:
        return head + payload
    return head + MASK + bytes(byte ^ MASK[at % 4] for at, byte in enumerate(payload))


def close(code: int | None = None, reason: bytes = b"") -> bytes:
    return frame(CLOSE, b"" if code is None else code.to_bytes(2, "big") + reason)


class RawSocket:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, content: bytes, *, chop: int | None = None) -> None:
        """All at once, or in pieces of `chop` bytes that arrive one by one. A server that has hung up is no error."""
        with suppress(ConnectionError):
            for start in range(0, len(content), chop or max(1, len(content))):
                self._writer.write(content[start : start + (chop or len(content))])
                await self._writer.drain()
                if chop:
                    await asyncio.sleep(0)

    def end(self) -> None:
        """Nothing more comes from here: half open."""
        with suppress(OSError):
            self._writer.write_eof()

    async def hear(self) -> Heard | None:
        """The next frame; None: the server has hung up."""
        try:
            async with asyncio.timeout(WAIT_S):
                head = await self._reader.readexactly(2)
                size = head[1] & 0x7F
                if size >= 126:
                    size = int.from_bytes(await self._reader.readexactly(2 if size == 126 else 8), "big")
                return Heard(head[0] & 0x0F, await self._reader.readexactly(size))
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    async def answer(self) -> bytes:
        """What the server says to an HTTP request, up to its end or the end of the headers."""
        with suppress(asyncio.IncompleteReadError, ConnectionError, TimeoutError):
            async with asyncio.timeout(WAIT_S):
                return await self._reader.readuntil(b"\r\n\r\n")
        return b""


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[RawSocket]:
    """A bare connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield RawSocket(reader, writer)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def handshake(port: int, **headers: str) -> bytes:
    """The opening of a connection; `headers` replace its own, an empty one leaves it out."""
    told = {
        "Host": f"127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Version": "13",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
    return f"GET /ws HTTP/1.1\r\n{lines}\r\n".encode()


@asynccontextmanager
async def known(port: int, authenticate: bytes) -> AsyncIterator[RawSocket]:
    """Connected, greeted, and authenticated with this frame's text."""
    async with connected(port) as raw:
        await raw.send(handshake(port))
        assert (await raw.answer()).startswith(b"HTTP/1.1 101")
        assert (await raw.hear() or Heard(0, b"")).payload.startswith(b'{"op":"hello"')
        await raw.send(frame(TEXT, authenticate))
        answer = await raw.hear()
        assert answer is not None, "cut before it was authenticated"
        assert answer.payload.startswith(b'{"op":"authenticated"'), answer
        yield raw
