"""A room: everything one process knows live of one organization. Events pass through it in the order of their positions.

`position` is the last event that was passed on. The next one is passed on; an older one was seen; a later one means a gap, which is
healed from PostgreSQL before anything else goes out. A lost last event leaves no gap: the hub asks for heads.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable

import msgspec
from nats.aio.msg import Msg

from core.access import may_see
from core.auth.tickets import Cursor, cursor_for
from core.events import replay, wake
from core.events.contract import Logged
from core.events.replay import Head
from realtime.frames import Frames
from realtime.link import Link
from realtime.presence import Presence, Whisper
from realtime.protocol import CursorFrame, Resync

log = logging.getLogger("lacasa.realtime")

HEAL_MAX = 20_000
HEAL_PAGE = 2000
RIGHTS = frozenset({"inbox.saved", "team.saved", "team.deleted", "member.saved", "member.removed", "member.sessions_revoked"})
"""After these, what staff may see (or whether they are staff at all) may have changed."""

_decode = msgspec.json.Decoder(list[Logged]).decode
_whisper = msgspec.json.Decoder(Whisper).decode


class Room:
    """`look_again` re-reads the rights of a link's actor before it hears anything more."""

    def __init__(self, organization_id: int, look_again: Callable[[Link], Awaitable[None]]) -> None:
        self.organization_id = organization_id
        self.links: set[Link] = set()
        self.head = Head(0, 0)
        self.presence = Presence(self)
        self._look_again = look_again
        self._healing = asyncio.Lock()
        self._opened = asyncio.Event()
        self._opening: asyncio.Task[None] | None = None
        self._stops: list[Callable[[], Awaitable[None]]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def opened(self) -> None:
        """Wait until the room is open, opening it first if nobody has; a failure is told to all who wait."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        await asyncio.shield(self._opening)

    async def _open(self) -> None:
        """Listen first, then look where the log is: what comes in between is healed like any gap."""
        self._stops.append(await wake.subscribe(f"events.{self.organization_id}", self._heard))
        self._stops.append(await wake.subscribe(f"live.{self.organization_id}", self._whispered))
        self.head = (await replay.heads([self.organization_id])).get(self.organization_id, Head(0, 0))
        self._opened.set()

    async def close(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
        for stop in self._stops:
            await stop()
        for task in self._tasks:
            task.cancel()

    async def _heard(self, message: Msg) -> None:
        if self._opened.is_set():
            await self.take(_decode(message.data))

    async def _whispered(self, message: Msg) -> None:
        await self.presence.heard(_whisper(message.data))

    async def take(self, events: Iterable[Logged]) -> None:
        """Pass on what is next, heal what is missing, ignore what was seen."""
        for event in events:
            if event.epoch != self.head.epoch and self.head.epoch:
                self._start_over(Head(event.epoch, event.position))
            elif event.position == self.head.position + 1 and not self._healing.locked():
                self._pass_on(event)
            elif event.position > self.head.position:
                await self.heal()

    async def heal(self) -> None:
        """Fetch from PostgreSQL what is missing up to now; one query at a time."""
        if self._healing.locked():
            async with self._healing:
                return None
        async with self._healing:
            start = self.head.position
            while True:
                events = await replay.missing(self.organization_id, self.head.position, HEAL_PAGE)
                for event in events:
                    if event.position > self.head.position:
                        self._pass_on(event)
                if len(events) < HEAL_PAGE:
                    return None
                if self.head.position - start > HEAL_MAX:
                    latest = (await replay.heads([self.organization_id])).get(self.organization_id, self.head)
                    return self._start_over(latest)

    async def compare(self, head: Head) -> None:
        """The head in PostgreSQL, asked for once a second: heal if we are behind it."""
        if self.head.epoch and head.epoch != self.head.epoch:
            self._start_over(head)
        elif head.position > self.head.position:
            await self.heal()

    def _pass_on(self, event: Logged) -> None:
        self.head = Head(event.epoch, event.position)
        if event.audience.conversation_id is not None:
            self.presence.forget(event.audience.conversation_id)
        frames = Frames(event)
        for link in list(self.links):
            if link.held is not None:
                link.held.append(event)
            else:
                self.deliver(link, frames)
            if event.type in RIGHTS and link.actor.is_staff:
                self._hold(link)

    def deliver(self, link: Link, frames: Frames) -> None:
        if may_see(link.actor, frames.event.audience):
            text = frames.for_actor(link.actor)
            if text is not None:
                link.sent_position = frames.event.position
                link.send_text(text)

    def _hold(self, link: Link) -> None:
        link.stale = True
        if link.held is None:
            link.held = []
            self._look(link)

    def _look(self, link: Link) -> None:
        task = asyncio.create_task(self._release(link))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _release(self, link: Link) -> None:
        while link.stale:
            link.stale = False
            await self._look_again(link)
        self.let_go(link)

    def let_go(self, link: Link) -> None:
        """The link goes live: it gets what was held back for it meanwhile. Where rights changed meanwhile, they are read first."""
        if link.stale:
            return self._look(link)
        held, link.held = link.held or [], None
        for event in held:
            self.deliver(link, Frames(event))
        return None

    def _start_over(self, head: Head) -> None:
        """History is not what it was: everybody fetches anew."""
        log.warning("resync of an organization", extra={"organization_id": self.organization_id})
        self.head = head
        for link in self.links:
            link.send(Resync("epoch", self.cursor_of(link)))

    def cursor_of(self, link: Link) -> str:
        return cursor_for(link.actor, Cursor(self.head.epoch, self.head.position))

    def mark_time(self) -> None:
        """Tell links that saw nothing for a while how far the log has gone without them."""
        for link in self.links:
            if link.held is None and link.sent_position < self.head.position:
                link.sent_position = self.head.position
                link.send(CursorFrame(self.cursor_of(link)))
