"""A connection: one socket's incoming side. Frames are obeyed one after the other; while one is, the socket is not read, but for a replay."""

import asyncio
import logging
import time
from collections import deque

import msgspec

from core.auth import tickets
from core.auth.tickets import Admitted
from core.errors import Forbidden, LacasaError, Unauthenticated
from core.events.replay import AWAY
from realtime.hub import RESTART, Hub
from realtime.limits import limits
from realtime.link import Link
from realtime.presence import TYPING_EVERY_S, VIEW_RENEW_S
from realtime.protocol import (
    Authenticate,
    Authenticated,
    ClientFrame,
    Close,
    Expiring,
    Hello,
    Ping,
    Pong,
    Refused,
    SetPresence,
    SetTyping,
    SetView,
    Subscribe,
)
from realtime.room import Room
from realtime.stats import counters
from realtime.subscribe import subscribe
from realtime.wire import Wire

log = logging.getLogger("lacasa.realtime")

AUTH_S = 10
HEARTBEAT_S = 25
SILENCE_S = 90
WARNING_S = 60.0
LATER_S = 1.0
DEFECT = 1011
TYPED_MAX = 20
"""Conversations that one connection may tell typing of within a minute."""
TYPED_S = 60.0
STOPPED_S = 1.0
"""Who has stopped typing may begin again so soon."""
WAITING_MAX = 64
"""Frames that wait while a long replay goes on."""

_decode = msgspec.json.Decoder(ClientFrame).decode


class Ended(Exception):
    """The connection is to be closed with `code`."""

    def __init__(self, code: Close | int) -> None:
        super().__init__(str(code))
        self.code = code


class Peer(msgspec.Struct, frozen=True):
    """Where a connection comes from: the page (a browser's word), the host it asked, its network address."""

    origin: str | None
    host: str | None
    address: str


class Typed(msgspec.Struct, frozen=True):
    """When somebody last began to type in a conversation, and whether they still do."""

    at: float
    active: bool


class Connection:
    """Implements `wire.Receiver`."""

    __slots__ = (
        "_allowance",
        "_counted_at",
        "_deadline",
        "_ends_at",
        "_hub",
        "_is_lost",
        "_peer",
        "_room",
        "_task",
        "_typed",
        "_viewed_at",
        "_viewing",
        "_waiting",
        "_warned",
        "_wire",
        "link",
    )  # fmt: skip

    def __init__(self, hub: Hub, wire: Wire, peer: Peer) -> None:
        self.link = Link(wire)
        self._hub = hub
        self._wire = wire
        self._peer = peer
        self._room: Room | None = None
        self._task: asyncio.Task[None] | None = None
        self._waiting: deque[ClientFrame] | None = None
        self._is_lost = False
        self._viewing: int | None = None
        self._viewed_at = 0.0
        self._typed: dict[int | str, Typed] | None = None
        self._allowance = float(limits().frames_burst)
        self._counted_at = time.monotonic()
        self._deadline = self._counted_at + AUTH_S
        self._ends_at: float | None = None
        self._warned = False

    def greet(self) -> None:
        """Say hello; or goodbye, where there is no room."""
        if self._hub.draining:
            self.close(RESTART, self._hub.when_to_return())
        elif not self._hub.accept(self, self._peer.address):
            self.close(Close.too_many_connections, self._hub.when_to_return())
        else:
            self.link.tell(Hello(HEARTBEAT_S, AUTH_S))

    def close(self, code: Close | int, reason: str = "") -> None:
        self.link.close(code, reason)

    # What the wire tells ------------------------------------------------------------------------------------------

    def received(self, text: str | None) -> None:
        if self.link.closing is not None:
            return None
        now = time.monotonic()
        self._allowance = min(limits().frames_burst, self._allowance + (now - self._counted_at) * limits().frames_per_s) - 1
        self._counted_at = now
        if self._allowance < 0:
            return self.close(Close.too_many_frames)
        try:
            frame = _decode(text or "")
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return self.close(Close.bad_frame)
        if self._is_known:
            self._deadline = now + SILENCE_S
            if isinstance(frame, Ping) and self._may_overtake:
                return self._pong(frame)
        return self._obey_in_turn(frame)

    @property
    def _may_overtake(self) -> bool:
        """Whether a ping is answered at once: nothing is under way, or only a replay; but pings stay in order."""
        if self._task is None:
            return True
        return self.link.replaying and not any(isinstance(frame, Ping) for frame in self._waiting or ())

    def lagging(self, lags: bool) -> None:
        self.link.lagging(lags)

    def ending(self) -> None:
        self.link.choose_way()

    def lost(self) -> None:
        self._is_lost = True
        self.link.lost()
        self._hub.forget(self, self._peer.address)
        if self._task is None:
            self._leave()

    # What the clock tells -----------------------------------------------------------------------------------------

    def look_at_clock(self, now: float) -> None:
        """Called about once a second."""
        if now > self._deadline:
            self.close(Close.silent if self._is_known else Close.auth_timeout)
        elif self._ends_at is not None and now > self._ends_at - WARNING_S:
            if now > self._ends_at:
                self.close(Close.unauthenticated)
            elif not self._warned:
                self._warned = True
                self.link.tell(Expiring(max(0, int(self._ends_at - now))))

    # Obeying ------------------------------------------------------------------------------------------------------

    @property
    def _is_known(self) -> bool:
        return self._ends_at is not None

    def _obey_in_turn(self, frame: ClientFrame) -> None:
        if self._waiting is None:
            self._waiting = deque()
        self._waiting.append(frame)
        if len(self._waiting) > WAITING_MAX:
            return self.close(Close.too_many_frames)
        if self._task is None:
            self._wire.hold()
            self._task = asyncio.create_task(self._work())
        return None

    async def _work(self) -> None:
        try:
            while self._waiting and self.link.closing is None:
                await self._obey(self._waiting.popleft())
        except Ended as ended:
            self.close(ended.code)
        except Unauthenticated:
            self.close(Close.unauthenticated)
        except (LacasaError, *AWAY):
            self.close(Close.unavailable, self._hub.when_to_return())
        except Exception:
            log.exception("defect in a socket")
            self.close(DEFECT)
        finally:
            self._task = self._waiting = None
            self._wire.go_on()
            if self._is_lost:
                self._leave()

    async def _obey(self, frame: ClientFrame) -> None:
        if not (self._is_known or isinstance(frame, Authenticate)):
            raise Ended(Close.unauthenticated)
        if self._room is None and isinstance(frame, SetTyping | SetPresence | SetView):
            self.link.tell(Refused("not_subscribed", "nobody would hear of it: subscribe first"))
            return
        match frame:
            case Ping():
                self._pong(frame)
            case Authenticate():
                await (self._renew(frame) if self._is_known else self._authenticate(frame))
            case Subscribe(cursor):
                await self._subscribe(cursor)
            case SetTyping(conversation, active, note):
                await self._type(conversation, active=active, note=note)
            case SetPresence(away):
                if self._room is not None:
                    self._room.colleagues.set(self.link, away=away)
            case SetView(conversation):
                await self._view(conversation)

    def _pong(self, ping: Ping) -> None:
        self.link.tell(Pong(ping.n))
        if self._room is not None and self._viewing is not None and time.monotonic() - self._viewed_at > VIEW_RENEW_S:
            self._viewed_at = time.monotonic()
            self._hub.later(self._go_on_viewing(self._room, self._viewing))

    async def _go_on_viewing(self, room: Room, conversation: int) -> None:
        await room.presence.view(self.link.name, self.link.actor, conversation)
        if self._room is None or self._viewing != conversation:  # they left while it was asked who may hear of them
            await room.presence.leave(self.link.name, self.link.actor, conversation)

    async def _authenticate(self, frame: Authenticate) -> None:
        try:
            admitted = await self._admit(frame)
        except Unauthenticated:
            raise Ended(Close.unauthenticated) from None
        except Forbidden:
            raise Ended(Close.origin_refused) from None
        counters.authenticated += 1
        self.link.is_of(admitted.actor)
        self._know(admitted)

    async def _renew(self, frame: Authenticate) -> None:
        """A newer ticket or token of the same person, before the old one runs out. Any other changes nothing."""
        try:
            admitted = await self._admit(frame)
        except (Unauthenticated, Forbidden):
            return self.link.tell(Refused("not_renewed", "this is no valid ticket or token; the old one still counts"))
        before, fresh = self.link.actor, admitted.actor
        if (before.organization_id, before.kind, before.user_id, before.nonce) != (
            fresh.organization_id, fresh.kind, fresh.user_id, fresh.nonce,
        ):  # fmt: skip
            return self.link.tell(Refused("somebody_else", "a connection is of one person; open another"))
        if self._room is not None:
            self._room.rights.judge(self.link, fresh)
        else:
            self.link.is_of(fresh)
        return self._know(admitted)

    async def _admit(self, frame: Authenticate) -> Admitted:
        if frame.ticket is not None:
            if self._peer.origin is not None and not tickets.is_own_origin(self._peer.origin, self._peer.host):
                raise Forbidden("staff sockets open from Lacasa's own pages")
            return await tickets.admit_staff(frame.ticket)
        if frame.token is None or frame.key is None:
            raise Unauthenticated
        return await tickets.admit_visitor(frame.token, frame.key, self._peer.origin)

    def _know(self, admitted: Admitted) -> None:
        now = time.monotonic()
        expires_s = admitted.until.timestamp() - time.time()
        if self._ends_at is None or now + expires_s > self._ends_at + LATER_S:
            self._warned = False  # a new ticket of the same session ends when the old one does
        self._ends_at = now + expires_s
        self._deadline = now + SILENCE_S
        self.link.tell(Authenticated("staff" if self.link.actor.is_staff else "visitor", max(0, int(expires_s))))

    async def _subscribe(self, cursor: str | None) -> None:
        link = self.link
        link.live, link.replaying = False, True
        self._wire.go_on()  # a replay takes as long as its reader, who is to hear and to be heard meanwhile
        try:
            if self._room is None:
                self._room = await self._hub.join(link)
                if self._room is None:
                    raise Ended(Close.too_many_connections)
            await subscribe(self._room, self._hub.pages, link, cursor)
        finally:
            link.replaying = False
        self._room.go_live(link)

    async def _type(self, conversation: int | str, *, active: bool, note: bool) -> None:
        actor = self.link.actor
        if self._room is None or (not actor.is_staff and actor.contact_id is None):
            return
        now = time.monotonic()
        if self._typed is None:
            self._typed = {}
        last = self._typed.get(conversation)
        if last is None:
            if not active or not self._may_type_in_another(self._typed, now):
                return
        elif (active == last.active and (not active or now - last.at < TYPING_EVERY_S)) or (active and now - last.at < STOPPED_S):
            return
        self._typed[conversation] = Typed(now if active or last is None else last.at, active)
        await self._room.presence.typing(self.link.name, actor, conversation, active=active, note=note and actor.is_staff)

    @staticmethod
    def _may_type_in_another(typed: dict[int | str, Typed], now: float) -> bool:
        """Each name that is new here may be asked of PostgreSQL."""
        if len(typed) >= TYPED_MAX:
            for name in [name for name, last in typed.items() if now - last.at > TYPED_S]:
                del typed[name]
        return len(typed) < TYPED_MAX

    async def _view(self, conversation: int | None) -> None:
        if self._room is None or not self.link.actor.is_staff or conversation == self._viewing:
            return
        presence = self._room.presence
        if self._viewing is not None:
            await presence.leave(self.link.name, self.link.actor, self._viewing)
        self._viewing, self._viewed_at = conversation, time.monotonic()
        if conversation is not None:
            await presence.view(self.link.name, self.link.actor, conversation)
            presence.tell_newcomer(self.link, conversation)

    def _leave(self) -> None:
        if self._room is not None:
            room, self._room = self._room, None
            if self._viewing is not None:
                self._hub.later(room.presence.leave(self.link.name, self.link.actor, self._viewing))
            self._hub.leave(room, self.link)
