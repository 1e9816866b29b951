"""The hub: the rooms and connections of one process, and what happens to them by the clock."""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from core.access import Actor
from core.auth import tickets
from core.errors import LacasaError
from core.events import replay, wake
from core.events.replay import AWAY
from realtime.limits import limits
from realtime.link import Link
from realtime.pages import Pages
from realtime.ring import Budget
from realtime.room import Room
from realtime.stats import counters

if TYPE_CHECKING:
    from realtime.connection import Connection

T = TypeVar("T")

log = logging.getLogger("lacasa.realtime")

SWEEP_S = 1.0
HEADS_S = 1.0
CURSORS_S = 30.0
RECHECK_S = 60.0
HEALING = 4
"""Rooms that are healed at once when the heads show that several are behind."""
RESTART = 1012
SLICE = 50
SLICE_S = 0.2
BACK_S = 3.0
"""Who is sent away by a restart comes back after a random part of this."""
LOOPBACK = frozenset({"127.0.0.1", "::1"})


class Hub:
    """One per process; made and ended by the module's lifespan."""

    def __init__(self) -> None:
        self.connections: set[Connection] = set()
        self.pages = Pages()
        self.draining = False
        self._rooms: dict[int, Room] = {}
        self._persons: Counter[tuple[int, str, int | str | None]] = Counter()
        self._addresses: Counter[str] = Counter()
        self._budget = Budget(limits().ring_mb * 1024 * 1024)
        self._loops: list[asyncio.Task[None]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._healing = asyncio.Semaphore(HEALING)

    async def start(self) -> None:
        for pause_s, act in (
            (SWEEP_S, self._sweep),
            (HEADS_S, self._ask_for_heads),
            (CURSORS_S, self._mark_time),
            (RECHECK_S, self._look_over),
        ):
            self._loops.append(asyncio.create_task(self._every(pause_s, act)))
        await wake.subscribe("heads", self._heads_called)

    async def drain(self) -> None:
        """Send everybody to another process, a slice at a time so that they do not all come at once. Takes no new ones from now on."""
        self.draining = True
        leaving = list(self.connections)
        pause_s = min(SLICE_S, limits().drain_s * SLICE / max(len(leaving), 1))
        for start in range(0, len(leaving), SLICE):
            for connection in leaving[start : start + SLICE]:
                connection.close(RESTART, self.when_to_return())
            if start + SLICE < len(leaving):
                await asyncio.sleep(pause_s * random.uniform(0.5, 1.5))  # noqa: S311 (jitter, no secret)

    def when_to_return(self) -> str:
        """A hint in the close frame's reason, another for each client: full jitter."""
        return f"retry_after_ms={random.randint(0, int(BACK_S * 1000))}"  # noqa: S311 (jitter, no secret)

    async def stop(self) -> None:
        if not self.draining:
            await self.drain()
        for task in self._loops:
            task.cancel()
        await asyncio.gather(*(room.close() for room in self._rooms.values()), *self._tasks, return_exceptions=True)

    def later(self, work: Awaitable[None]) -> None:
        """Something that nobody waits for. It may fail only because a server is away."""
        task = asyncio.ensure_future(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Who is here --------------------------------------------------------------------------------------------------

    def accept(self, connection: "Connection", address: str) -> bool:
        """Somebody knocks. False: too many are here already, in all or from this address."""
        counters.accepted += 1
        if len(self.connections) >= limits().per_process:
            return False
        if address and address not in LOOPBACK:
            network = tickets.network_of(address)
            if self._addresses[network] >= limits().per_address:
                return False
            self._addresses[network] += 1
        self.connections.add(connection)
        return True

    def forget(self, connection: "Connection", address: str) -> None:
        if connection in self.connections:
            self.connections.discard(connection)
            if address and address not in LOOPBACK:
                _less(self._addresses, tickets.network_of(address))

    async def join(self, link: Link) -> Room | None:
        """Enter the organization's room, to be caught up there. None: this person or organization has too many connections."""
        room = await self._room(link.actor.organization_id)
        person = _person(link.actor)
        if self._persons[person] >= limits().per_person or len(room.links) >= limits().per_organization:
            self._drop_if_empty(room)
            return None
        self._persons[person] += 1
        room.enter(link)
        return room

    def leave(self, room: Room, link: Link) -> None:
        _less(self._persons, _person(link.actor))
        room.leave(link)
        self._drop_if_empty(room)

    def _drop_if_empty(self, room: Room) -> None:
        if not room.links and self._rooms.get(room.organization_id) is room:
            del self._rooms[room.organization_id]
            self.pages.forget(room.organization_id)
            self.later(room.close())

    async def _room(self, organization_id: int) -> Room:
        """The organization's room, opened now if it is not; one that closed while we waited is not it."""
        while True:
            room = self._rooms.get(organization_id)
            if room is None:
                room = self._rooms[organization_id] = Room(organization_id, self._budget)
            try:
                await room.opened()
            except BaseException:  # also when whoever asked is cancelled: a failed room must not stay
                if room.failed and self._rooms.get(organization_id) is room:
                    del self._rooms[organization_id]
                raise
            if self._rooms.get(organization_id) is room:
                return room

    # By the clock -------------------------------------------------------------------------------------------------

    async def _sweep(self) -> None:
        now = time.monotonic()
        for connection in list(self.connections):
            connection.look_at_clock(now)
        for room in list(self._rooms.values()):
            await _quietly(room.tick())
        self.pages.tidy()

    async def _ask_for_heads(self) -> None:
        if not self._rooms:
            return
        counters.heads_read += 1
        heads = await replay.heads(list(self._rooms))
        behind = [
            room.compare(head)
            for organization_id, head in heads.items()
            if (room := self._rooms.get(organization_id)) is not None and room.head != head
        ]
        for failure in await asyncio.gather(*map(self._in_turn, behind), return_exceptions=True):
            if isinstance(failure, BaseException):
                raise failure

    async def _in_turn(self, healing: Awaitable[None]) -> None:
        async with self._healing:
            await healing

    async def _heads_called(self, _message: object) -> None:
        await _quietly(self._ask_for_heads())

    async def _mark_time(self) -> None:
        for room in self._rooms.values():
            room.mark_time()

    async def _look_over(self) -> None:
        for room in list(self._rooms.values()):
            await _quietly(room.rights.look_over())

    async def _every(self, pause_s: float, act: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(pause_s)
            await _quietly(act())

    def now(self) -> dict[str, int]:
        """What is here at this moment."""
        return {
            "connections": len(self.connections),
            "links": sum(len(room.links) for room in self._rooms.values()),
            "live": sum(link.live for room in self._rooms.values() for link in room.links),
            "rooms": len(self._rooms),
            "topics": sum(len(room.index) for room in self._rooms.values()),
            "ring_bytes": self._budget.used,
        }

    def queries(self) -> int:
        """How many queries this process has sent to PostgreSQL on behalf of sockets, but for those of typing and viewers."""
        return tickets.queries() + counters.pages_read + counters.heads_read + counters.rights_read + counters.heals


async def _quietly(work: Awaitable[None]) -> None:
    try:
        await work
    except (LacasaError, *AWAY) as error:
        log.info("the hub waits for PostgreSQL", extra={"error": type(error).__name__})
    except Exception:
        log.exception("something of the hub failed")


def _person(actor: Actor) -> tuple[int, str, int | str | None]:
    return (actor.organization_id, actor.kind, actor.id if actor.is_staff else actor.nonce)


def _less(counts: Counter[T], key: T) -> None:
    counts[key] -= 1
    if counts[key] <= 0:
        del counts[key]


_hub: Hub | None = None


def hub() -> Hub:
    if _hub is None:
        raise RuntimeError("the hub is not running in this process")
    return _hub


async def drain() -> None:
    """The process is to end: see `Hub.drain`."""
    if _hub is not None:
        await _hub.drain()


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
