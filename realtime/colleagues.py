"""Who of the staff is here: online on any device, away on all of them, or gone. Logged nowhere.

Every process leases what it knows of its own links to the others, in one message a change or beat. Who leaves is missed only after some
seconds: a page that is loaded anew is no news.
"""

import time
from typing import TYPE_CHECKING

import msgspec

from core.events import wake
from realtime.frames import built
from realtime.link import NODE, Link
from realtime.protocol import PresenceFrame, StaffStatus, Status

if TYPE_CHECKING:
    from realtime.room import Room

BEAT_S = 20.0
LEASE_S = 60.0
LEAVE_S = 8.0


class Here(msgspec.Struct, tag_field="form", tag="here"):
    """One process's staff, as far as it has links of them. `ask`: a newcomer, who wants to hear of the others' at once."""

    node: str
    people: dict[int, Status]
    ask: bool = False


class Elsewhere(msgspec.Struct):
    """What another process said, and until when that counts."""

    people: dict[int, Status]
    until: float


class Colleagues:
    """Of one organization, in one process. Compared and told once a second, whatever happened in between."""

    def __init__(self, room: "Room") -> None:
        self._room = room
        self._devices: dict[int, dict[Link, bool]] = {}
        self._elsewhere: dict[str, Elsewhere] = {}
        self._told: dict[int, Status] = {}
        self._missed_since: dict[int, float] = {}
        self._watchers: set[Link] = set()
        self._published: dict[int, Status] | None = None
        self._beat_at = 0.0

    def enter(self, link: Link) -> None:
        """The link is live, for the first time or again."""
        if link.actor.user_id is not None:
            self._devices.setdefault(link.actor.user_id, {}).setdefault(link, False)
        self.tell_missed(link)

    def leave(self, link: Link) -> None:
        self._watchers.discard(link)
        devices = self._devices.get(link.actor.user_id or 0)
        if devices is not None:
            devices.pop(link, None)
            if not devices:
                del self._devices[link.actor.user_id or 0]

    def set(self, link: Link, *, away: bool) -> None:
        """The device's own word; from the first on, it is told of the others."""
        if link.actor.user_id is None:
            return
        self._devices.setdefault(link.actor.user_id, {})[link] = away
        if link not in self._watchers:
            self._watchers.add(link)
            self._tell_all(link)

    def tell_missed(self, link: Link) -> None:
        """The whole list once more, to who lagged too much to be told of changes, or was not live."""
        if link.missed_hint and link.live and not link.lags:
            link.missed_hint = False
            self._tell_all(link)

    def _tell_all(self, link: Link) -> None:
        if link in self._watchers:
            self._hint(
                link, built(PresenceFrame([StaffStatus(user_id, status) for user_id, status in self._told.items()], whole=True))
            )

    @staticmethod
    def _hint(link: Link, frame: bytes) -> None:
        """Who is not live (his rights are being read) is told when he is."""
        if link.live:
            link.hint(frame)
        else:
            link.missed_hint = True

    def heard(self, here: Here) -> None:
        if here.node == NODE:
            return
        if here.people:
            self._elsewhere[here.node] = Elsewhere(here.people, time.monotonic() + LEASE_S)
        else:
            self._elsewhere.pop(here.node, None)
        if here.ask:
            self._published = None

    async def tick(self) -> None:
        """Tell the other processes of a change here, and the links here of a change anywhere."""
        now = time.monotonic()
        own = {user_id: _status(devices) for user_id, devices in self._devices.items()}
        if own != self._published or (own and now > self._beat_at):
            await self._publish(own)
            self._beat_at = now + BEAT_S
        for node in [node for node, elsewhere in self._elsewhere.items() if elsewhere.until < now]:
            del self._elsewhere[node]
        news = self._news(self._everywhere(own), now)
        if news:
            frame = built(PresenceFrame(news, whole=False))
            for link in self._watchers:
                self._hint(link, frame)

    async def ask(self) -> None:
        """The room opens: who is elsewhere?"""
        await wake.publish(f"live.{self._room.organization_id}", msgspec.json.encode(Here(NODE, {}, ask=True)))

    async def _publish(self, own: dict[int, Status]) -> None:
        if await wake.publish(f"live.{self._room.organization_id}", msgspec.json.encode(Here(NODE, own))):
            self._published = own

    def _everywhere(self, own: dict[int, Status]) -> dict[int, Status]:
        found = dict(own)
        for elsewhere in self._elsewhere.values():
            for user_id, status in elsewhere.people.items():
                if found.get(user_id) != "online":
                    found[user_id] = status
        return found

    def _news(self, present: dict[int, Status], now: float) -> list[StaffStatus]:
        """What has to be told, and is taken as told."""
        news = [StaffStatus(user_id, status) for user_id, status in present.items() if self._told.get(user_id) != status]
        for user_id in present:
            self._missed_since.pop(user_id, None)
        for user_id in [user_id for user_id in self._told if user_id not in present]:
            if now - self._missed_since.setdefault(user_id, now) >= LEAVE_S:
                del self._told[user_id], self._missed_since[user_id]
                news.append(StaffStatus(user_id, "offline"))
        self._told |= {colleague.id: colleague.status for colleague in news if colleague.status != "offline"}
        return news


def _status(devices: dict[Link, bool]) -> Status:
    return "away" if all(devices.values()) else "online"
