"""Typing, viewers, and how far the AI agent is: told to whom may see the conversation, logged nowhere, forgotten by themselves.

Hubs whisper to each other over NATS. A viewer is a lease per link, renewed every 20 s and gone after 60.
"""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import msgspec

from core.access import Actor, Audience
from core.events import audiences, wake
from core.events.live import EXPIRES_S, Working
from realtime.frames import built
from realtime.link import NODE, Link
from realtime.protocol import Person, TypingFrame, ViewersFrame, WorkingFrame

if TYPE_CHECKING:
    from realtime.room import Room

TYPING_EVERY_S = 2.5
"""Clients are asked for one per 3 s; clocks and networks are not exact."""
TYPING_EXPIRES_S = 6
VIEW_RENEW_S = 20.0
VIEW_EXPIRES_S = 60.0
CACHE_S = 10.0
AI_NAME = "AI agent"
CACHE_MAX = 2000


class Whisper(msgspec.Struct, kw_only=True, tag_field="form", tag="whisper"):
    """What hubs tell each other: `link` is unique over all processes."""

    kind: Literal["typing", "view", "leave"]
    link: str
    conversation_id: int
    token: str = ""
    who: Person
    audience: Audience
    active: bool = True
    note: bool = False

    @property
    def is_own(self) -> bool:
        """Whether this process said it, and has heeded it already."""
        return self.link.startswith(f"{NODE}.")


class Lease(msgspec.Struct):
    who: Person
    until: float


class Viewed(msgspec.Struct):
    """A conversation that somebody has on screen: who may hear of that, and the viewers by link."""

    audience: Audience
    leases: dict[str, Lease]


Known = tuple[str, int | None, int | str]
"""An actor, and a conversation's name."""


class Presence:
    """Of one organization, in one process."""

    def __init__(self, room: "Room") -> None:
        self._room = room
        self._viewed: dict[int, Viewed] = {}
        self._known: dict[Known, tuple[float, tuple[Audience, str] | None]] = {}
        self._asked: dict[int, set[Known]] = {}
        """What of `_known` is about a conversation."""

    def __len__(self) -> int:
        """Conversations that are kept in mind, for whatever reason."""
        return len(self._viewed)

    async def audience(self, actor: Actor, name: int | str) -> tuple[Audience, str] | None:
        """Who may hear of the conversation, if the actor may see it; remembered for a few seconds."""
        key = (actor.kind, actor.id if actor.is_staff else actor.contact_id, name)
        found = self._known.get(key)
        if found is None or found[0] < time.monotonic():
            if len(self._known) > CACHE_MAX:
                self.forget_access()
            found = (time.monotonic() + CACHE_S, await audiences.of_conversation(actor, name))
            self._known[key] = found
            if found[1] is not None:
                self._asked.setdefault(found[1][0].conversation_id or 0, set()).add(key)
        return found[1]

    def forget(self, conversation_id: int) -> None:
        """Something happened to the conversation: who may hear of it is asked anew."""
        for key in self._asked.pop(conversation_id, ()):
            self._known.pop(key, None)

    def forget_access(self) -> None:
        """Somebody may see other conversations now."""
        self._known.clear()
        self._asked.clear()

    async def typing(self, link: str, actor: Actor, name: int | str, *, active: bool, note: bool) -> None:
        found = await self.audience(actor, name)
        if found is None:
            return
        audience, token = found
        if note:
            audience = msgspec.structs.replace(audience, staff_only=True)
        await self._whisper(
            Whisper(
                kind="typing", link=link, conversation_id=audience.conversation_id or 0, token=token, who=_person(actor),
                audience=audience, active=active, note=note,
            )
        )  # fmt: skip

    async def view(self, link: str, actor: Actor, conversation_id: int) -> None:
        """The actor has it on screen (still): a lease."""
        found = await self.audience(actor, conversation_id)
        if found is not None:
            audience = msgspec.structs.replace(found[0], staff_only=True)
            await self._whisper(
                Whisper(kind="view", link=link, conversation_id=conversation_id, who=_person(actor), audience=audience)
            )

    async def leave(self, link: str, actor: Actor, conversation_id: int) -> None:
        """Not any more. Who may hear of it is what it was at the last `view`, whatever the actor may see today."""
        viewed = self._viewed.get(conversation_id)
        if viewed is not None and link in viewed.leases:
            await self._whisper(
                Whisper(kind="leave", link=link, conversation_id=conversation_id, who=_person(actor), audience=viewed.audience)
            )

    async def _whisper(self, whisper: Whisper) -> None:
        """To the links here at once, so that a word and its taking back never overtake each other, and to all other hubs."""
        await self.heard(whisper)
        await wake.publish(f"live.{self._room.organization_id}", msgspec.json.encode(whisper))

    async def heard(self, whisper: Whisper) -> None:
        """Pass a whisper on to the links here."""
        if whisper.kind == "typing":
            return self._tell_typing(whisper)
        viewed = self._viewed.get(whisper.conversation_id)
        if whisper.kind == "view":
            if viewed is None:
                viewed = self._viewed[whisper.conversation_id] = Viewed(whisper.audience, {})
            is_news = whisper.link not in viewed.leases
            viewed.audience = whisper.audience
            viewed.leases[whisper.link] = Lease(whisper.who, time.monotonic() + VIEW_EXPIRES_S)
        else:
            is_news = viewed is not None and viewed.leases.pop(whisper.link, None) is not None
        if is_news:
            self._tell_viewers(whisper.conversation_id)
        return None

    def _tell_typing(self, whisper: Whisper) -> None:
        def frame(name: int | str, who: Person) -> bytes:
            return built(TypingFrame(name, who, whisper.active, whisper.note, TYPING_EXPIRES_S))

        staff, visitors = self._room.index.matching(whisper.audience)
        if staff:
            _hint(staff, frame(whisper.conversation_id, whisper.who), but=whisper.link)
        if visitors:
            _hint(visitors, frame(whisper.token, msgspec.structs.replace(whisper.who, id=None)), but=whisper.link)

    def working(self, now: Working) -> None:
        """How far the AI agent is, to staff; to its customer, that somebody types."""
        staff, visitors = self._room.index.matching(msgspec.structs.replace(now.audience, staff_only=not now.token))
        if staff:
            _hint(staff, built(WorkingFrame(now.conversation_id, now.epoch, now.stage, now.draft, now.active, EXPIRES_S)))
        if visitors:
            _hint(visitors, built(TypingFrame(now.token, Person("ai", AI_NAME, None), now.active, False, TYPING_EXPIRES_S)))

    def _tell_viewers(self, conversation_id: int) -> None:
        viewed = self._viewed[conversation_id]
        staff, _ = self._room.index.matching(viewed.audience)
        _hint(staff, _viewers(conversation_id, viewed))
        if not viewed.leases:
            del self._viewed[conversation_id]

    def tell_newcomer(self, link: Link, conversation_id: int) -> None:
        """Somebody opened the conversation: who else is there?"""
        viewed = self._viewed.get(conversation_id)
        if viewed is not None and link in self._room.index.matching(viewed.audience)[0]:
            link.hint(_viewers(conversation_id, viewed))

    def expire(self) -> None:
        """Forget viewers whose process or connection has gone without a word."""
        now = time.monotonic()
        for conversation_id, viewed in list(self._viewed.items()):
            gone = [link for link, lease in viewed.leases.items() if lease.until < now]
            for link in gone:
                del viewed.leases[link]
            if gone or not viewed.leases:
                self._tell_viewers(conversation_id)


def _viewers(conversation_id: int, viewed: Viewed) -> bytes:
    people = {lease.who.id: lease.who for lease in viewed.leases.values()}
    return built(ViewersFrame(conversation_id, list(people.values())))


def _hint(links: Iterable[Link], frame: bytes, but: str = "") -> None:
    for link in links:
        if link.live and not (but and link.name == but):
            link.hint(frame)


def _person(actor: Actor) -> Person:
    if actor.is_staff:
        return Person("user", actor.name, actor.id)
    return Person("contact", actor.name, actor.contact_id)
