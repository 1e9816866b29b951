"""One frame to many links: each is written to as directly as can be, and once for all that came together."""

import asyncio
from collections.abc import Collection, Iterable
from itertools import chain

from realtime.link import Link
from realtime.stats import counters

SLICE = 500
"""Writes between which others get their turn."""

Due = tuple[Collection[Link], bytes, int]
"""Whom a frame is for, the frame, and the position of its event."""


class Fanout:
    """Of one room: what is due, until it is flushed. Nobody may be waited for in between, as links come, go and change meanwhile.

    While very many are written to, a slice at a time, a link may have begun to catch up (and gets these events that way), or have
    done so already: it is no longer live then, or past their positions.
    """

    def __init__(self) -> None:
        self._due: list[Due] = []

    def add(self, links: Collection[Link], frame: bytes, position: int) -> None:
        """`links` may be a set that changes later. Positions must not fall."""
        self._due.append((links, frame, position))

    async def flush(self) -> None:
        if not self._due:
            return
        due, self._due = self._due, []
        if due[0][2] == due[-1][2]:  # of one event, and nobody is both staff and a visitor
            for links, frame, position in due:
                if len(links) <= SLICE:
                    _write(links, frame, position)
                else:
                    for some in _slices(list(links)):
                        _write(some, frame, position)
                        await asyncio.sleep(0)
        else:
            fixed = [(frozenset(links), frame, position) for links, frame, position in due]
            for some in _slices(list(dict.fromkeys(chain.from_iterable(links for links, _, _ in due)))):
                _write_all(some, fixed)
                if len(some) == SLICE:
                    await asyncio.sleep(0)


def _slices(links: list[Link]) -> Iterable[list[Link]]:
    return (links[start : start + SLICE] for start in range(0, len(links), SLICE))


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


def _write_all(links: Iterable[Link], due: Iterable[Due]) -> None:
    """Several events to each of them that may hear them, in one write."""
    written = 0
    for link in links:
        if not link.live:
            continue
        found = [(frame, position) for those, frame, position in due if position > link.position and link in those]
        if found:
            link.position = found[-1][1]
            written += len(found)
            link.send_all([frame for frame, _ in found])
    counters.deliveries += written
