"""Frames as they stand on the wire, each built once for all links that receive it. Bodies are forwarded as recorded, unopened."""

from collections.abc import Iterator

import msgspec

from core.access import Actor, ActorKind
from core.auth.tickets import Cursor, seal_cursor
from core.events.contract import Logged

FIN_TEXT = 0x81
SHORT, MEDIUM = 126, 127
"""What the second byte says of a length that does not fit into it: two or eight bytes follow (RFC 6455, 5.2)."""

_encode = msgspec.json.Encoder().encode


def framed(payload: bytes) -> bytes:
    """A whole text message of a server: FIN, opcode 1, length, no mask."""
    size = len(payload)
    if size < SHORT:
        return bytes((FIN_TEXT, size)) + payload
    if size < 1 << 16:
        return bytes((FIN_TEXT, SHORT)) + size.to_bytes(2, "big") + payload
    return bytes((FIN_TEXT, MEDIUM)) + size.to_bytes(8, "big") + payload


def payload_of(frame: bytes) -> bytes:
    """What `framed` put in."""
    return frame[_header(frame, 0) :]


def apart(frames: bytes) -> Iterator[bytes]:
    """The frames that were joined to be written together."""
    start = 0
    while start < len(frames):
        header = _header(frames, start)
        size = frames[start + 1] if header == 2 else int.from_bytes(frames[start + 2 : start + header], "big")
        end = start + header + size
        yield frames[start:end]
        start = end


def _header(frames: bytes, start: int) -> int:
    return {SHORT: 4, MEDIUM: 10}.get(frames[start + 1], 2)


def built(frame: msgspec.Struct) -> bytes:
    """A frame of `protocol.py`, ready to be written."""
    return framed(_encode(frame))


class Frames:
    """The staff's and the visitors' frame of one event, made when first asked for."""

    __slots__ = ("_staff", "_visitor", "event")

    def __init__(self, event: Logged) -> None:
        self.event = event
        self._staff: bytes | None = None
        self._visitor: bytes | None = None

    @property
    def size(self) -> int:
        """About how many bytes keeping it takes, frames included."""
        return 2 * (len(self.event.body) + len(self.event.public or b"")) + 1000

    def for_staff(self) -> bytes:
        if self._staff is None:
            self._staff = _event_frame(f"{self.event.epoch}.{self.event.position}", self.event.body)
        return self._staff

    def for_visitors(self) -> bytes | None:
        """None: the event has nothing for visitors."""
        if self._visitor is None and self.event.public is not None:
            cursor = seal_cursor(self.event.organization_id, Cursor(self.event.epoch, self.event.position))
            self._visitor = _event_frame(cursor, self.event.public)
        return self._visitor

    def for_actor(self, actor: Actor) -> bytes | None:
        return self.for_visitors() if actor.kind == ActorKind.visitor else self.for_staff()


def _event_frame(cursor: str, body: bytes) -> bytes:
    return framed(b'{"op":"event","cursor":"%b","event":%b}' % (cursor.encode(), body))
