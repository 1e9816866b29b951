"""Frames to many links: each is written to as directly as can be, and once for all that came together."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from realtime.link import Link
from realtime.stats import counters

SLICE = 500
"""Writes between which others get their turn."""
TOGETHER_MAX = 5000
"""Frames to links that are gathered before they go out: that many take about a millisecond."""

T = TypeVar("T")
Placed = tuple[bytes, int]
"""A frame, and the position of its event."""


class Fanout:
    """Of one side of a room, staff or visitors: what is due, until it is flushed. Nobody may be waited for in between, as links come, go and
    change meanwhile.

    While very many are written to, a slice at a time, a link may have begun to catch up (and gets these events that way), or have
    done so already: it is no longer live then, or past their positions.
    """

    def __init__(self) -> None:
        self._due: list[tuple[Collection[Link], list[Placed]]] = []
        self._size = 0

    @property
    def is_full(self) -> bool:
        return self._size > TOGETHER_MAX

    def add(self, links: Collection[Link], frame: bytes, position: int) -> None:
        """`links` may change later. Positions must rise."""
        if self._due and self._due[-1][0] is links:
            self._due[-1][1].append((frame, position))
        else:
            self._due.append((links, [(frame, position)]))
        self._size += len(links)

    async def flush(self) -> None:
        if not self._due:
            return
        due, self._due, self._size = self._due, [], 0
        if len(due) == 1:
            [(links, frames)] = due
            merged = _merged(frames)
            if len(links) <= SLICE:
                _write(links, frames, merged)
                return
            for some in _slices(list(links)):
                _write(some, frames, merged)
                await asyncio.sleep(0)
        else:
            found: dict[Link, list[Placed]] = {}
            for links, frames in due:
                for link in links:
                    found.setdefault(link, []).extend(frames)
            for each in _slices(list(found.items())):
                _write_each(each)
                if len(found) > SLICE:
                    await asyncio.sleep(0)


def _merged(frames: Sequence[Placed]) -> bytes:
    return frames[0][0] if len(frames) == 1 else b"".join([frame for frame, _ in frames])


def _slices(items: list[T]) -> Iterable[list[T]]:
    return (items[start : start + SLICE] for start in range(0, len(items), SLICE))


def _write(links: Collection[Link], frames: Sequence[Placed], merged: bytes) -> None:
    """The same to all. The hot loop: a processor spends more on fetching what it touches here than on anything else of ours."""
    first, last = frames[0][1], frames[-1][1]
    others = []
    for link in links:
        if link.live and link.position < first:
            link.position = last
            put = link.put  # called as a method it would be looked up anew each time
            put(merged)
        else:
            others.append(link)
    counters.deliveries += (len(links) - len(others)) * len(frames)
    if others:
        _write_each([(link, frames) for link in others])


def _write_each(due: Iterable[tuple[Link, Sequence[Placed]]]) -> None:
    """To each what it may still hear."""
    for link, frames in due:
        late = [frame for frame, position in frames if position > link.position] if link.live else []
        if late:
            link.position = frames[-1][1]
            counters.deliveries += len(late)
            link.send_all(late)
