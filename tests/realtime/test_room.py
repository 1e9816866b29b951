"""A room passes on every event once and in order, whatever NATS loses, doubles or delivers late."""

import random

import msgspec
import pytest

from core.access import Actor
from core.embedded.servers import Urls
from core.events import replay
from core.events.contract import Logged
from core.events.replay import Head
from realtime.frames import Frames
from tests.factories import a_message, a_note, an_inbox, an_organization, another_message
from tests.realtime.ears import Ear, room_of, sequenced, settled


async def _history() -> tuple[Actor, Actor, list[Logged]]:
    """An admin, a visitor, and everything that happened between them."""
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    for number in range(8):
        await another_message(visitor, sent, f"Message {number}")
    await a_note(admin, sent, "a secret between colleagues")
    await sequenced()
    return admin, visitor, await replay.missing(admin.organization_id, 0)


@pytest.mark.parametrize("seed", range(12))
async def test_lost_doubled_and_shuffled_deliveries_end_in_the_whole_history_in_order(connected: Urls, seed: int) -> None:
    chance = random.Random(seed)
    admin, _, events = await _history()
    ear = Ear(admin)
    room = room_of(admin.organization_id, Head(events[0].epoch, 0), ear)
    delivered = [event for event in events if chance.random() > 0.4] + chance.sample(events, 5)
    if seed % 2:
        chance.shuffle(delivered)
    for event in delivered:
        await room.take([event])
    await room.compare((await replay.heads([admin.organization_id]))[admin.organization_id])
    await settled(room)
    assert ear.heard == [
        frame for event in events if (frame := Frames(event).for_actor(admin)) and event.audience.user_id in (None, admin.id)
    ]


async def test_a_visitor_hears_his_messages_and_nothing_of_the_staff(connected: Urls) -> None:
    admin, visitor, events = await _history()
    ear = Ear(visitor)
    room = room_of(admin.organization_id, Head(events[0].epoch, 0), ear)
    await room.take(events)
    await settled(room)
    told = b"".join(ear.heard).decode(errors="replace")
    assert sum(b"message.created" in frame for frame in ear.heard) == 9
    assert "secret" not in told
    assert '"id":' not in told
    assert "organization_id" not in told


async def test_a_rewritten_history_makes_everybody_start_over(connected: Urls) -> None:
    admin, _, events = await _history()
    ear = Ear(admin)
    room = room_of(admin.organization_id, Head(events[0].epoch - 1, 500), ear)
    await room.take(events[:1])
    assert ear.ops == ["resync"]


async def test_what_happens_during_a_replay_comes_after_it_and_only_once(connected: Urls) -> None:
    admin, _, events = await _history()
    ear = Ear(admin)
    room = room_of(admin.organization_id, Head(events[0].epoch, 0), ear)
    ear.live, ear.replaying = False, True
    await room.take(events)
    assert ear.heard == []
    ear.replaying = False
    room.go_live(ear)
    await settled(room)
    room.go_live(ear)
    assert ear.heard == [Frames(event).for_staff() for event in events if event.audience.user_id in (None, admin.id)]


async def test_what_is_older_than_a_members_rights_and_comes_late_is_kept_from_them_and_they_fetch_anew(connected: Urls) -> None:
    admin, _, events = await _history()
    about = [event for event in events if event.audience.conversation_id is not None]
    ear = Ear(msgspec.structs.replace(admin, sees_from=about[4].id))
    room = room_of(admin.organization_id, Head(about[0].epoch, about[0].position - 1), ear)
    await room.take(about)
    assert ear.heard == [Frames(event).for_staff() for event in about[5:] if event.audience.user_id in (None, admin.id)]
    before = len(ear.heard)
    await room.tick()
    await room.tick()
    assert ear.ops[before:] == ["resync"]
