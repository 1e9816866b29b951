"""Typing and viewers: told to whom may see the conversation, logged nowhere, forgotten by themselves.

Hubs whisper to each other over NATS. A viewer is a lease per link, renewed every 20 s and gone after 60.
"""

import time
from typing import TYPE_CHECKING, Literal

import msgspec

from core.access import Actor, Audience, may_see
from core.events import audiences, wake
from realtime.protocol import Person, TypingFrame, ViewersFrame

if TYPE_CHECKING:
    from realtime.room import Room

TYPING_EVERY_S = 2.5
TYPING_EXPIRES_S = 6
VIEW_RENEW_S = 20.0
VIEW_EXPIRES_S = 60.0
CACHE_S = 10.0
CACHE_MAX = 2000


class Whisper(msgspec.Struct, kw_only=True):
    """What hubs tell each other: `link` is unique over all processes."""

    kind: Literal["typing", "view", "leave"]
    link: str
    conversation_id: int
    token: str = ""
    who: Person
    audience: Audience
    active: bool = True
    note: bool = False


class Lease(msgspec.Struct):
    who: Person
    until: float


class Presence:
    """Of one organization, in one process."""

    def __init__(self, room: "Room") -> None:
        self._room = room
        self._viewers: dict[int, dict[str, Lease]] = {}
        self._known: dict[tuple[str, int | None, int | str], tuple[float, tuple[Audience, str] | None]] = {}
        self._audiences: dict[int, Audience] = {}

    async def audience(self, actor: Actor, name: int | str) -> tuple[Audience, str] | None:
        """Who may hear of the conversation, if the actor may see it; remembered for a few seconds."""
        key = (actor.kind, actor.id if actor.is_staff else actor.contact_id, name)
        found = self._known.get(key)
        if found is None or found[0] < time.monotonic():
            if len(self._known) > CACHE_MAX:
                self._known.clear()
            found = (time.monotonic() + CACHE_S, await audiences.of_conversation(actor, name))
            self._known[key] = found
        return found[1]

    def forget(self, conversation_id: int) -> None:
        """Something happened to the conversation: who may hear of it is asked anew."""
        stale = [
            key for key, (_, value) in self._known.items() if value is not None and value[0].conversation_id == conversation_id
        ]
        for key in stale:
            del self._known[key]

    async def typing(self, link: str, actor: Actor, name: int | str, *, active: bool, note: bool) -> None:
        found = await self.audience(actor, name)
        if found is None:
            return
        audience, token = found
        if note:
            audience = msgspec.structs.replace(audience, staff_only=True)
        await self._whisper("typing", link, actor, audience, token, active=active, note=note)

    async def view(self, link: str, actor: Actor, conversation_id: int, *, leave: bool = False) -> None:
        found = await self.audience(actor, conversation_id)
        if found is not None:
            audience = msgspec.structs.replace(found[0], staff_only=True)
            await self._whisper("leave" if leave else "view", link, actor, audience, found[1])

    async def _whisper(
        self,
        kind: Literal["typing", "view", "leave"],
        link: str,
        actor: Actor,
        audience: Audience,
        token: str,
        *,
        active: bool = True,
        note: bool = False,
    ) -> None:
        whisper = Whisper(
            kind=kind, link=link, conversation_id=audience.conversation_id or 0, token=token, who=_person(actor), audience=audience,
            active=active, note=note,
        )  # fmt: skip
        if not await wake.publish(f"live.{self._room.organization_id}", msgspec.json.encode(whisper)):
            await self.heard(whisper)

    async def heard(self, whisper: Whisper) -> None:
        """Pass a whisper on to the links here."""
        if whisper.kind == "typing":
            return self._tell_typing(whisper)
        viewers = self._viewers.setdefault(whisper.conversation_id, {})
        known = whisper.link in viewers
        self._audiences[whisper.conversation_id] = whisper.audience
        if whisper.kind == "view":
            viewers[whisper.link] = Lease(whisper.who, time.monotonic() + VIEW_EXPIRES_S)
        else:
            viewers.pop(whisper.link, None)
        if known != (whisper.kind == "view"):
            self._tell_viewers(whisper.conversation_id)
        return None

    def _tell_typing(self, whisper: Whisper) -> None:
        for link in self._room.links:
            if link.held is not None or not may_see(link.actor, whisper.audience) or link.name == whisper.link:
                continue
            name: int | str = whisper.conversation_id if link.actor.is_staff else whisper.token
            who = whisper.who if link.actor.is_staff else msgspec.structs.replace(whisper.who, id=None)
            link.send(TypingFrame(name, who, whisper.active, whisper.note, TYPING_EXPIRES_S))

    def _tell_viewers(self, conversation_id: int) -> None:
        audience = self._audiences[conversation_id]
        people = list({lease.who.id: lease.who for lease in self._viewers.get(conversation_id, {}).values()}.values())
        for link in self._room.links:
            if link.held is None and may_see(link.actor, audience):
                link.send(ViewersFrame(conversation_id, people))
        if not people:
            self._viewers.pop(conversation_id, None)
            self._audiences.pop(conversation_id, None)

    def tell_newcomer(self, conversation_id: int) -> None:
        """Somebody opened the conversation: who else is there?"""
        if conversation_id in self._audiences:
            self._tell_viewers(conversation_id)

    def expire(self) -> None:
        """Forget viewers whose process or connection has gone without a word."""
        now = time.monotonic()
        for conversation_id, viewers in list(self._viewers.items()):
            gone = [link for link, lease in viewers.items() if lease.until < now]
            for link in gone:
                del viewers[link]
            if gone:
                self._tell_viewers(conversation_id)


def _person(actor: Actor) -> Person:
    if actor.is_staff:
        return Person("user", actor.name, actor.id)
    return Person("contact", actor.name, actor.contact_id)
