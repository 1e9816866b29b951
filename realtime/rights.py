"""Rights of those who are connected: read again, many at once, when something may have changed them, and every minute anyway.

Whose rights are in doubt (`stale`) hears nothing until they are read. While PostgreSQL is away nobody is cut for that: the doubtful
wait, the others go on, and both are looked at when it is back.
"""

import asyncio
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from core.access import Actor, topics_of
from core.auth import tickets
from core.errors import LacasaError
from core.events.contract import Logged
from core.events.replay import AWAY
from realtime.link import Link
from realtime.protocol import Close
from realtime.stats import counters

if TYPE_CHECKING:
    from realtime.room import Room

log = logging.getLogger("lacasa.realtime")

OF_STAFF = frozenset({"inbox.saved", "team.saved", "team.deleted", "member.saved", "member.removed", "member.sessions_revoked"})
"""After these, what staff may see (or whether they are staff at all) may have changed."""
OF_CONTACT = frozenset({"contact.deleted"})
"""After these, the visitors who are this contact."""
RETRY_S = 0.5
BATCH = 500


class Concerned(msgspec.Struct):
    """All that is read of a body here."""

    contact_id: int


_concerned = msgspec.json.Decoder(Concerned).decode


class Rights:
    """Of one room."""

    def __init__(self, room: "Room") -> None:
        self._room = room
        self._doubtful: set[Link] = set()
        self._reading: asyncio.Task[None] | None = None

    @staticmethod
    def concerns(event: Logged) -> bool:
        """Whether somebody's rights are in doubt after it."""
        return event.type in OF_STAFF or event.type in OF_CONTACT

    def after(self, event: Logged) -> None:
        """An event was passed on (to all: this comes after): whose rights are in doubt now?"""
        if event.type in OF_STAFF:
            self._room.presence.forget_access()
            self.doubt(link for link in self._room.links if link.actor.is_staff)
        elif event.type in OF_CONTACT:
            self.doubt(self._room.index.under(("visitor", "contact_id", _concerned(event.body).contact_id)))

    def doubt(self, links: Iterable[Link]) -> None:
        for link in links:
            if link.live:
                link.position = self._room.head.position
                link.live = False
            link.stale = True
            self.read_soon(link)

    def doubts(self, link: Link) -> bool:
        """Whether the link's rights are to be read, or are being read."""
        return link in self._doubtful

    def read_soon(self, link: Link) -> None:
        self._doubtful.add(link)
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._settle())

    def forget(self, link: Link) -> None:
        self._doubtful.discard(link)

    def stop(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    async def _settle(self) -> None:
        """Read until nobody is in doubt; who came into doubt again meanwhile is read again."""
        while self._doubtful:
            links = list(self._doubtful)[:BATCH]
            for link in links:
                link.stale = False
            try:
                found = await read([link.actor for link in links])
            except (LacasaError, *AWAY):
                for link in links:
                    link.stale = True
                await asyncio.sleep(RETRY_S)
                continue
            except Exception:
                log.exception("rights could not be read")
                for link in links:
                    self._doubtful.discard(link)
                    link.close(Close.unavailable)
                continue
            for link, fresh in zip(links, found, strict=True):
                if not link.stale:
                    self._doubtful.discard(link)
                    self.judge(link, fresh)
                    self._room.go_live(link)

    async def look_over(self) -> None:
        """Read the rights of all who are live, as nothing may have told of a change."""
        links = [link for link in self._room.links if link.live]
        for start in range(0, len(links), BATCH):
            some = [(link, link.actor) for link in links[start : start + BATCH]]
            for (link, actor), fresh in zip(some, await read([actor for _, actor in some]), strict=True):
                if link.live and link.actor is actor:
                    self.judge(link, fresh)

    def judge(self, link: Link, fresh: Actor | None) -> None:
        """Other rights: the link is cut, and comes back with them. None: it is out."""
        if link.closing is not None:
            return
        before = link.actor
        if fresh is None:
            link.close(Close.unauthenticated)
        elif fresh.role == before.role and topics_of(fresh) == topics_of(before):
            self._room.reseat(link, fresh)
        elif not fresh.is_staff and before.contact_id is None:
            self._room.reseat(link, fresh)  # a visitor wrote his first message
        else:
            link.close(Close.access_changed)


async def read(actors: list[Actor]) -> list[Actor | None]:
    counters.rights_read += len({actor.is_staff for actor in actors})
    return await tickets.again(actors)
