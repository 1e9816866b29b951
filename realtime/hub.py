"""The hub: the rooms of one process, and what happens in them by the clock."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from core.auth import tickets
from core.errors import LacasaError, Unauthenticated
from core.events import replay, wake
from core.events.replay import AWAY
from realtime.link import Link
from realtime.protocol import Close
from realtime.room import Room

log = logging.getLogger("lacasa.realtime")

HEADS_S = 1.0
CURSORS_S = 30.0
RECHECK_S = 60.0
PER_PERSON = 30
DRAIN_SLICE = 50
RESTART = 1012


class Hub:
    """One per process; made and ended by the module's lifespan."""

    def __init__(self) -> None:
        self._rooms: dict[int, Room] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self.draining = False

    async def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._every(HEADS_S, self._ask_for_heads)),
            asyncio.create_task(self._every(CURSORS_S, self._mark_time)),
            asyncio.create_task(self._every(RECHECK_S, self._recheck)),
        ]
        await wake.subscribe("heads", self._heads_called)

    async def stop(self) -> None:
        """Send everybody to another process, a slice at a time so that they do not all come at once."""
        self.draining = True
        for task in self._tasks:
            task.cancel()
        links = [link for room in self._rooms.values() for link in room.links]
        for start in range(0, len(links), DRAIN_SLICE):
            for link in links[start : start + DRAIN_SLICE]:
                link.close(RESTART)
            await asyncio.sleep(0.02 * random.uniform(0.5, 1.5))  # noqa: S311 (jitter, no secret)
        await asyncio.gather(*(link.ended() for link in links), return_exceptions=True)
        await asyncio.gather(*(room.close() for room in self._rooms.values()), return_exceptions=True)

    async def join(self, link: Link) -> Room | None:
        """Enter the organization's room, holding events back until `let_go`. None: this person has too many connections."""
        room = await self._room(link.actor.organization_id)
        same = sum(1 for other in room.links if _person(other) == _person(link))
        if same >= PER_PERSON:
            return None
        room.links.add(link)
        return room

    async def _room(self, organization_id: int) -> Room:
        """The organization's room, opened now if it is not; one that closed while we waited is not it."""
        while True:
            room = self._rooms.get(organization_id)
            if room is None:
                room = self._rooms[organization_id] = Room(organization_id, self.look_again)
            try:
                await room.opened()
            except (LacasaError, *AWAY):
                self._rooms.pop(organization_id, None)
                raise
            if self._rooms.get(organization_id) is room:
                return room

    async def leave(self, room: Room, link: Link) -> None:
        room.links.discard(link)
        if not room.links and self._rooms.get(room.organization_id) is room:
            del self._rooms[room.organization_id]
            await room.close()

    async def look_again(self, link: Link) -> None:
        """Re-read what a link's actor may do. Other rights: it is cut, and comes back with them. None: it is out."""
        try:
            fresh = await tickets.again(link.actor)
        except Unauthenticated:
            link.close(Close.unauthenticated)
            link.held = []
        except (LacasaError, *AWAY):
            link.close(Close.unavailable)
        except Exception:
            log.exception("rights could not be read")
            link.close(Close.unavailable)
        else:
            before = (link.actor.role, link.actor.inbox_ids, link.actor.team_ids)
            if before != (fresh.role, fresh.inbox_ids, fresh.team_ids):
                link.held = []
                link.close(Close.access_changed)
            link.actor = fresh

    async def _recheck(self) -> None:
        for room in list(self._rooms.values()):
            for link in list(room.links):
                if link.held is None:
                    await self.look_again(link)

    async def _ask_for_heads(self) -> None:
        if self._rooms:
            for organization_id, head in (await replay.heads(list(self._rooms))).items():
                if (room := self._rooms.get(organization_id)) is not None:
                    await room.compare(head)
        for room in self._rooms.values():
            room.presence.expire()

    async def _heads_called(self, _message: object) -> None:
        await self._ask_for_heads()

    async def _mark_time(self) -> None:
        for room in self._rooms.values():
            room.mark_time()

    async def _every(self, pause_s: float, act: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(pause_s)
            try:
                await act()
            except (LacasaError, *AWAY) as error:
                log.info("the hub waits for PostgreSQL", extra={"error": type(error).__name__})
            except Exception:
                log.exception("a loop of the hub failed")


def _person(link: Link) -> tuple[str, int | str | None]:
    return (link.actor.kind, link.actor.id if link.actor.is_staff else link.actor.nonce)


_hub: Hub | None = None


def hub() -> Hub:
    if _hub is None:
        raise RuntimeError("the hub is not running in this process")
    return _hub


@asynccontextmanager
async def lifespan() -> AsyncIterator[None]:
    """The hub, for as long as the process serves."""
    global _hub
    _hub = Hub()
    await _hub.start()
    try:
        yield
    finally:
        await _hub.stop()
        _hub = None
