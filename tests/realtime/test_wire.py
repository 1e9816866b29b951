"""The wire through ASGI alone knows what its reader has taken, also of frames that were joined."""

import asyncio
from typing import Any, cast

from litestar import WebSocket

from realtime.frames import framed
from realtime.wire import HIGH, LOW, QueueWire


class Socket:
    """Takes one message for each permit."""

    def __init__(self) -> None:
        self.permits = asyncio.Semaphore(0)
        self.taken: list[str] = []

    async def send_data(self, text: str, mode: str) -> None:
        assert mode == "text"
        await self.permits.acquire()
        self.taken.append(text)


class Reader:
    def __init__(self) -> None:
        self.lags: list[bool] = []

    def lagging(self, lags: bool) -> None:
        self.lags.append(lags)


async def test_what_was_joined_counts_as_read_piece_by_piece() -> None:
    socket, reader = Socket(), Reader()
    wire = QueueWire(cast("WebSocket[Any, Any, Any]", socket))
    cast(Any, wire)._receiver = reader
    frame = framed(b"x" * 8000)
    count = HIGH // len(frame) + 2
    wire.write(frame * count)
    assert reader.lags == [True]
    for number in range(1, count + 1):
        socket.permits.release()
        for _ in range(3):
            await asyncio.sleep(0)
        assert (len(socket.taken), wire.waiting()) == (number, (count - number) * len(frame))
        assert (reader.lags == [True, False]) == (wire.waiting() <= LOW)
