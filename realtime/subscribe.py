"""Catching up: from a client's cursor to this moment, out of memory where that reaches, else out of pages that many share."""

import asyncio
from collections import deque

from core.access import Actor, may_see
from core.auth import tickets
from core.auth.tickets import Cursor, read_cursor
from core.errors import Unauthenticated
from core.events import replay
from realtime.frames import Frames
from realtime.link import BURST, Link
from realtime.pages import SIZE, Pages
from realtime.protocol import Live, Resync, Unreachable
from realtime.room import Room
from realtime.stats import counters

DOUBT_S = 0.05


async def subscribe(room: Room, pages: Pages, link: Link, text: str | None) -> None:
    """Send what `link` missed since the cursor `text`, then `live`; or `resync`. The caller lets it go live, without a pause.

    Raises:
        Unauthenticated: the session has ended, or the visitor was signed out.
    """
    fresh = await tickets.again_one(link.actor)
    if fresh is None:
        raise Unauthenticated
    room.reseat(link, fresh)
    if text is None:
        return _now_live(room, link, 0)
    cursor = read_cursor(fresh, text)
    reason: Unreachable | None = "invalid" if cursor is None else await _unreachable(room, pages, cursor)
    if cursor is None or reason is not None:
        return _start_over(room, link, reason or "invalid")
    sent = await _replay(room, pages, link, cursor.position)
    if not isinstance(sent, int):
        return _start_over(room, link, sent)
    counters.resumed += 1
    counters.replayed += sent
    return _now_live(room, link, sent)


def _now_live(room: Room, link: Link, replayed: int) -> None:
    link.position = room.head.position
    link.tell(Live(room.cursor_of(link), replayed))


def _start_over(room: Room, link: Link, reason: Unreachable) -> None:
    counters.refetched += 1
    link.position = room.head.position
    link.tell(Resync(reason, room.cursor_of(link)))


async def _unreachable(room: Room, pages: Pages, cursor: Cursor) -> Unreachable | None:
    """Why this cursor cannot be replayed from, if it cannot."""
    if cursor.position > room.head.position or room.head.epoch == 0:
        await room.heal(max(cursor.position, 1))
    if cursor.epoch not in (room.head.epoch, 0):
        return "epoch"
    if cursor.position > room.head.position:
        return "ahead"
    behind = room.head.position - cursor.position
    if behind > replay.TOO_FAR:
        return "too_far"
    if behind and not room.ring.reaches(cursor.position):
        oldest = await pages.horizon(room.organization_id)
        if oldest is None or cursor.position + 1 < oldest:
            return "too_far"
    return None


async def _replay(room: Room, pages: Pages, link: Link, position: int) -> int | Unreachable:
    """Send what is visible after `position`, up to the head at the end; how many that were, or why none may be sent.

    At the end the reader has room for what comes next: the answer would cut a link that is as full as it may be.
    """
    sent = 0
    first_read = True
    while await _ready(room, link):
        if position >= room.head.position:
            return sent
        if room.head.position - position > replay.TOO_FAR:
            return "too_far"  # more happens than can be read: without an end in sight, starting over is sooner done
        if room.ring.reaches(position):
            frames = list(room.ring.after(position))
            if first_read and not replay.is_young(frames[0].event.at):
                return "too_far"
            counters.resumed_from_memory += first_read
            upto = room.head.position
        else:
            frames, upto = await _read(room, pages, link, position)
        if any(found.event.id <= link.actor.sees_from for found in frames):
            return "access_changed"
        first_read = False
        left = deque(frames)
        while left:
            if (link.lags or room.rights.doubts(link)) and not await _ready(room, link):
                return sent
            some = _next(link.actor, left)
            link.send_all(some)
            sent += len(some)
        position = max(position, upto)
    return sent


def _next(actor: Actor, left: deque[Frames]) -> list[bytes]:
    """As much of what is left as goes out in one write."""
    found: list[bytes] = []
    size = 0
    while left and size < BURST:
        frames = left.popleft()
        if may_see(actor, frames.event.audience) and (frame := frames.for_actor(actor)) is not None:
            found.append(frame)
            size += len(frame)
    return found


async def _ready(room: Room, link: Link) -> bool:
    """Wait until the reader has room and nobody doubts the link's rights. False: it ended."""
    while link.closing is None and (link.lags or room.rights.doubts(link)):
        if link.lags:
            await link.has_room()
        else:
            await asyncio.sleep(DOUBT_S)
    return link.closing is None


async def _read(room: Room, pages: Pages, link: Link, position: int) -> tuple[list[Frames], int]:
    """What happened after `position`, and up to where that was looked at."""
    actor, end = link.actor, room.ring.start
    if actor.is_staff or end - position <= SIZE:
        upto = min((position // SIZE + 1) * SIZE, end)
        return await pages.after(room.organization_id, position, upto), upto
    found = await pages.of_contact(actor, position, end)
    return found, end if len(found) < replay.VISITOR_PAGE else found[-1].event.position
