"""A room passes on every event once and in order, whatever NATS loses, doubles or delivers late."""

import asyncio
import random
from typing import Any

import asyncpg
import pytest

from core.access import Actor
from core.embedded.servers import Urls
from core.events import replay
from core.events.contract import Logged
from core.events.relay import Relay
from core.events.replay import Head
from realtime.frames import Frames
from realtime.link import Link
from realtime.room import Room
from tests.factories import a_message, a_note, an_inbox, an_organization, another_message


class Ear(Link):
    """A link that only remembers."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.name = "ear"
        self.held: list[Logged] | None = None
        self.sent_position = 0
        self.stale = False
        self.heard: list[str] = []

    def send_text(self, text: str) -> None:
        self.heard.append(text)

    def send(self, frame: Any) -> None:
        self.heard.append(type(frame).__name__)


async def _unchanged(_link: Link) -> None:
    """Rights are looked at again (an inbox was made), and are what they were."""


async def _looked_again(room: Room) -> None:
    await asyncio.gather(*room._tasks)


async def _history(urls: Urls) -> tuple[Actor, Actor, list[Logged]]:
    """An admin, a visitor, and everything that happened between them."""
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    for number in range(8):
        await another_message(visitor, sent, f"Message {number}")
    await a_note(admin, sent, "a secret between colleagues")
    connection = await asyncpg.connect(urls.database)
    relay = Relay(urls.database)
    while await relay.step(connection):
        pass
    await connection.close()
    return admin, visitor, await replay.missing(admin.organization_id, 0)


@pytest.mark.parametrize("seed", range(12))
async def test_lost_doubled_and_shuffled_deliveries_end_in_the_whole_history_in_order(connected: Urls, seed: int) -> None:
    chance = random.Random(seed)
    admin, _, events = await _history(connected)
    room = Room(admin.organization_id, _unchanged)
    room.head = Head(events[0].epoch, 0)
    ear = Ear(admin)
    room.links.add(ear)
    delivered = [event for event in events if chance.random() > 0.4] + chance.sample(events, 5)
    if seed % 2:
        chance.shuffle(delivered)
    for event in delivered:
        await room.take([event])
    await room.compare((await replay.heads([admin.organization_id]))[admin.organization_id])
    await _looked_again(room)
    assert ear.heard == [
        frame for event in events if (frame := Frames(event).for_actor(admin)) and event.audience.user_id in (None, admin.id)
    ]


async def test_a_visitor_hears_his_messages_and_nothing_of_the_staff(connected: Urls) -> None:
    admin, visitor, events = await _history(connected)
    room = Room(admin.organization_id, _unchanged)
    room.head = Head(events[0].epoch, 0)
    ear = Ear(visitor)
    room.links.add(ear)
    await room.take(events)
    await _looked_again(room)
    told = "".join(ear.heard)
    assert sum("message.created" in text for text in ear.heard) == 9
    assert "secret" not in told
    assert '"id":' not in told
    assert "organization_id" not in told


async def test_a_rewritten_history_makes_everybody_start_over(connected: Urls) -> None:
    admin, _, events = await _history(connected)
    room = Room(admin.organization_id, _unchanged)
    room.head = Head(events[0].epoch - 1, 500)
    ear = Ear(admin)
    room.links.add(ear)
    await room.take(events[:1])
    assert ear.heard == ["Resync"]


async def test_what_waits_during_replay_comes_after_it_and_only_once(connected: Urls) -> None:
    admin, _, events = await _history(connected)
    room = Room(admin.organization_id, _unchanged)
    room.head = Head(events[0].epoch, 0)
    ear = Ear(admin)
    ear.held = []
    room.links.add(ear)
    await room.take(events)
    assert ear.heard == []
    room.let_go(ear)
    await _looked_again(room)
    assert len(ear.heard) == len(events)
