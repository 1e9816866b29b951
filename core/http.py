"""uvicorn's HTTP protocol with what it lacks: limits on what a stranger may make us hold, and for how long, before any request exists."""

import asyncio
import socket
from collections import Counter
from enum import Enum, auto
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from core.networks import Network, is_within, network_of
from core.settings import settings

HEAD_MAX = 64 * 1024
"""Bytes of a request's first line and headers."""
HEAD_S = 10.0
"""Until a request's headers are complete."""
SILENCE_S = 30.0
"""A body may pause as long."""
UNSENT_MAX = 128 * 1024
"""Bytes that the kernel takes of a connection before it has sent them."""
LINGER_S = 1.0
"""For which a connection that was refused is still read, unheeded: closed at once, it would lose its answer."""
WHY = {
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
        "headers_too_large",
        f"address and headers may have at most {HEAD_MAX // 1024} KiB",
    ),
    HTTPStatus.REQUEST_TIMEOUT: ("too_slow", "the request did not arrive in time"),
    HTTPStatus.SERVICE_UNAVAILABLE: ("too_many_connections", "too many connections are open from this network"),
}


class Doorman:
    """How many HTTP connections each network has open in this process; `proxies` may have any number."""

    def __init__(self, most: int, proxies: tuple[Network, ...]) -> None:
        self._most = most
        self._proxies = proxies
        self._open: Counter[str] = Counter()

    def lets_in(self, address: str) -> bool:
        """Count one more, if it may have one more. Who was let in has to `leave`."""
        network = network_of(address)
        if self._open[network] >= self._most and not is_within(address, self._proxies):
            return False
        self._open[network] += 1
        return True

    def leave(self, address: str) -> None:
        network = network_of(address)
        self._open[network] -= 1
        if not self._open[network]:
            del self._open[network]


@lru_cache(maxsize=1)
def doorman() -> Doorman:
    """The one of this process."""
    return Doorman(settings().connections_per_address, settings().proxies)


class Stage(Enum):
    """What comes next on a connection."""

    head = auto()
    body = auto()
    nothing = auto()
    """It was refused, or became a socket."""


def _keep_little_in_the_kernel(transport: asyncio.Transport) -> None:
    """What a slow reader does not take waits with us, where it is counted: the kernel may keep megabytes of it for each connection."""
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_MAX)


class GuardedProtocol(HttpToolsProtocol):
    """Counts and times what arrives of a request; the rest is uvicorn's."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _keep_little_in_the_kernel(transport)
        self._stage = Stage.head
        self._since = 0
        """Bytes since headers or a piece of a body were complete: the parser holds them."""
        self._size = 0
        """Bytes of the headers that are complete already."""
        self._heard_at = self.loop.time()
        self._timer: asyncio.TimerHandle | None = None
        self._address = self.client[0] if self.client else ""
        self._is_in = doorman().lets_in(self._address)
        if self._is_in:
            self._wait(HEAD_S)
        else:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._stage is Stage.nothing:
            return
        self._heard_at = self.loop.time()
        self._since += len(data)
        super().data_received(data)
        self._weigh()

    def _weigh(self) -> None:
        """What the parser holds of a request that is not complete."""
        if self._stage is Stage.nothing or self.transport.is_closing():
            return
        if self._since > HEAD_MAX:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self._timer is None and (self._since or self._stage is Stage.body):
            self._wait(HEAD_S if self._stage is Stage.head else SILENCE_S)

    def handle_websocket_upgrade(self) -> None:
        self._gone()
        super().handle_websocket_upgrade()

    # What the parser calls ----------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        if self._stage is not Stage.nothing:
            self._size = 0
            self._since = max(1, self._since)  # it may have come with the end of the one before
            super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        if self._stage is Stage.head:
            self._size += len(url)
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """What follows a body in chunks looks the same, and nobody asked for it."""
        if self._stage is Stage.head:
            self._size += len(name) + len(value)
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._stage is not Stage.head:
            return
        if self._size > HEAD_MAX:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            return
        self._since = 0
        self._stage = Stage.body
        self._wait(None)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self._stage is Stage.body:
            self._since = 0
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self._stage is Stage.body:
            self._since = 0
            self._stage = Stage.head
            self._wait(None)
            super().on_message_complete()

    # Ends ---------------------------------------------------------------------------------------------------------

    def _wait(self, seconds: float | None) -> None:
        """Look again in so many seconds; None: there is nothing to wait for."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if seconds is None else self.loop.call_later(seconds, self._late)

    def _late(self) -> None:
        self._timer = None
        quiet = self.loop.time() - self._heard_at
        if self.flow.read_paused or (self._stage is Stage.head and self._is_answering()):
            self._wait(SILENCE_S)  # the wait is ours
        elif self._stage is Stage.body and quiet < SILENCE_S:
            self._wait(SILENCE_S - quiet)
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _refuse(self, status: HTTPStatus) -> None:
        """End the connection, with an answer where none is under way."""
        before, self._stage = self._stage, Stage.nothing
        self._wait(None)
        if self.transport.is_closing():
            return
        if self._is_answering():
            if before is Stage.head or self.cycle.response_started or self.pipeline:
                self.transport.close()
                return
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.write(_refusal(status))
        self.transport.write_eof()
        self._timer = self.loop.call_later(LINGER_S, self.transport.abort)

    def _gone(self) -> None:
        """This is no HTTP connection any more."""
        self._stage = Stage.nothing
        self._wait(None)
        if self._is_in:
            doorman().leave(self._address)
            self._is_in = False


@lru_cache(maxsize=len(WHY))
def _refusal(status: HTTPStatus) -> bytes:
    code, detail = WHY[status]
    body: dict[str, Any] = {"type": "about:blank", "title": status.phrase, "status": status.value, "code": code, "detail": detail}
    content = msgspec.json.encode(body)
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: application/problem+json\r\ncontent-length: {len(content)}\r\n"
    )
    again = "retry-after: 5\r\n" if status is HTTPStatus.SERVICE_UNAVAILABLE else ""
    return f"{head}{again}connection: close\r\n\r\n".encode() + content
