"""Pages of the log for those who come back from further than memory reaches: read once, for all who want the same."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Coroutine
from contextvars import Context
from typing import Any, TypeVar

from core.access import Actor
from core.events import replay
from core.events.batching import Loader
from realtime.frames import Frames
from realtime.stats import counters

SIZE = 250
KEEP_S = 10.0
"""How long a page stays after it was last asked for. The log never changes below its head, and rights are asked per link anyway."""
MOST = 64
MOST_BYTES = 64 * 1024 * 1024
HORIZON_S = 30.0

T = TypeVar("T")
Key = tuple[int, int]
"""Organization, number of the page."""


class Page:
    __slots__ = ("end", "reading", "used_at")

    def __init__(self, end: int, reading: asyncio.Task[list[Frames]]) -> None:
        self.end = end
        self.reading = reading
        self.used_at = 0.0

    @property
    def size(self) -> int:
        """About how many bytes it takes; 0 until it was read."""
        return 0 if not self.reading.done() or _failed(self) else sum(found.size for found in self.reading.result())


class Pages:
    """Of all rooms of a process."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._horizons: dict[int, tuple[float, asyncio.Task[int | None]]] = {}
        self._contacts: dict[int, Loader[tuple[int, int, int], list[Frames]]] = {}

    async def after(self, organization_id: int, position: int, upto: int) -> list[Frames]:
        """All events of the page that begins after `position`, at most to `upto`. Never empty of what the log has."""
        number = position // SIZE
        end = min((number + 1) * SIZE, upto)
        key = (organization_id, number)
        page = self._pages.get(key)
        if page is None or page.end < end or _failed(page):
            page = self._pages[key] = Page(end, _start(_read(organization_id, number * SIZE, end)))
        page.used_at = time.monotonic()
        self._pages.move_to_end(key)
        self.tidy()
        frames = await asyncio.shield(page.reading)
        return [found for found in frames if position < found.event.position <= upto]

    async def of_contact(self, actor: Actor, position: int, upto: int) -> list[Frames]:
        """The first of a visitor's own events between two positions, at most `replay.VISITOR_PAGE`; many visitors are answered by one query."""
        if actor.contact_id is None:
            return []
        organization_id = actor.organization_id
        loader = self._contacts.get(organization_id)
        if loader is None:
            loader = self._contacts[organization_id] = Loader(lambda keys: _of_contacts(organization_id, keys))
        return await loader.load((actor.contact_id, position, upto)) or []

    async def horizon(self, organization_id: int) -> int | None:
        """The lowest position that may be replayed, as it was at most half a minute ago."""
        found = self._horizons.get(organization_id)
        if found is None or found[0] < time.monotonic() or (found[1].done() and found[1].exception()):
            found = (time.monotonic() + HORIZON_S, _start(_horizon(organization_id)))
            self._horizons[organization_id] = found
        return await asyncio.shield(found[1])

    def forget(self, organization_id: int) -> None:
        """The organization's room has closed."""
        self._contacts.pop(organization_id, None)
        self._horizons.pop(organization_id, None)
        for key in [key for key in self._pages if key[0] == organization_id]:
            del self._pages[key]

    def tidy(self) -> None:
        """Let go of pages that nobody asked for lately, or that are too many or too large together; who reads one still has it."""
        oldest = time.monotonic() - KEEP_S
        size = sum(page.size for page in self._pages.values())
        while self._pages:
            key, page = next(iter(self._pages.items()))
            if len(self._pages) <= MOST and size <= MOST_BYTES and page.used_at > oldest:
                return
            size -= page.size
            del self._pages[key]


def _start(reading: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """In an empty context: what is read for many belongs to no unit of work."""
    task = asyncio.get_running_loop().create_task(reading, context=Context())
    task.add_done_callback(lambda done: done.cancelled() or done.exception())  # those who waited have heard it
    return task


def _failed(page: Page) -> bool:
    return page.reading.done() and (page.reading.cancelled() or page.reading.exception() is not None)


async def _read(organization_id: int, after: int, upto: int) -> list[Frames]:
    counters.pages_read += 1
    return [Frames(event) for event in await replay.between(organization_id, after, upto)]


async def _horizon(organization_id: int) -> int | None:
    counters.pages_read += 1
    return await replay.horizon(organization_id)


async def _of_contacts(organization_id: int, keys: list[tuple[int, int, int]]) -> dict[tuple[int, int, int], list[Frames]]:
    counters.pages_read += 1
    found: dict[tuple[int, int, int], list[Frames]] = {key: [] for key in keys}
    for number, event in await replay.of_contacts(organization_id, keys):
        found[keys[number]].append(Frames(event))
    return found
