"""Broadcasts go round among links that come, go, lag and change, and everybody hears what he may, once and in order."""

import asyncio
import random
from typing import Any

import pytest
from msgspec.structs import replace

from core.access import Actor, ActorKind, Audience, may_see
from core.events.contract import Logged
from core.events.replay import Head
from realtime import fanout
from realtime.frames import framed
from realtime.room import Room
from tests.factories import an_organization
from tests.realtime.ears import Ear, contact_event, room_of

EVENTS = 300


class Traffic:
    """Links that do what links do, and events of two inboxes and of none, as chance has it. `came`: each link, and the position it came at."""

    def __init__(self, admin: Actor, chance: random.Random) -> None:
        self.chance = chance
        self.people = [admin, *(replace(admin, role="agent", inbox_ids=frozenset({inbox})) for inbox in (7, 8))]
        self.ears = [Ear(chance.choice(self.people)) for _ in range(12)]
        self.room: Room = room_of(admin.organization_id, Head(1, 10), *self.ears)
        self.came = dict.fromkeys(self.ears, 10)
        self.audiences: dict[int, Audience] = {}
        self.turns = 0

    async def meddle(self) -> None:
        while True:
            self.turns += 1
            what = self.chance.choice([self._come, self._catch_up, self._tell_the_time, self._go])
            await what(self.chance.choice(self.ears))
            await asyncio.sleep(0)

    async def _come(self, _ear: Ear) -> None:
        if len(self.ears) < 16:
            late = Ear(self.chance.choice(self.people), live=False)
            late.position = self.came[late] = self.room.head.position
            self.room.enter(late)
            self.room.go_live(late)
            self.ears.append(late)

    async def _catch_up(self, ear: Ear) -> None:
        ear.live, ear.replaying = False, True
        await asyncio.sleep(0)
        ear.replaying = False
        self.room.go_live(ear)

    async def _tell_the_time(self, _ear: Ear) -> None:
        self.room.mark_time()

    async def _go(self, ear: Ear) -> None:
        if len(self.ears) > 8:
            self.room.leave(ear)
            ear.lost()
            self.ears.remove(ear)

    def event(self, number: int) -> Logged:
        about: dict[str, Any] = {}
        if self.chance.random() < 0.5:
            about = {"conversation_id": 1, "inbox_ids": self.chance.choice([(7,), (7,), (8,), (7, 8)])}
        event = contact_event(self.room.organization_id, Head(1, self.room.head.position + number), **about)
        self.audiences[event.position] = event.audience
        return event

    async def happen(self) -> None:
        while (left := EVENTS - self.room.head.position) > 0:
            together = min(self.chance.choice([1, 1, 2, 5]), left)
            await self.room.take([self.event(number) for number in range(together)])
            for _ in range(self.chance.randrange(5)):
                await asyncio.sleep(0)


@pytest.mark.parametrize("seed", range(20))
async def test_a_large_fan_out_lets_others_in_between_and_loses_doubles_and_reorders_nothing(
    seed: int, connected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In slices of three links; events come alone and several at once, also while earlier ones still go round."""
    monkeypatch.setattr(fanout, "SLICE", 3)
    traffic = Traffic(await an_organization(), random.Random(seed))
    meddling = asyncio.create_task(traffic.meddle())
    await traffic.happen()
    await traffic.room._flush()
    meddling.cancel()
    assert traffic.turns > 100
    for ear, position in traffic.came.items():
        expected = [number for number, audience in traffic.audiences.items() if number > position and may_see(ear.actor, audience)]
        assert ear.positions == (expected if ear in traffic.ears else expected[: len(ear.positions)])
    assert sum(ear.notebook.writes for ear in traffic.came) < sum(len(ear.positions) for ear in traffic.came), "some came together"


async def test_an_event_joins_the_round_that_is_under_way_and_others_get_their_turn(
    connected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "SLICE", 2)
    admin = await an_organization()
    ears = [Ear(admin) for _ in range(5)]
    room = room_of(admin.organization_id, Head(1, 10), *ears)
    await room.take([contact_event(admin.organization_id, room.head)])
    assert [ear.positions for ear in ears] == [[11], [11], [], [], []]
    await room.take([contact_event(admin.organization_id, room.head)])
    await room._flush()
    assert [ear.positions for ear in ears] == [[11, 12]] * 5
    assert [ear.notebook.writes for ear in ears] == [2, 2, 1, 1, 1]


async def test_who_may_hear_no_more_gets_nothing_that_happens_from_then_on_though_a_round_is_under_way(
    connected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "SLICE", 1)
    admin = await an_organization()
    ears = [Ear(replace(admin, role="agent", inbox_ids=frozenset({7}))) for _ in range(3)]
    room = room_of(admin.organization_id, Head(1, 10), *ears)
    about: dict[str, Any] = {"conversation_id": 1, "inbox_ids": (7,)}
    await room.take([contact_event(admin.organization_id, room.head, **about)])
    room.reseat(ears[2], replace(admin, role="agent", inbox_ids=frozenset({8})))
    await room.take([contact_event(admin.organization_id, room.head, **about)])
    await room._flush()
    assert [ear.positions for ear in ears] == [[11, 12], [11, 12], [11]]


async def test_who_hears_only_some_of_what_came_together_gets_those_and_each_in_one_write(connected: object) -> None:
    """One may see everything, one an inbox, one nothing of either; events for different people come in one message."""
    admin = await an_organization()
    every, none = Ear(admin), Ear(replace(admin, role="agent", inbox_ids=frozenset()))
    some = Ear(replace(admin, role="agent", inbox_ids=frozenset({7})))
    room = room_of(admin.organization_id, Head(1, 10), every, some, none)
    about: tuple[dict[str, Any], ...] = (
        {"conversation_id": 1, "inbox_ids": (7,)},
        {},
        {"conversation_id": 2, "inbox_ids": (8,)},
        {"conversation_id": 1, "inbox_ids": (7,)},
    )
    await room.take(
        [contact_event(admin.organization_id, Head(1, 10 + number), **audience) for number, audience in enumerate(about)]
    )
    assert [ear.positions for ear in (every, some, none)] == [[11, 12, 13, 14], [11, 12, 14], [12]]
    assert [ear.notebook.writes for ear in (every, some, none)] == [1, 1, 1]


async def test_a_transport_that_is_closed_already_stops_nobody_else(connected: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "SLICE", 2)
    admin = await an_organization()
    ears = [Ear(admin) for _ in range(5)]
    room = room_of(admin.organization_id, Head(1, 10), *ears)

    def closed(_frame: bytes) -> None:
        raise RuntimeError("the handle is closed")

    ears[2].put = closed
    for _ in range(2):
        await room.take([contact_event(admin.organization_id, room.head)])
    await room._flush()
    assert [ear.positions for ear in ears] == [[11, 12], [11, 12], [], [11, 12], [11, 12]]
    assert not ears[2].live


async def test_visitors_who_come_and_go_leave_the_rows_of_staff_as_they_are(connected: object) -> None:
    admin = await an_organization()
    ears = [Ear(admin) for _ in range(3)]
    room = room_of(admin.organization_id, Head(1, 10), *ears)
    audience = Audience(conversation_id=1, inbox_ids=(7,))
    before, _ = room.index.matching(audience)
    visitor = Ear(Actor(kind=ActorKind.visitor, organization_id=admin.organization_id, contact_id=5))
    room.enter(visitor)
    room.reseat(ears[0], replace(admin, name="Another name"))
    assert room.index.matching(audience)[0] is before
    room.leave(ears[0])
    assert list(room.index.matching(audience)[0]) == ears[1:]


FRAME = framed(b"{}")


async def test_an_event_for_few_does_not_make_a_broadcast_to_many_too_much(
    connected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "TOGETHER_MAX", 4)
    monkeypatch.setattr(fanout, "SLICE", 2)
    admin = await an_organization()
    ears = [Ear(admin) for _ in range(9)]
    row, few = tuple(ears), (ears[0],)
    out = fanout.Fanout()
    out.add(row, FRAME, 11)
    out.add(few, FRAME, 12)
    assert not out.is_full, "each link is due a frame or two"
    await out.flush()
    out.add(few, FRAME, 13)
    for position in range(14, 20):
        out.add(few, FRAME, position)
    assert out.is_full, "the broadcast is over: these are as many for a single link"
