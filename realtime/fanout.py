"""One frame to many links: each is written to as directly as can be, and once for all that came together."""

import asyncio
from collections.abc import Collection, Iterable
from typing import TypeVar

from realtime.link import Link
from realtime.stats import counters

SLICE = 500
"""Writes between which others get their turn."""
TOGETHER_MAX = 5000
"""Frames to links that are gathered before they go out: that many take about a millisecond."""

T = TypeVar("T")


class Fanout:
    """Of one room: what is due, until it is flushed. Nobody may be waited for in between, as links come, go and change meanwhile.

    While very many are written to, a slice at a time, a link may have begun to catch up (and gets these events that way), or have
    done so already: it is no longer live then, or past their positions.
    """

    def __init__(self) -> None:
        self._due: list[tuple[Collection[Link], bytes, int]] = []
        self._size = 0

    @property
    def is_full(self) -> bool:
        return self._size > TOGETHER_MAX

    def add(self, links: Collection[Link], frame: bytes, position: int) -> None:
        """`links` may be a set that changes later. Positions must not fall."""
        self._due.append((links, frame, position))
        self._size += len(links)

    async def flush(self) -> None:
        if not self._due:
            return
        due, self._due, self._size = self._due, [], 0
        if due[0][2] == due[-1][2]:  # of one event, and nobody is both staff and a visitor
            for links, frame, position in due:
                if len(links) <= SLICE:
                    _write(links, frame, position)
                else:
                    for some in _slices(list(links)):
                        _write(some, frame, position)
                        await asyncio.sleep(0)
        else:
            found: dict[Link, list[tuple[bytes, int]]] = {}
            for links, frame, position in due:
                for link in links:
                    found.setdefault(link, []).append((frame, position))
            for each in _slices(list(found.items())):
                _write_all(each)
                if len(found) > SLICE:
                    await asyncio.sleep(0)


def _slices(items: list[T]) -> Iterable[list[T]]:
    return (items[start : start + SLICE] for start in range(0, len(items), SLICE))


def _write(links: Iterable[Link], frame: bytes, position: int) -> None:
    """The hot loop: a processor spends more on fetching what it touches here than on anything else of ours."""
    written = 0
    for link in links:
        if link.live and link.position < position:
            link.position = position
            written += 1
            put = link.put  # called as a method it would be looked up anew each time
            put(frame)
    counters.deliveries += written


def _write_all(due: Iterable[tuple[Link, list[tuple[bytes, int]]]]) -> None:
    """Several events to each of them that may still hear them."""
    written = 0
    for link, frames in due:
        late = [frame for frame, position in frames if position > link.position] if link.live else []
        if late:
            link.position = frames[-1][1]
            written += len(late)
            link.send_all(late)
    counters.deliveries += written
