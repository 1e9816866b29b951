"""How finished frames reach a socket: straight through uvicorn's transport, or by a queue through ASGI where that cannot be.

Both call the same `Receiver` back, and behave alike towards it; the tests of sockets run over both.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol, cast

from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.frames import Frame, Opcode
from websockets.server import ServerProtocol

from realtime.frames import apart, payload_of

EXTENSION = "lacasa.wire"
CLOSE_S = 5.0
"""How long a closed connection may take to read what it was sent before."""
INVALID_UTF8 = 1007
HIGH, LOW = 64 * 1024, 16 * 1024
"""Bytes waiting at which a link begins to lag, and at which it no longer does; those of asyncio's transports."""


class Receiver(Protocol):
    """What a wire tells its connection. Every call is made on the event loop, and none may block."""

    def received(self, text: str | None) -> None:
        """A whole message; None: it was binary."""

    def lagging(self, lags: bool) -> None:
        """The reader is behind, or no longer."""

    def ending(self) -> None:
        """The connection is being closed from elsewhere: `put` is another way now. `lost` follows."""

    def lost(self) -> None:
        """There is nobody at the other end any more. Called once, and last."""


class Wire(Protocol):
    """One socket's outgoing side."""

    @property
    def put(self) -> Callable[[bytes], None]:
        """`write` by the shortest way, until `Receiver.ending` or `end`."""

    def write(self, frame: bytes) -> None:
        """Send a finished frame, or several, joined; what is too late is passed over."""

    def waiting(self) -> int:
        """Bytes that the kernel has not taken yet."""

    def hold(self) -> None:
        """Take in nothing more until `go_on`."""

    def go_on(self) -> None: ...

    def end(self, code: int, reason: str) -> None:
        """Close after what is waiting; who does not read it within `CLOSE_S` is cut off."""


class _Spent:
    """In place of what an adopted protocol needs no more: its queue, its event, its timer. Does nothing, and takes no room."""

    __slots__ = ()

    def put_nowait(self, _message: Any) -> None: ...

    def set(self) -> None: ...

    def clear(self) -> None: ...

    def cancel(self) -> None: ...


SPENT = _Spent()
NEEDED = (
    "transport", "conn", "queue", "scope", "request", "response", "frames", "writable", "close_sent", "disconnected", "close_timer",
    "read_paused", "curr_msg_data_type",
)  # fmt: skip
OVERRIDDEN = (
    "run_asgi", "send_receive_event_to_app", "connection_lost", "pause_writing", "resume_writing", "keepalive_timeout",
    "handle_parser_exception", "handle_close", "handle_ping",
)  # fmt: skip


class Framing(ServerProtocol):
    """What `websockets` makes of frames; but whoever closes between the fragments of a message is answered as RFC 6455 has it (5.4, 5.5.1)."""

    def recv_frame(self, frame: Frame) -> None:
        if frame.opcode is Opcode.CLOSE:
            self.current_size = None  # the message will never be whole; taken for an error otherwise
        super().recv_frame(frame)


class FullProtocol(WebSocketsSansIOProtocol):
    """uvicorn's own protocol over `Framing`."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if type(getattr(self, "conn", None)) is ServerProtocol:
            self.conn.__class__ = Framing

    def handle_ping(self) -> None:
        """Who sends pings and reads no answer gets none: they would pile up beyond every cap. A later pong answers them too (RFC 6455, 5.5.3)."""
        if self.transport.get_write_buffer_size() > HIGH:
            self.conn.data_to_send()
        else:
            super().handle_ping()


class DirectProtocol(FullProtocol):
    """uvicorn's own protocol up to the greeting; then a `Receiver` adopts it, and no task waits for each idle client any more.

    What each write asks for lies in slots: uvicorn's protocols have so many attributes that each has a dict of its own, far away.
    """

    __slots__ = ("close_sent", "disconnected", "transport")

    _receiver: Receiver | None = None

    async def run_asgi(self) -> None:
        if all(hasattr(self, name) for name in NEEDED):
            cast(dict[str, Any], self.scope["extensions"])[EXTENSION] = self
        await super().run_asgi()

    def adopt(self, receiver: Receiver) -> None:
        """From now on, messages go to `receiver`; the ASGI application may return without ending the connection.

        uvicorn closes what an application returns from, unless a timer does so already: `SPENT` passes as one.
        """
        early = self.queue
        self._receiver = receiver
        spent = cast(Any, SPENT)
        self.queue = self.writable = self.close_timer = spent
        self.scope = self.request = self.response = cast(Any, None)
        while not early.empty():
            message = early.get_nowait()
            if message["type"] == "websocket.receive":
                receiver.received(message.get("text"))
        if self.disconnected:
            self._receiver = None
            receiver.lost()
        else:
            self.go_on()

    @property
    def put(self) -> Callable[[bytes], None]:
        return self.write if self.close_sent else self.transport.write

    def write(self, frame: bytes) -> None:
        if not (self.close_sent or self.disconnected):
            self.transport.write(frame)

    def waiting(self) -> int:
        return 0 if self.disconnected else self.transport.get_write_buffer_size()

    def hold(self) -> None:
        if not (self.read_paused or self.disconnected or self.transport.is_closing()):
            self.read_paused = True
            self.transport.pause_reading()

    def go_on(self) -> None:
        if self.read_paused and not (self.disconnected or self.transport.is_closing()):
            self.read_paused = False
            self.transport.resume_reading()

    def end(self, code: int, reason: str) -> None:
        if self.close_sent or self.disconnected:
            return
        with suppress(InvalidState):  # the other end was first
            self.conn.send_close(code, reason)
            self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.go_on()
        self._abort_later()

    def _ending(self) -> None:
        """uvicorn has closed, or answered a close."""
        if self._receiver is not None:
            self._receiver.ending()
            self._abort_later()

    def _abort_later(self) -> None:
        """A peer that does not read would keep a closing transport for ever."""
        self.close_timer = self.loop.call_later(CLOSE_S, self.transport.abort)

    # What uvicorn calls -------------------------------------------------------------------------------------------

    def send_receive_event_to_app(self) -> None:
        receiver = self._receiver
        if receiver is None:
            return super().send_receive_event_to_app()
        data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        if self.close_sent:
            return None
        if self.curr_msg_data_type == "bytes":
            return receiver.received(None)
        try:
            text = str(data, "utf-8")
        except UnicodeDecodeError:
            self.conn.send_close(INVALID_UTF8)
            return self.handle_parser_exception()
        return receiver.received(text)

    def handle_parser_exception(self) -> None:
        super().handle_parser_exception()
        self._ending()

    def handle_close(self, event: Frame) -> None:
        super().handle_close(event)  # which stops the timer of `end`, and waits for all that is still to be sent
        if self._receiver is not None:
            self.close_sent = True
        self._ending()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._ending()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._receiver is not None:
            self._receiver.lagging(True)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._receiver is not None:
            self._receiver.lagging(False)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._receiver is not None:
            receiver, self._receiver = self._receiver, None
            receiver.lost()


def is_direct_possible() -> bool:
    """Whether this uvicorn has what `DirectProtocol` builds on."""
    return all(callable(getattr(WebSocketsSansIOProtocol, name, None)) for name in OVERRIDDEN)


class QueueWire:
    """Through ASGI alone: works on any server. One task writes while something waits, and none when nothing does."""

    def __init__(self, socket: WebSocket[Any, Any, Any]) -> None:
        self._socket = socket
        self._receiver: Receiver | None = None
        self._frames: deque[bytes] = deque()
        self._waiting = 0
        self._lags = False
        self._ending: tuple[int, str] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._free = asyncio.Event()
        self._free.set()
        self._server: asyncio.Task[Any] | None = None
        self._is_cut = False

    @property
    def put(self) -> Callable[[bytes], None]:
        return self.write

    async def serve(self, receiver: Receiver) -> None:
        """Feed `receiver` until the connection ends."""
        self._receiver = receiver
        self._server = asyncio.current_task()
        try:
            while (message := await self._socket.receive())["type"] == "websocket.receive":
                text = message.get("text")
                receiver.received(text if isinstance(text, str) else None)
                await self._free.wait()
        except asyncio.CancelledError:
            if not self._is_cut:
                raise
        finally:
            self._receiver = self._server = None
            if self._writer is not None:
                self._writer.cancel()
            receiver.lost()

    def write(self, frame: bytes) -> None:
        if self._ending is None:
            self._frames.append(frame)
            self._waiting += len(frame)
            self._start()
            if not self._lags and self._waiting > HIGH:
                self._lag(True)

    def waiting(self) -> int:
        return self._waiting

    def hold(self) -> None:
        self._free.clear()

    def go_on(self) -> None:
        self._free.set()

    def end(self, code: int, reason: str) -> None:
        if self._ending is None:
            self._ending = (code, reason)
            self._free.set()
            self._start()
            asyncio.get_running_loop().call_later(CLOSE_S, self._cut)

    def _cut(self) -> None:
        """Leave a peer that does not read to the server's own timeouts: ASGI knows no abort."""
        if self._server is not None:
            self._is_cut = True
            self._server.cancel()

    def _lag(self, lags: bool) -> None:
        self._lags = lags
        if self._receiver is not None:
            self._receiver.lagging(lags)

    def _start(self) -> None:
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())

    async def _write(self) -> None:
        try:
            while self._frames:
                for frame in apart(self._frames.popleft()):
                    await self._socket.send_data(payload_of(frame).decode(), mode="text")
                    self._waiting -= len(frame)
                    if self._lags and self._waiting <= LOW:
                        self._lag(False)
            if self._ending is not None:
                await self._socket.close(code=self._ending[0], reason=self._ending[1])
        except (WebSocketDisconnect, RuntimeError, OSError):
            self._frames.clear()
            self._waiting = 0
            self._ending = self._ending or (1006, "")
