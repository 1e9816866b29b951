"""Who comes back gets what was missed, once and in order: out of memory, or out of pages that all who wait share."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from core.access import Actor
from core.auth import tickets
from core.auth.tickets import Cursor
from core.events import replay
from core.events.contract import Logged
from core.events.replay import Head
from realtime import rights
from realtime.frames import Frames
from realtime.hub import Hub
from realtime.pages import SIZE
from realtime.protocol import Close
from realtime.ring import LEAST, Budget, Ring
from realtime.room import Room
from realtime.stats import counters
from realtime.subscribe import subscribe
from tests.factories import a_member, a_message, a_note, a_reply, again, an_inbox, an_organization, another_message
from tests.realtime.ears import Ear, contact_event, head_of, much_happened, sequenced


async def _back(hub: Hub, actor: Actor, cursor: str | None) -> Ear:
    """Somebody who comes (back), as a connection does it."""
    ear = Ear(actor, live=False)
    room = await hub.join(ear)
    assert room is not None
    ear.replaying = True
    await subscribe(room, hub.pages, ear, cursor)
    ear.replaying = False
    room.go_live(ear)
    return ear


async def _founded() -> Actor:
    """An admin in whose organization something has happened already."""
    admin = await an_organization()
    await much_happened(admin.organization_id, 3, 1)
    return admin


async def _room(hub: Hub, admin: Actor) -> Room:
    return await hub._room(admin.organization_id)


async def test_out_of_memory_no_query_is_made_for_events(hub: Hub) -> None:
    admin = await _founded()
    first = await _back(hub, admin, None)
    room = await _room(hub, admin)
    start = room.head
    for _ in range(20):
        await room.take([contact_event(admin.organization_id, room.head)])
    before = (counters.pages_read, counters.heals, counters.heads_read)
    ears = [await _back(hub, admin, f"{start.epoch}.{start.position + n}") for n in range(20)]
    assert (counters.pages_read, counters.heals, counters.heads_read) == before
    for n, ear in enumerate(ears):
        assert ear.positions == list(range(start.position + n + 1, start.position + 21))
        assert ear.ops[-1] == "live"
        assert ear.frames[-1]["replayed"] == 20 - n
    assert first.positions == ears[0].positions


async def test_many_who_come_back_at_once_share_the_pages(hub: Hub) -> None:
    """A process that has just started remembers nothing: each page of the log is read once, for all of them."""
    admin = await _founded()
    start = await head_of(admin)
    await much_happened(admin.organization_id, 3 * SIZE, 10)
    before = counters.pages_read
    ears = await asyncio.gather(*(_back(hub, admin, f"{start.epoch}.{start.position + n}") for n in range(25)))
    assert counters.pages_read - before <= 5, "four pages and the horizon"
    for n, ear in enumerate(ears):
        assert ear.positions == list(range(start.position + n + 1, start.position + 3 * SIZE + 1))


async def test_many_visitors_who_come_back_share_a_query(hub: Hub) -> None:
    admin = await an_organization()
    inbox = await an_inbox(admin)
    people = [await a_message(inbox) for _ in range(5)]
    await sequenced()
    start = await head_of(admin)
    for visitor, sent in people:
        await another_message(visitor, sent, f"Again from {visitor.contact_id}")
        await a_reply(admin, sent, f"An answer to {visitor.contact_id}")
        await a_note(admin, sent, "A secret")
    await much_happened(admin.organization_id, 2 * SIZE, 10)
    await sequenced()
    from core.auth.tickets import Cursor, seal_cursor

    cursor = seal_cursor(admin.organization_id, Cursor(start.epoch, start.position))
    before = counters.pages_read
    ears = await asyncio.gather(*(_back(hub, visitor, cursor) for visitor, _ in people))
    assert counters.pages_read - before <= 3
    for (visitor, _), ear in zip(people, ears, strict=True):
        told = msgspec.json.encode([frame["event"] for frame in ear.frames if frame["op"] == "event"]).decode()
        assert f"Again from {visitor.contact_id}" in told
        assert f"An answer to {visitor.contact_id}" in told
        assert "A secret" not in told
        for other, _ in people:
            assert other is visitor or f"to {other.contact_id}" not in told


async def test_what_is_older_than_three_days_is_not_replayed(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = await _founded()
    start = await head_of(admin)
    await much_happened(admin.organization_id, 5, 10)
    assert (await _back(hub, admin, f"{start.epoch}.{start.position}")).ops[-1] == "live"
    monkeypatch.setattr(replay, "KEEP", timedelta(milliseconds=1))
    await asyncio.sleep(0.01)
    hub.pages.forget(admin.organization_id)
    ear = await _back(hub, admin, f"{start.epoch}.{start.position}")
    assert (ear.ops, ear.frames[0]["reason"]) == (["resync"], "too_far")
    assert (await _back(hub, admin, f"{start.epoch}.{start.position + 5}")).ops == ["live"], (
        "who missed nothing is not too far back"
    )


async def test_what_is_older_than_three_days_is_not_replayed_out_of_memory_either(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await _founded()
    await _back(hub, admin, None)
    room = await _room(hub, admin)
    start = room.head
    await room.take([contact_event(admin.organization_id, room.head)])
    monkeypatch.setattr(replay, "KEEP", timedelta(milliseconds=1))
    await asyncio.sleep(0.01)
    assert (await _back(hub, admin, f"{start.epoch}.{start.position}")).frames[0]["reason"] == "too_far"


async def test_more_than_five_thousand_behind_starts_over(hub: Hub) -> None:
    admin = await _founded()
    start = await head_of(admin)
    await much_happened(admin.organization_id, replay.TOO_FAR + 1, 1)
    assert (await _back(hub, admin, f"{start.epoch}.{start.position}")).frames[0]["reason"] == "too_far"
    behind = await _back(hub, admin, f"{start.epoch}.{start.position + 1}")
    assert len(behind.positions) == replay.TOO_FAR
    assert behind.ops[-1] == "live"


async def test_what_happens_while_somebody_catches_up_comes_afterwards(hub: Hub) -> None:
    admin = await _founded()
    start = await head_of(admin)
    await much_happened(admin.organization_id, SIZE, 10)
    watching = await _back(hub, admin, None)
    room = await _room(hub, admin)
    coming = asyncio.create_task(_back(hub, admin, f"{start.epoch}.{start.position}"))
    for _ in range(LEAST):
        await room.take([contact_event(admin.organization_id, room.head)])
        await asyncio.sleep(0)
    assert not coming.done()
    ear = await coming
    await room.take([contact_event(admin.organization_id, room.head)])
    assert ear.positions == list(range(start.position + 1, room.head.position + 1))
    assert watching.positions[-1] == ear.positions[-1]


async def test_who_cannot_read_as_fast_as_things_happen_starts_over(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "TOO_FAR", 2 * SIZE)
    admin = await _founded()
    start = await head_of(admin)
    watching = await _back(hub, admin, None)
    room = await _room(hub, admin)
    room.ring = Ring(Budget(0), 10_000)
    room.ring.start_at(room.head.position)
    for _ in range(LEAST + 1):
        await room.take([contact_event(admin.organization_id, room.head)])
    before = counters.pages_read
    coming = asyncio.create_task(_back(hub, admin, f"{start.epoch}.{start.position}"))
    async with asyncio.timeout(20):
        while not coming.done():
            if counters.pages_read >= before + 2:  # the horizon, and the first page
                for _ in range(SIZE):
                    await room.take([contact_event(admin.organization_id, room.head)])
            await asyncio.sleep(0)
    ear = await coming
    answers = [frame for frame in ear.frames if frame["op"] in {"live", "resync"}]
    assert [frame.get("reason") for frame in answers] == ["too_far"]
    assert ear.live
    assert watching.positions[-1] == room.head.position


async def test_who_is_overtaken_by_more_than_memory_holds_comes_back_and_misses_nothing(hub: Hub) -> None:
    admin = await _founded()
    watching = await _back(hub, admin, None)
    room = await _room(hub, admin)
    room.ring = Ring(Budget(0), 10_000)
    room.ring.start_at(room.head.position)
    watching.live, watching.replaying = False, True
    for _ in range(LEAST + 1):
        await room.take([contact_event(admin.organization_id, room.head)])
    watching.replaying = False
    room.go_live(watching)
    assert watching.ended == Close.slow


def test_memory_is_bounded_in_number_and_in_bytes() -> None:
    budget = Budget(500_000)
    rings = [Ring(budget, 1000) for _ in range(3)]
    head = Head(1, 0)
    for number in range(3000):
        for ring in rings:
            ring.append(Frames(contact_event(1, Head(1, number), b"x" * 2000)))
            assert ring.end == number + 1
            assert ring.end - ring.start <= 1000
    assert budget.used <= 500_000 + 3 * LEAST * Frames(contact_event(1, head, b"x" * 2000)).size
    for ring in rings:
        assert [frames.event.position for frames in ring.after(ring.start)] == list(range(ring.start + 1, 3001))
        assert ring.reaches(ring.start)
        assert not ring.reaches(ring.start - 1)
        ring.start_at(0)
    assert budget.used == 0


async def test_what_happens_under_doubted_rights_waits_for_them_also_in_a_replay(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """The member loses the inbox while he catches up, and PostgreSQL is slow to say so."""
    admin = await _founded()
    member = await a_member(admin)
    inbox = await an_inbox(admin, access="members", member_ids=[member.id or 0])
    ear = Ear(await again(member), live=False)
    room = await hub.join(ear)
    assert room is not None
    start = room.head
    known = asyncio.Event()

    async def later(actors: list[Actor]) -> list[Actor | None]:
        await known.wait()
        return [msgspec.structs.replace(actor, inbox_ids=frozenset()) for actor in actors]

    monkeypatch.setattr(rights, "read", later)

    def told(kind: str, text: str, **audience: object) -> Logged:
        body = f'{{"type":"{kind}","text":"{text}"}}'.encode()
        event = contact_event(admin.organization_id, room.head, body, **audience)
        return msgspec.structs.replace(event, type=kind, id=10**9 + event.position)

    of_inbox = {"conversation_id": 1, "inbox_ids": (inbox.id,)}
    await room.take([told("contact.created", "before", **of_inbox)])
    ear.lags = ear.replaying = True
    back = asyncio.create_task(subscribe(room, hub.pages, ear, f"{start.epoch}.{start.position}"))
    await asyncio.sleep(0.1)
    await room.take([told("inbox.saved", "taken away")])
    await room.take([told("contact.created", "a secret", **of_inbox)])
    ear.lagging(False)
    await asyncio.sleep(0.2)
    assert not back.done()
    known.set()
    await asyncio.wait_for(back, 5)
    assert ear.ended == Close.access_changed
    assert "a secret" not in str(ear.frames)


async def test_a_visitors_long_absence_is_read_in_small_pieces(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "VISITOR_PAGE", 5)
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    for number in range(17):
        await another_message(visitor, sent, f"Message {number}")
    await sequenced()
    start = await head_of(admin)
    await much_happened(admin.organization_id, SIZE, 1)
    before = counters.pages_read
    ear = await _back(hub, visitor, tickets.cursor_for(visitor, Cursor(start.epoch, 0)))
    events = [frame["event"] for frame in ear.frames if frame["op"] == "event"]
    assert [event["message"]["content"] for event in events if "message" in event][-17:] == [
        f"Message {number}" for number in range(17)
    ]
    assert ear.ops[-1] == "live"
    assert counters.pages_read - before >= 4
