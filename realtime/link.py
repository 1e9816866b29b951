"""A link: one socket's outgoing side, and who is at its end.

What is sent goes out at once. Only where the reader lags it waits here, merged into one write when he has caught up; beyond the
cap he is cut and resumes by cursor. Nobody else waits for him.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from itertools import count
from secrets import token_hex

import msgspec

from core.access import Actor, ActorKind
from realtime.frames import built
from realtime.limits import limits
from realtime.protocol import Close
from realtime.stats import counters
from realtime.wire import Wire

NODE = token_hex(6)
NOBODY = Actor(kind=ActorKind.visitor, organization_id=0)
"""Before authentication; may see nothing."""
HINTS_SHARE = 4
"""What is forgotten anyway (typing, viewers, presence, cursors) is dropped when a quarter of the cap is taken."""
READ_S = 30.0
BURST = 32 * 1024
"""Bytes for one link after which it gets a turn to send them: what comes at once after a gap is no sign of a slow reader."""

_numbers = count(1)


class Link:
    """`position`: the last event that was sent, or was not for this link. `live`: gets what happens; else it is being caught up.

    `stale`: its rights may have changed since they were read; until they are read it hears nothing.
    `put`: the shortest way for a finished frame while the link is live: the wire's own, or `send` where the reader lags.
    """

    __slots__ = (
        "__weakref__", "_cap", "_fewer", "_late", "_late_bytes", "actor", "closing", "lags", "live", "missed_hint", "number",
        "position", "put", "replaying", "stale", "wire",
    )  # fmt: skip

    def __init__(self, wire: Wire) -> None:
        self.actor = NOBODY
        self.live = False
        self.replaying = False
        self.stale = False
        self.lags = False
        self.missed_hint = False
        self.position = 0
        self.number = next(_numbers)
        self.closing: int | None = None
        self.wire = wire
        self.put: Callable[[bytes], None] = wire.put
        self._cap = limits().visitor_cap_kb * 1024
        self._late: deque[bytes] | None = None
        self._late_bytes = 0
        self._fewer: asyncio.Event | None = None

    def is_of(self, actor: Actor) -> None:
        self.actor = actor
        self._cap = (limits().staff_cap_kb if actor.is_staff else limits().visitor_cap_kb) * 1024

    @property
    def name(self) -> str:
        """Unique over all processes."""
        return f"{NODE}.{self.number}"

    def tell(self, frame: msgspec.Struct) -> None:
        self.send(built(frame))

    def send(self, frame: bytes) -> None:
        """A finished frame (or several, joined), after all that was sent before; beyond the cap the link is cut instead."""
        if self.closing is not None:
            return
        if not self.lags:
            self.wire.write(frame)
        elif self._late_bytes + self.wire.waiting() + len(frame) > self._cap:
            counters.cut_slow += 1
            self._late = None
            self.close(Close.slow)
        else:
            if self._late is None:
                self._late = deque()
            self._late.append(frame)
            self._late_bytes += len(frame)

    def send_all(self, frames: Iterable[bytes]) -> None:
        """Several, in few writes. Who lags has each as all others have it, not a copy of his own."""
        left = deque(frames)
        while left and self.closing is None:
            if self.lags:
                self.send(left.popleft())
            else:
                self.wire.write(b"".join(_first(left)))

    def hint(self, frame: bytes) -> None:
        """A frame that nobody needs to have: dropped under pressure."""
        if self.lags and self._late_bytes + self.wire.waiting() > self._cap // HINTS_SHARE:
            counters.hints_dropped += 1
            self.missed_hint = True
        else:
            self.send(frame)

    def lagging(self, lags: bool) -> None:
        """The wire's word on the reader. Who has caught up gets what waited, in one write."""
        self.lags = lags
        self.choose_way()
        if not lags and self._late is not None and self.closing is None:
            late, self._late, self._late_bytes = self._late, None, 0
            counters.coalesced += len(late)
            self.wire.write(b"".join(late))
        if not lags and self._fewer is not None:
            self._fewer.set()

    def choose_way(self) -> None:
        """When the reader's pace or the wire's own way has changed."""
        self.put = _nowhere if self.closing is not None else self.send if self.lags else self.wire.put

    async def has_room(self) -> bool:
        """Wait until the reader has caught up, so that a long replay does not cut its own link. False: it ended."""
        if self.lags and self.closing is None:
            self._fewer = asyncio.Event()
            try:
                await asyncio.wait_for(self._fewer.wait(), READ_S)
            except TimeoutError:
                counters.cut_slow += 1
                self._late = None
                self.close(Close.slow)
            self._fewer = None
        return self.closing is None

    def close(self, code: int, reason: str = "") -> None:
        """End the connection after what was sent."""
        if self.closing is not None:
            return
        self.live = False
        if self._late is not None:
            self.wire.write(b"".join(self._late))
            self._late = None
        self.closing = code
        self.choose_way()
        counters.closed[int(code)] += 1
        self.wire.end(int(code), reason)
        if self._fewer is not None:
            self._fewer.set()

    def lost(self) -> None:
        """The other end has gone."""
        self.live = False
        self._late = None
        if self.closing is None:
            self.closing = 1006
        self.choose_way()
        if self._fewer is not None:
            self._fewer.set()


def _first(left: deque[bytes]) -> list[bytes]:
    """Takes off what goes out in one write."""
    found: list[bytes] = []
    size = 0
    while left and size < BURST:
        found.append(left.popleft())
        size += len(found[-1])
    return found


def _nowhere(_frame: bytes) -> None:
    """Where frames for a closed link go."""
