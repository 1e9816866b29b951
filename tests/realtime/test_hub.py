"""A hub keeps rooms only while somebody is in them, counts who is there, and forgets whoever is not."""

import json
from typing import cast

import pytest

from core.access import Actor, Audience
from core.events import wake
from core.events.replay import Head
from realtime.connection import Connection, Peer
from realtime.hub import Hub
from realtime.limits import limits
from realtime.presence import Whisper
from realtime.protocol import Close, Person
from realtime.stats import counters
from realtime.wire import Wire
from tests.factories import a_member, a_visitor, an_inbox, an_organization
from tests.realtime.ears import Ear, Wired, contact_event, room_of
from tests.realtime.people import ticket

ELSEWHERE = Peer(None, None, "203.0.113.7")


async def test_a_room_that_could_not_be_opened_is_opened_by_the_next_who_asks(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    ear = Ear(await an_organization(), live=False)

    async def defect(*_: object) -> None:
        raise ValueError("a defect")

    with monkeypatch.context() as patched:
        patched.setattr(wake, "subscribe", defect)
        for _ in range(2):
            with pytest.raises(ValueError, match="a defect"):
                await hub.join(ear)
    assert hub.now()["rooms"] == 0
    assert await hub.join(ear) is not None


async def test_the_last_who_leaves_closes_the_room_and_no_topic_is_left(hub: Hub) -> None:
    admin = await an_organization()
    ears = [Ear(admin, live=False), Ear(await a_member(admin), live=False), Ear(await a_visitor(await an_inbox(admin)), live=False)]
    found = [await hub.join(ear) for ear in ears]
    assert len({id(room) for room in found}) == 1
    assert hub.now()["rooms"] == 1
    for room, ear in zip(found, ears, strict=True):
        assert room is not None
        hub.leave(room, ear)
    assert {hub.now()[name] for name in ("rooms", "links", "topics")} == {0}
    assert len(hub._persons) == 0


@pytest.mark.usefixtures("tight")
async def test_one_person_has_a_limit_that_nobody_else_feels(hub: Hub) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    ears = [Ear(admin, live=False) for _ in range(4)]
    joined = [await hub.join(ear) for ear in ears]
    assert [room is not None for room in joined] == [True, True, True, False]
    assert await hub.join(Ear(member, live=False)) is not None
    assert joined[0] is not None
    hub.leave(joined[0], ears[0])
    assert await hub.join(ears[3]) is not None


@pytest.mark.usefixtures("tight")
async def test_one_organization_has_a_limit_that_no_other_feels(hub: Hub) -> None:
    inbox = await an_inbox(await an_organization())
    joined = [await hub.join(Ear(await a_visitor(inbox), live=False)) for _ in range(6)]
    assert [room is not None for room in joined] == [True] * 5 + [False]
    assert await hub.join(Ear(await an_organization(), live=False)) is not None


@pytest.mark.usefixtures("tight")
async def test_one_address_has_a_limit_but_a_proxy_on_this_machine_has_none(hub: Hub) -> None:
    def knock(address: str) -> tuple[Connection, Ear]:
        ear = Ear(Actor(kind="system", organization_id=0))
        connection = Connection(hub, ear.wire, Peer(None, None, address))
        connection.greet()
        return connection, ear

    near = [knock("127.0.0.1") for _ in range(3)]
    far = [knock("203.0.113.7") for _ in range(3)]
    assert [ear.ended for _, ear in near] == [None] * 3
    assert [ear.ended for _, ear in far] == [None, None, Close.too_many_connections]
    far[0][0].lost()
    assert knock("203.0.113.7")[1].ended is None
    assert knock("203.0.113.8")[1].ended is None
    assert knock("203.0.113.9")[1].ended == Close.too_many_connections, "the process is full"
    for connection, _ in [*near, *far]:
        connection.lost()
        connection.lost()
    assert sum(hub._addresses.values()) == 2
    alike = [knock(f"2001:db8::{number}") for number in (1, 2, 3)]
    assert [ear.ended for _, ear in alike] == [None, None, Close.too_many_connections], "a network's addresses are chosen freely"


async def test_leaving_a_conversation_that_nobody_views_leaves_nothing_behind(connected: object) -> None:
    room = room_of((await an_organization()).organization_id, Head(1, 1))
    who = Person("user", "Ada", 1)
    for number in range(50):
        await room.presence.heard(
            Whisper(kind="leave", link=f"x.{number}", conversation_id=number, who=who, audience=Audience(conversation_id=number))
        )
    assert len(room.presence) == 0
    seen = Audience(conversation_id=7)
    await room.presence.heard(Whisper(kind="view", link="x.1", conversation_id=7, who=who, audience=seen))
    assert len(room.presence) == 1
    await room.presence.heard(Whisper(kind="leave", link="x.1", conversation_id=7, who=who, audience=seen))
    assert len(room.presence) == 0


async def test_a_forged_cursor_asks_postgresql_once_in_a_while(hub: Hub) -> None:
    admin = await an_organization()
    ear = Ear(admin, live=False)
    room = await hub.join(ear)
    assert room is not None
    before = counters.heals
    for number in range(10):
        await room.heal(10**9 + number)
    assert counters.heals - before == 1


async def test_events_come_together_in_one_write_and_not_to_whom_is_being_closed(hub: Hub) -> None:
    admin = await an_organization()
    wire, other = Wired(), Ear(admin)
    connection = Connection(hub, cast(Wire, wire), ELSEWHERE)
    for frame in ({"op": "auth"} | ticket(admin), {"op": "subscribe"}):
        connection.received(json.dumps(frame))
    await wire.until("live")
    room = await hub.join(other)
    assert room is not None
    other.position = room.head.position
    wire.is_closing = True
    connection.ending()
    await room.take(
        [contact_event(admin.organization_id, Head(room.head.epoch, room.head.position + number)) for number in range(2)]
    )
    assert (len(other.positions), other.notebook.writes, wire.heard) == (2, 1, [])
    connection.lost()
    assert hub.now()["links"] == 1


async def test_who_lags_is_given_nothing_until_he_has_caught_up_and_is_cut_beyond_the_cap(connected: object) -> None:
    admin = await an_organization()
    slow, fast = Ear(admin), Ear(admin)
    room = room_of(admin.organization_id, Head(1, 10), slow, fast)
    slow.lagging(True)
    for _ in range(3):
        await room.take([contact_event(admin.organization_id, room.head)])
    assert (slow.positions, fast.positions) == ([], [11, 12, 13])
    slow.lagging(False)
    assert (slow.positions, slow.notebook.writes) == ([11, 12, 13], 1)
    await room.take([contact_event(admin.organization_id, room.head)])
    assert slow.positions == [11, 12, 13, 14]
    slow.lagging(True)
    large = b'{"type":"contact.created","x":"%b"}' % (b"x" * 60_000)
    for _ in range(limits().staff_cap_kb * 1024 // len(large) + 1):
        await room.take([contact_event(admin.organization_id, room.head, large)])
    assert (slow.positions, slow.ended) == ([11, 12, 13, 14], Close.slow)
    assert fast.ended is None


async def test_a_link_that_lags_when_it_goes_live_shares_what_waits_with_all_others_and_is_cut_beyond_the_cap(
    connected: object,
) -> None:
    admin = await an_organization()
    room = room_of(admin.organization_id, Head(1, 10))
    large = b'{"type":"contact.created","x":"%b"}' % (b"x" * 20_000)
    for _ in range(limits().staff_cap_kb * 1024 // len(large) + 1):
        await room.take([contact_event(admin.organization_id, room.head, large)])
    fast, slow = (Ear(admin, live=False) for _ in range(2))
    slow.lags = True
    for ear in (fast, slow):
        ear.position = 10
        room.enter(ear)
        room.go_live(ear)
    assert fast.positions == list(range(11, room.head.position + 1))
    assert 10 < fast.notebook.writes < len(fast.positions)
    assert (slow.positions, slow.live, slow.ended, slow.notebook.writes) == ([], False, Close.slow, 0)
