"""The socket's handler: authentication, subscription, and what clients say afterwards."""

import asyncio
import logging
import time
from itertools import count
from secrets import token_hex
from typing import Any

import msgspec
from litestar import WebSocket, websocket

from core.access import Actor
from core.auth import tickets
from core.auth.tickets import Cursor, cursor_for, read_cursor
from core.errors import Forbidden, LacasaError, Unauthenticated
from core.events import replay
from core.events.replay import AWAY
from realtime.frames import Frames
from realtime.hub import Hub, hub
from realtime.link import Link
from realtime.presence import TYPING_EVERY_S, VIEW_RENEW_S
from realtime.protocol import (
    Authenticate,
    Authenticated,
    ClientFrame,
    Close,
    Hello,
    Live,
    Ping,
    Pong,
    Refused,
    Resync,
    SetTyping,
    SetView,
    Subscribe,
    Unreachable,
)
from realtime.room import Room

log = logging.getLogger("lacasa.realtime")

AUTH_S = 10
HEARTBEAT_S = 25
SILENCE_S = 90
DEFECT = 1011
FRAMES_PER_S = 10.0
FRAMES_BURST = 30.0
NODE = token_hex(6)
Socket = WebSocket[Any, Any, Any]

_decode = msgspec.json.Decoder(ClientFrame).decode
_numbers = count(1)


class Ended(Exception):
    """The connection is to be closed with `code`."""

    def __init__(self, code: Close | int) -> None:
        super().__init__(str(code))
        self.code = code


@websocket("/ws")
async def ws(socket: Socket) -> None:
    """Realtime: see realtime/README.md."""
    await socket.accept()
    if hub().draining:
        return await socket.close(1012)
    await socket.send_data(msgspec.json.encode(Hello(HEARTBEAT_S, AUTH_S)).decode(), mode="text")
    try:
        actor = await _authenticate(socket)
    except Ended as ended:
        return await socket.close(int(ended.code))
    link = Link(socket, actor)
    link.name = f"{NODE}.{next(_numbers)}"
    try:
        await _converse(socket, hub(), link)
    finally:
        link.stop()
    return None


async def _authenticate(socket: Socket) -> Actor:
    try:
        frame = await asyncio.wait_for(_receive(socket), AUTH_S)
    except TimeoutError:
        raise Ended(Close.auth_timeout) from None
    if not isinstance(frame, Authenticate):
        raise Ended(Close.unauthenticated)
    try:
        return await _actor_of(socket, frame)
    except Unauthenticated:
        raise Ended(Close.unauthenticated) from None
    except Forbidden:
        raise Ended(Close.origin_refused) from None
    except (LacasaError, *AWAY):
        raise Ended(Close.unavailable) from None


async def _actor_of(socket: Socket, frame: Authenticate) -> Actor:
    origin = socket.headers.get("origin")
    if frame.ticket is not None:
        if origin is not None and not tickets.is_own_origin(origin, socket.headers.get("host")):
            raise Forbidden("staff sockets open from Lacasa's own pages")
        return await tickets.staff(frame.ticket)
    if frame.token is None or frame.key is None:
        raise Unauthenticated
    widget = await tickets.widget(frame.key)
    tickets.check_origin(widget, origin)
    return await tickets.visitor(frame.token, widget)


async def _receive(socket: Socket) -> ClientFrame:
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise Ended(1000)
    text = message.get("text")
    if not isinstance(text, str):
        raise Ended(Close.bad_frame)
    try:
        frame: ClientFrame = _decode(text)
        return frame
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Ended(Close.bad_frame) from None


class Session:
    """One authenticated connection's incoming side."""

    def __init__(self, hub_: Hub, link: Link) -> None:
        self._hub = hub_
        self._link = link
        self._room: Room | None = None
        self._viewing: int | None = None
        self._viewed_at = 0.0
        self._typed: dict[int | str, float] = {}
        self._allowance = FRAMES_BURST
        self._counted_at = time.monotonic()

    def count(self) -> None:
        """A token bucket; who empties it is cut."""
        now = time.monotonic()
        self._allowance = min(FRAMES_BURST, self._allowance + (now - self._counted_at) * FRAMES_PER_S) - 1
        self._counted_at = now
        if self._allowance < 0:
            raise Ended(Close.too_many_frames)

    async def obey(self, frame: ClientFrame) -> None:
        match frame:
            case Ping(n):
                await self._renew_view()
                self._link.send(Pong(n))
            case Subscribe(cursor):
                await self._subscribe(cursor)
            case SetTyping(conversation, active, note):
                await self._type(conversation, active=active, note=note)
            case SetView(conversation):
                await self._view(conversation)
            case Authenticate():
                self._link.send(Refused("authenticated", "this connection is authenticated already"))

    async def _subscribe(self, text: str | None) -> None:
        link = self._link
        link.held = []
        if self._room is None:
            self._room = await self._hub.join(link)
            if self._room is None:
                raise Ended(Close.too_many_connections)
        room = self._room
        link.actor = await tickets.again(link.actor)
        cursor = None if text is None else read_cursor(link.actor, text)
        if text is not None:
            reason: Unreachable | None = "invalid" if cursor is None else await self._unreachable(room, cursor)
            if reason is not None:
                link.send(Resync(reason, room.cursor_of(link)))
                return room.let_go(link)
        replayed, reached = 0, room.head
        if cursor is not None:
            replayed = await self._replay(cursor, reached.position)
        link.sent_position = reached.position
        link.send(Live(cursor_for(link.actor, Cursor(reached.epoch, reached.position)), replayed))
        link.held = [event for event in link.held or [] if event.position > reached.position]
        return room.let_go(link)

    async def _unreachable(self, room: Room, cursor: Cursor) -> Unreachable | None:
        """Why this cursor cannot be replayed from, if it cannot."""
        if cursor.position > room.head.position or room.head.epoch == 0:
            await room.heal()
        if cursor.epoch not in (room.head.epoch, 0):
            return "epoch"
        if cursor.position > room.head.position:
            return "ahead"
        behind = room.head.position - cursor.position
        if behind > replay.TOO_FAR or (behind and not await replay.reaches(self._link.actor, cursor.position)):
            return "too_far"
        return None

    async def _replay(self, cursor: Cursor, upto: int) -> int:
        sent, after = 0, cursor.position
        while after < upto:
            page = await replay.page(self._link.actor, after, upto)
            for event in page.events:
                text = Frames(event).for_actor(self._link.actor)
                if text is not None:
                    if not await self._link.has_room():
                        return sent
                    self._link.send_text(text)
                    sent += 1
            after = page.scanned_to
        return sent

    async def _type(self, conversation: int | str, *, active: bool, note: bool) -> None:
        if self._room is None:
            return
        now = time.monotonic()
        if active and now - self._typed.get(conversation, 0.0) < TYPING_EVERY_S:
            return
        if len(self._typed) > 100:
            self._typed.clear()
        self._typed[conversation] = now if active else 0.0
        actor = self._link.actor
        await self._room.presence.typing(self._link.name, actor, conversation, active=active, note=note and actor.is_staff)

    async def _view(self, conversation: int | None) -> None:
        if self._room is None or not self._link.actor.is_staff or conversation == self._viewing:
            return
        if self._viewing is not None:
            await self._room.presence.view(self._link.name, self._link.actor, self._viewing, leave=True)
        self._viewing, self._viewed_at = conversation, time.monotonic()
        if conversation is not None:
            await self._room.presence.view(self._link.name, self._link.actor, conversation)
            self._room.presence.tell_newcomer(conversation)

    async def _renew_view(self) -> None:
        if self._room is not None and self._viewing is not None and time.monotonic() - self._viewed_at > VIEW_RENEW_S:
            self._viewed_at = time.monotonic()
            await self._room.presence.view(self._link.name, self._link.actor, self._viewing)

    async def leave(self) -> None:
        if self._room is not None:
            room, self._room = self._room, None
            if self._viewing is not None:
                await room.presence.view(self._link.name, self._link.actor, self._viewing, leave=True)
            await self._hub.leave(room, self._link)


async def _converse(socket: Socket, hub_: Hub, link: Link) -> None:
    session = Session(hub_, link)
    link.send(Authenticated("staff" if link.actor.is_staff else "visitor"))
    try:
        while not link.is_closing:
            frame = await asyncio.wait_for(_receive(socket), SILENCE_S)
            session.count()
            await session.obey(frame)
    except Ended as ended:
        if ended.code != 1000:
            link.close(ended.code)
    except TimeoutError:
        link.close(Close.silent)
    except Unauthenticated:
        link.close(Close.unauthenticated)
    except (LacasaError, *AWAY):
        link.close(Close.unavailable)
    except Exception:
        log.exception("defect in a socket")
        link.close(DEFECT)
    finally:
        try:
            await session.leave()
        except (LacasaError, *AWAY):
            link.close(Close.unavailable)
        if link.is_closing:
            await link.ended()
