"""Recent events in memory, for those who come back: as many as fit, in number and in bytes."""

from collections import deque
from collections.abc import Iterator
from itertools import islice

from realtime.frames import Frames

LEAST = 64
"""A ring keeps so many events even where all rooms together have used up their memory."""


class Budget:
    """Bytes that all rings of a process share."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.used = 0


class Ring:
    """The events with `start` < position <= `end`, without a hole."""

    def __init__(self, budget: Budget, most: int) -> None:
        self.start = 0
        self._frames: deque[Frames] = deque()
        self._budget = budget
        self._most = most

    @property
    def end(self) -> int:
        return self.start + len(self._frames)

    def start_at(self, position: int) -> None:
        """Forget everything: the next event is the one after this position."""
        while self._frames:
            self._drop()
        self.start = position

    def append(self, frames: Frames) -> None:
        if frames.event.position != self.end + 1:
            self.start_at(frames.event.position - 1)
        self._frames.append(frames)
        self._budget.used += frames.size
        while len(self._frames) > self._most or (self._budget.used > self._budget.most and len(self._frames) > LEAST):
            self._drop()

    def _drop(self) -> None:
        self._budget.used -= self._frames.popleft().size
        self.start += 1

    def reaches(self, position: int) -> bool:
        """Whether everything after this position is here."""
        return self.start <= position <= self.end

    def after(self, position: int) -> Iterator[Frames]:
        return islice(self._frames, position - self.start, None)
