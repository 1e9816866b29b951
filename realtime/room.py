"""A room: everything one process knows live of one organization. Events pass through it in the order of their positions.

`head` is the last event that was passed on. The next one is passed on; an older one was seen; a later one means a gap, which is
healed from PostgreSQL before anything else goes out. A lost last event leaves no gap: the hub asks for heads.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

import msgspec

from core.access import Actor, may_see, topics_of
from core.auth.tickets import Cursor, cursor_for
from core.events import replay, wake
from core.events.contract import Logged
from core.events.live import Working
from core.events.replay import Head
from core.events.wake import Msg
from realtime.colleagues import Colleagues, Here
from realtime.fanout import Fanout
from realtime.frames import Frames, built
from realtime.index import Index
from realtime.limits import limits
from realtime.link import BURST, Link
from realtime.presence import Presence, Whisper
from realtime.protocol import Close, CursorFrame, Resync
from realtime.rights import Rights
from realtime.ring import Budget, Ring
from realtime.stats import counters

log = logging.getLogger("lacasa.realtime")

HEAL_MAX = 20_000
HEAL_PAGE = 2000
WHOLE_S = 0.5

_decode = msgspec.json.Decoder(list[Logged]).decode
_whisper: Callable[[bytes], Whisper | Here | Working] = msgspec.json.Decoder(Whisper | Here | Working).decode


class Room:
    """One organization's links in this process, and where in the log they are."""

    def __init__(self, organization_id: int, budget: Budget) -> None:
        self.organization_id = organization_id
        self.links: set[Link] = set()
        self.index = Index()
        self.head = Head(0, 0)
        self.ring = Ring(budget, limits().ring_events)
        self.presence = Presence(self)
        self.colleagues = Colleagues(self)
        self.rights = Rights(self)
        self._newest_gain = 0
        self._overtaken: set[Link] = set()
        self._order = asyncio.Lock()
        self._to_staff, self._to_visitors = Fanout(), Fanout()
        self._burst = 0
        self._opened = asyncio.Event()
        self._closed = False
        self._whole_until = 0.0
        self._opening: asyncio.Task[None] | None = None
        self._stops: list[Callable[[], Awaitable[None]]] = []

    # Opening and closing ------------------------------------------------------------------------------------------

    async def opened(self) -> None:
        """Wait until the room is open, opening it first if nobody has; a failure is told to all who wait."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        await asyncio.shield(self._opening)

    @property
    def failed(self) -> bool:
        """Whether opening it ended without success, for whatever reason."""
        return self._opening is not None and self._opening.done() and not self._opened.is_set()

    async def _open(self) -> None:
        """Listen first, then look where the log is: what comes in between is healed like any gap."""
        try:
            self._stops.append(await wake.subscribe(f"events.{self.organization_id}", self._heard))
            self._stops.append(await wake.subscribe(f"live.{self.organization_id}", self._whispered))
            counters.heads_read += 1
            self._be_at((await replay.heads([self.organization_id])).get(self.organization_id, Head(0, 0)))
            await self.colleagues.ask()
        except BaseException:  # also when whoever opened it is cancelled
            await self._stop_listening()
            raise
        self._opened.set()

    async def close(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
        await self.colleagues.tick()
        await self._stop_listening()
        self._closed = True
        self.rights.stop()
        self.ring.start_at(0)

    async def _stop_listening(self) -> None:
        stops, self._stops = self._stops, []
        for stop in stops:
            await stop()

    async def tick(self) -> None:
        """Once a second."""
        overtaken, self._overtaken = self._overtaken, set()
        for link in overtaken:
            if link.live:
                link.position = self.head.position
                link.tell(Resync("access_changed", self.cursor_of(link)))
        self.presence.expire()
        await self.colleagues.tick()

    # Who is here --------------------------------------------------------------------------------------------------

    def enter(self, link: Link) -> None:
        """The link is caught up from now on, and live after `go_live`."""
        self.links.add(link)
        self.index.add(link)
        self._newest_gain = max(self._newest_gain, link.actor.sees_from)

    def leave(self, link: Link) -> None:
        if link in self.links:
            self.links.discard(link)
            self._overtaken.discard(link)
            self.index.discard(link)
            self.rights.forget(link)
            self.colleagues.leave(link)

    def reseat(self, link: Link, actor: Actor) -> None:
        """The link's actor as it is today."""
        self._newest_gain = max(self._newest_gain, actor.sees_from)
        if link in self.links and topics_of(actor) != topics_of(link.actor):
            self.index.discard(link)
            link.is_of(actor)
            self.index.add(link)
        else:
            link.is_of(actor)

    def go_live(self, link: Link) -> None:
        """Give the link what happened since its `position`, then everything as it happens; not while its rights are in doubt."""
        if link.replaying or link.closing is not None:
            return None
        if self.rights.doubts(link):
            return None  # it goes live when they are known
        if link.position < self.head.position:
            if not self.ring.reaches(link.position):
                return link.close(Close.slow)
            link.send_all(frame for found in self.ring.after(link.position) if (frame := self.frame_for(link, found)) is not None)
        link.position = max(link.position, self.head.position)
        link.live = link.closing is None
        if link.live and link.actor.is_staff:
            self.colleagues.enter(link)
        return None

    # What happens -------------------------------------------------------------------------------------------------

    async def _heard(self, message: Msg) -> None:
        if self._opened.is_set():
            await self.take(_decode(message.data))

    async def _whispered(self, message: Msg) -> None:
        said = _whisper(message.data)
        if isinstance(said, Here):
            self.colleagues.heard(said)
        elif isinstance(said, Working):
            self.presence.working(said)
        elif not said.is_own:
            await self.presence.heard(said)

    @asynccontextmanager
    async def _in_order(self) -> AsyncIterator[None]:
        """One after the other; what is due is on its way at the end, whatever happened."""
        async with self._order:
            try:
                yield
            finally:
                self._go()

    async def take(self, events: Iterable[Logged]) -> None:
        """Pass on what is next, heal what is missing, ignore what was seen."""
        async with self._in_order():
            for event in events:
                if event.epoch != self.head.epoch and self.head.epoch:
                    await self._flush()
                    self._start_over(Head(event.epoch, event.position))
                elif event.position == self.head.position + 1:
                    await self._pass_on(event)
                elif event.position > self.head.position:
                    await self._heal()

    async def heal(self, upto: int) -> None:
        """Fetch from PostgreSQL what is missing, if position `upto` is; who comes while that is under way waits for it.

        Where PostgreSQL knows of no such position either, it is not asked again for a moment: anybody may name one.
        """
        async with self._in_order():
            if self.head.position < upto and time.monotonic() >= self._whole_until:
                await self._heal()
                if self.head.position < upto:
                    self._whole_until = time.monotonic() + WHOLE_S

    async def compare(self, head: Head) -> None:
        """The head in PostgreSQL, asked for once a second: heal if we are behind it."""
        if self.head.epoch and head.epoch != self.head.epoch:
            async with self._order:
                await self._flush()
                self._start_over(head)
        elif head.position > self.head.position:
            await self.heal(head.position)

    async def _heal(self) -> None:
        start = self.head.position
        while True:
            await self._flush()
            counters.heals += 1
            events = await replay.missing(self.organization_id, self.head.position, HEAL_PAGE)
            for event in events:
                if event.position > self.head.position:
                    counters.healed += 1
                    await self._pass_on(event)
            if len(events) < HEAL_PAGE:
                return None
            if self.head.position - start > HEAL_MAX:
                await self._flush()
                latest = (await replay.heads([self.organization_id])).get(self.organization_id, self.head)
                return self._start_over(latest)

    async def _pass_on(self, event: Logged) -> None:
        """To be followed by `go`: what comes together goes out together."""
        if self._closed:
            return  # what a heal brings now would stay in the ring for nobody
        counters.events += 1
        frames = Frames(event)
        self.head = Head(event.epoch, event.position)
        self.ring.append(frames)
        if event.audience.conversation_id is not None:
            self.presence.forget(event.audience.conversation_id)
        staff, visitors = self.index.matching(event.audience)
        if event.id <= self._newest_gain:
            staff = [link for link in staff if self._may_hear(link, event)]
        if staff:
            self._to_staff.add(staff, frames.for_staff(), event.position)
        if visitors and (frame := frames.for_visitors()) is not None:
            self._to_visitors.add(visitors, frame, event.position)
        if self.rights.concerns(event):
            await self._flush()
            self.rights.after(event)
        self._burst += len(event.body)
        if self._burst > BURST:
            self._burst = 0
            await self._flush()
            await asyncio.sleep(0)
        elif self._to_staff.is_full or self._to_visitors.is_full:
            await self._flush()

    def _go(self) -> None:
        self._to_staff.go()
        self._to_visitors.go()

    async def _flush(self) -> None:
        self._go()
        await self._to_staff.flush()
        await self._to_visitors.flush()

    def _may_hear(self, link: Link, event: Logged) -> bool:
        """Not what happened before the link's member came to see more, and reached the log only after: they fetch anew in a moment."""
        if event.id > link.actor.sees_from or event.audience.conversation_id is None:
            return True
        self._overtaken.add(link)
        return False

    def frame_for(self, link: Link, frames: Frames) -> bytes | None:
        """What a link that catches up gets of an event, if it may see it. For what happens now there is the index."""
        if not may_see(link.actor, frames.event.audience) or not self._may_hear(link, frames.event):
            return None
        return frames.for_actor(link.actor)

    def _be_at(self, head: Head) -> None:
        self.head = head
        self.ring.start_at(head.position)

    def _start_over(self, head: Head) -> None:
        """History is not what it was: everybody fetches anew."""
        log.warning("resync of an organization", extra={"organization_id": self.organization_id})
        self._be_at(head)
        for link in self.links:
            link.position = head.position
            link.tell(Resync("epoch", self.cursor_of(link)))

    def cursor_of(self, link: Link) -> str:
        return cursor_for(link.actor, Cursor(self.head.epoch, self.head.position))

    def mark_time(self) -> None:
        """Tell links that saw nothing for a while how far the log has gone without them. Not while an event is on its way to some."""
        if self._order.locked() or self._to_staff.is_busy or self._to_visitors.is_busy:
            return
        marks: dict[bool, bytes] = {}
        for link in self.links:
            if link.live and link.position < self.head.position:
                link.position = self.head.position
                side = link.actor.is_staff
                if side not in marks:
                    marks[side] = built(CursorFrame(self.cursor_of(link)))
                link.hint(marks[side])
            self.colleagues.tell_missed(link)
