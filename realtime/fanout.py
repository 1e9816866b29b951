"""Frames to many links, going round: a slice of links in each turn of the loop, so that the loop is free in between.

What happens for the same links while a round is under way joins it where it is: those that are still to come get all of it in one write. What
happens for others goes out when the round has ended.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from realtime.link import Link
from realtime.stats import counters

SLICE = 100
"""Writes between which others get their turn: about half a millisecond."""
TOGETHER_MAX, ROUNDS_MAX = 5000, 4
"""Frames to links that may be due at once, but as many times all links as the second says in any case; whoever brings more waits."""

Row = Sequence[Link]
"""Never changed: another object where members came or went."""


class Placed(NamedTuple):
    """A frame, and the position of its event."""

    frame: bytes
    position: int


class Fanout:
    """Of one side of a room, staff or visitors: what is due.

    While a round is under way links come, go, catch up and change. Whoever has begun to catch up since gets these events that way, or has had
    them already: it is no longer live then, or past their positions.
    """

    def __init__(self) -> None:
        self._row: Row = ()
        self._at = 0
        self._written = 0
        # The frames of the round, and at which of its writes each is with everybody.
        self._joined: deque[tuple[Placed, int]] = deque()
        self._merged = b""
        self._each: deque[tuple[Link, list[Placed]]] = deque()
        self._due: list[tuple[Row, Placed]] = []
        self._size = 0
        self._widest = 0
        self._turning = False
        self._ended: asyncio.Future[None] | None = None

    @property
    def is_busy(self) -> bool:
        return self._size > 0

    @property
    def is_full(self) -> bool:
        return self._size > max(TOGETHER_MAX, ROUNDS_MAX * self._widest)

    def add(self, row: Row, frame: bytes, position: int) -> None:
        """Positions must rise. It goes out with `go`, or with what is going out."""
        if not row:
            return
        self._widest = max(self._widest, len(row)) if self._size else len(row)
        self._size += len(row)
        placed = Placed(frame, position)
        if self._joined and row is self._row and not self._due:
            self._joined.append((placed, self._written + len(row)))
            self._merge()
        else:
            self._due.append((row, placed))

    def go(self) -> None:
        """A slice now, the others in turns of their own."""
        if not self._turning:
            self._turn()

    async def flush(self) -> None:
        """Wait until everything that is due has gone out."""
        self.go()
        while self.is_busy:
            if self._ended is None:
                self._ended = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._ended)

    def _turn(self) -> None:
        self._turning = False
        left = SLICE
        try:
            while left > 0 and self._size:
                if self._joined:
                    left -= self._go_round(left)
                elif self._each:
                    left -= self._to_each(left)
                else:
                    self._begin()
        finally:
            if self._size:
                self._turning = True
                asyncio.get_running_loop().call_soon(self._turn)
            elif self._ended is not None:
                ended, self._ended = self._ended, None
                ended.set_result(None)

    def _begin(self) -> None:
        """With what is due: a round where all of it is for the same links, else to each what is for it."""
        due, self._due = self._due, []
        row = due[0][0]
        if all(other is row for other, _ in due):
            self._row, self._at, self._written = row, 0, 0
            self._joined.extend((placed, len(row)) for _, placed in due)
            self._merge()
        else:
            found: dict[Link, list[Placed]] = {}
            for row, placed in due:
                for link in row:
                    found.setdefault(link, []).append(placed)
            self._each.extend(found.items())

    def _merge(self) -> None:
        frames = [placed.frame for placed, _ in self._joined]
        self._merged = frames[0] if len(frames) == 1 else b"".join(frames)

    def _go_round(self, most: int) -> int:
        """Until the slice, the row or the way of the oldest frame ends; returns how many links were passed."""
        begin = self._at
        count = min(most, len(self._row) - begin, self._joined[0][1] - self._written)
        frames, merged = [placed for placed, _ in self._joined], self._merged
        some = self._row if count == len(self._row) else self._row[begin : begin + count]
        self._at = (begin + count) % len(self._row)
        self._written += count
        self._size -= count * len(frames)
        while self._joined and self._joined[0][1] == self._written:
            self._joined.popleft()
        if not self._joined:
            self._row, self._merged = (), b""
        elif len(self._joined) < len(frames):
            self._merge()
        _write(some, frames, merged)
        return count

    def _to_each(self, most: int) -> int:
        some = [self._each.popleft() for _ in range(min(most, len(self._each)))]
        self._size -= sum(len(frames) for _, frames in some)
        _write_each(some)
        return len(some)


def _write(links: Row, frames: Sequence[Placed], merged: bytes) -> None:
    """The same to all. The hot loop: a processor spends more on fetching what it touches here than on anything else of ours."""
    first, last = frames[0].position, frames[-1].position
    others = []
    for link in links:
        if link.live and link.position < first:
            link.position = last
            put = link.put  # called as a method it would be looked up anew each time
            try:
                put(merged)
            except RuntimeError:  # uvloop's, of a transport that is closed already
                link.lost()
        else:
            others.append(link)
    counters.deliveries += (len(links) - len(others)) * len(frames)
    if others:
        _write_each([(link, frames) for link in others])


def _write_each(due: Iterable[tuple[Link, Sequence[Placed]]]) -> None:
    """To each what it may still hear."""
    for link, frames in due:
        late = [placed.frame for placed in frames if placed.position > link.position] if link.live else []
        if late:
            link.position = frames[-1].position
            counters.deliveries += len(late)
            link.send_all(late)
