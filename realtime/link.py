"""A link: one socket's outgoing side. Whatever is sent is queued up to a cap of bytes; who reads too slowly is cut and resumes by cursor."""

import asyncio
from collections import deque
from typing import Any

import msgspec
from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect

from core.access import Actor
from core.events.contract import Logged
from realtime.protocol import Close, ServerFrame

STAFF_CAP = 1024 * 1024
VISITOR_CAP = 256 * 1024
CLOSE_S = 5.0
READ_S = 30.0

_encoder = msgspec.json.Encoder()


class Link:
    """`held`: events that wait until replay (or a new look at the actor's rights) is over; None while live.

    `stale`: the rights may have changed since they were read.
    """

    def __init__(self, socket: WebSocket[Any, Any, Any], actor: Actor) -> None:
        self.actor = actor
        self.held: list[Logged] | None = []
        self.stale = False
        self.name = ""
        self.sent_position = 0
        self._socket = socket
        self._cap = STAFF_CAP if actor.is_staff else VISITOR_CAP
        self._queue: deque[str] = deque()
        self._queued_bytes = 0
        self._more = asyncio.Event()
        self._fewer = asyncio.Event()
        self._closing: Close | int | None = None
        self._writer = asyncio.create_task(self._write())

    @property
    def is_closing(self) -> bool:
        return self._closing is not None

    def send(self, frame: ServerFrame) -> None:
        self.send_text(_encoder.encode(frame).decode())

    def send_text(self, text: str) -> None:
        """Queue a finished frame; beyond the cap the link is cut instead."""
        if self._closing is not None:
            return
        if self._queued_bytes + len(text) > self._cap:
            self._queue.clear()
            self.close(Close.slow)
            return
        self._queue.append(text)
        self._queued_bytes += len(text)
        self._more.set()

    async def has_room(self) -> bool:
        """Wait until at most half of the cap is queued, so that a long replay does not cut its own link. False: it ended."""
        while self._queued_bytes > self._cap // 2 and self._closing is None:
            self._fewer.clear()
            try:
                await asyncio.wait_for(self._fewer.wait(), READ_S)
            except TimeoutError:
                self.close(Close.slow)
        return self._closing is None

    def close(self, code: Close | int) -> None:
        """End the connection after what is queued."""
        if self._closing is None:
            self._closing = code
            self._more.set()
            self._fewer.set()

    async def _write(self) -> None:
        try:
            while True:
                await self._more.wait()
                self._more.clear()
                while self._queue:
                    text = self._queue.popleft()
                    await self._socket.send_data(text, mode="text")
                    self._queued_bytes -= len(text)
                    self._fewer.set()
                if self._closing is not None:
                    await self._socket.close(code=int(self._closing))
                    return
        except (WebSocketDisconnect, RuntimeError, OSError):
            self._closing = self._closing or 1006

    async def ended(self) -> None:
        """Let the writer finish, but not for long."""
        try:
            await asyncio.wait_for(self._writer, CLOSE_S)
        except TimeoutError:
            self._writer.cancel()

    def stop(self) -> None:
        self._closing = self._closing or 1000
        self._writer.cancel()
