"""Rights of those who are connected: read together, never doubted because a server is away, and re-read before anything more is heard."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import cast

import pytest

from core import database
from core.access import Actor
from core.auth import accounts, tickets
from core.contacts import actions as contacts
from core.conversations import actions as conversations
from core.conversations.structs import AssignInput
from core.events.replay import Head
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges, InboxView
from core.teams import actions as teams
from core.teams.structs import TeamInput, TeamView
from core.users import actions as users
from realtime import rights
from realtime.connection import Connection, Peer
from realtime.hub import Hub
from realtime.protocol import Close
from realtime.stats import counters
from realtime.wire import Wire
from tests.factories import a_member, a_message, a_note, again, an_inbox, an_organization, another_message
from tests.realtime.ears import Ear, Wired, contact_event, head_of, room_of, sequenced, settled
from tests.realtime.people import caught_up, known, ticket
from tests.security.sockets import Socket
from tests.stack import Stack

START = Head(1, 10)


class Away:
    """PostgreSQL, while it is away: reaching for it fails as it does then."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._pool = database.pool()

    def __enter__(self) -> None:
        class Broken:
            async def fetch(self, *_: object) -> None:
                raise ConnectionRefusedError

        self._monkeypatch.setattr(database, "_pool", Broken())

    def __exit__(self, *_: object) -> None:
        self._monkeypatch.setattr(database, "_pool", self._pool)


async def _people(count: int) -> list[Actor]:
    admin = await an_organization()
    return [admin, *[await a_member(admin) for _ in range(count - 1)]]


async def test_when_postgresql_blinks_nobody_is_cut(connected: object, monkeypatch: pytest.MonkeyPatch) -> None:
    ears = [Ear(actor) for actor in await _people(3)]
    room = room_of(ears[0].actor.organization_id, START, *ears)
    with Away(monkeypatch), pytest.raises(ConnectionRefusedError):
        await room.rights.look_over()
    assert [ear.ended for ear in ears] == [None] * 3
    assert all(ear.live for ear in ears)
    await room.rights.look_over()
    assert [ear.ended for ear in ears] == [None] * 3


async def test_whose_rights_are_in_doubt_hears_nothing_until_they_can_be_read(
    connected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "RETRY_S", 0.02)
    admin, member = await _people(2)
    ears = [Ear(admin), Ear(member)]
    room = room_of(admin.organization_id, START, *ears)
    with Away(monkeypatch):
        room.rights.doubt(ears)
        await room.take([contact_event(admin.organization_id, room.head)])
        await asyncio.sleep(0.1)
        assert [ear.heard for ear in ears] == [[], []]
        assert [ear.ended for ear in ears] == [None, None]
    await settled(room)
    assert [ear.positions for ear in ears] == [[11], [11]]


async def test_who_was_put_out_while_postgresql_was_away_hears_nothing_when_it_is_back(
    connected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "RETRY_S", 0.02)
    admin, member = await _people(2)
    ear = Ear(member)
    room = room_of(admin.organization_id, START, ear)
    await users.remove(admin, member.id or 0)
    with Away(monkeypatch):
        room.rights.doubt([ear])
        await room.take([contact_event(admin.organization_id, room.head)])
        await asyncio.sleep(0.1)
    await settled(room)
    assert (ear.heard, ear.ended) == ([], Close.unauthenticated)


async def test_the_rights_of_many_are_read_with_one_query(connected: object) -> None:
    people = await _people(6)
    ears = [Ear(actor) for actor in people for _ in range(20)]
    room = room_of(people[0].organization_id, START, *ears)
    before = counters.rights_read
    await room.rights.look_over()
    room.rights.doubt(ears)
    await settled(room)
    assert counters.rights_read - before == 2
    assert all(ear.live and ear.ended is None for ear in ears)


async def test_a_defect_cuts_only_so_that_they_come_back(connected: object, monkeypatch: pytest.MonkeyPatch) -> None:
    async def defect(_: object) -> None:
        raise ValueError("a defect")

    ear = Ear((await _people(1))[0])
    room = room_of(ear.actor.organization_id, START, ear)
    monkeypatch.setattr(tickets, "again", defect)
    room.rights.doubt([ear])
    await settled(room)
    assert ear.ended == Close.unavailable


async def test_a_visitor_whose_contact_is_deleted_hears_nothing_more(connected: object) -> None:
    admin = await an_organization()
    visitor, sent = await a_message(await an_inbox(admin))
    ear = Ear(visitor)
    await sequenced()
    heads = await head_of(admin)
    room = room_of(admin.organization_id, heads, ear)
    await contacts.delete(admin, visitor.contact_id or 0)
    await sequenced()
    await room.heal(heads.position + 1)
    await settled(room)
    assert ear.ended == Close.access_changed
    assert sent.conversation.id


async def test_a_visitor_who_writes_for_the_first_time_is_found_under_his_contact_afterwards(connected: object) -> None:
    admin = await an_organization()
    visitor, _ = await a_message(await an_inbox(admin))
    before = Actor(
        kind=visitor.kind, organization_id=visitor.organization_id, inbox_id=visitor.inbox_id, nonce=visitor.nonce
    )  # fmt: skip
    ear = Ear(before)
    room = room_of(admin.organization_id, START, ear)
    await room.rights.look_over()
    assert ear.live
    assert ear in room.index.under(("visitor", "contact_id", visitor.contact_id or 0))


async def test_rights_are_read_again_between_authentication_and_subscription(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    inbox = await an_inbox(admin, access="members", member_ids=[admin.id, member.id])
    speaker, sent = await a_message(inbox, "Before")
    member = await again(member)
    async with known(stack, **ticket(member)) as socket, known(stack, **ticket(admin)) as other:
        await other.say("subscribe")
        await other.until("live")
        await inboxes.update(admin, inbox.id, InboxChanges(member_ids=[admin.id or 0]))
        await another_message(speaker, sent, "A secret")
        await teams.create(admin, TeamInput("Marker"))
        await _cursor_after(other, "Marker")  # else the room might hear of the change while the member comes in, and send him away
        answer, events = await caught_up(socket, f"{(await head_of(admin)).epoch}.0")
        assert answer["op"] == "live"
        assert "A secret" not in str(events)
        assert "Before" not in str(events)


Gain = Callable[[Actor, Actor, TeamView, InboxView], Awaitable[object]]
GAINS: dict[str, Gain] = {
    "joins the team": lambda admin, member, team, _: teams.update(admin, team.id, TeamInput("Night", [member.id or 0])),
    "is let into the inbox": lambda admin, member, _, inbox: inboxes.update(
        admin, inbox.id, InboxChanges(member_ids=[member.id or 0])
    ),
    "sees the inbox as everyone": lambda admin, _, __, inbox: inboxes.update(admin, inbox.id, InboxChanges(access="everyone")),
    "becomes an admin": lambda admin, member, _, __: users.set_role(admin, member.id or 0, "admin"),
}


@pytest.mark.parametrize("how", GAINS)
async def test_who_comes_to_see_more_is_not_replayed_what_happened_before(stack: Stack, how: str) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    team = await teams.create(admin, TeamInput("Night", []))
    old = await an_inbox(admin, access="members", member_ids=[])
    _, sent = await a_message(old, "Who may know")
    await conversations.assign(admin, sent.conversation.id, AssignInput(team_id=team.id))
    await a_note(admin, sent, "A secret of the night")
    await conversations.assign(admin, sent.conversation.id, AssignInput(team_id=None))
    epoch = (await head_of(admin)).epoch
    await GAINS[how](admin, member, team, old)
    async with known(stack, **ticket(member)) as socket:
        answer, events = await caught_up(socket, f"{epoch}.0")
        assert (answer["op"], answer.get("reason"), events) == ("resync", "access_changed", [])
        here = answer["cursor"]
    await a_note(admin, sent, "After that")
    async with known(stack, **ticket(member)) as socket:
        answer, events = await caught_up(socket, here)
        assert answer["op"] == "live"
        assert "A secret of the night" not in str(events)


async def test_who_sees_as_much_as_before_goes_on_where_they_were(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    team = await teams.create(admin, TeamInput("Night", [member.id or 0]))
    async with known(stack, **ticket(member)) as socket:
        await socket.say("subscribe")
        await socket.until("live")
        await teams.create(admin, TeamInput("Marker"))
        here = await _cursor_after(socket, "Marker")
    await a_message(await an_inbox(admin), "A question")
    await teams.update(admin, team.id, TeamInput("Day", [member.id or 0, admin.id or 0]))
    async with known(stack, **ticket(member)) as socket:
        answer, events = await caught_up(socket, here)
        assert answer["op"] == "live"
        while "A question" not in str(events):
            events.append((await socket.until("event"))["event"])


async def _cursor_after(socket: Socket, name: str) -> str:
    """The place after the event about the team of that name."""
    while True:
        frame = await socket.until("event")
        if frame["event"].get("name") == name:
            return str(frame["cursor"])


async def test_a_session_that_ends_between_authentication_and_subscription_subscribes_to_nothing(stack: Stack) -> None:
    member = await a_member(await an_organization())
    async with known(stack, **ticket(member)) as socket:
        await accounts.end_session(member, member.session_id or 0)
        await socket.say("subscribe")
        code, heard = await socket.closed()
        assert (code, heard) == (4401, [])


async def test_who_says_he_is_here_while_his_rights_are_read_is_heard_and_told_afterwards(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await an_organization()
    wire = Wired()
    connection = Connection(hub, cast(Wire, wire), Peer(None, None, "127.0.0.1"))
    for frame in ({"op": "auth"} | ticket(admin), {"op": "subscribe"}):
        connection.received(json.dumps(frame))
    await wire.until("live")
    room = await hub._room(admin.organization_id)
    monkeypatch.setattr(rights, "RETRY_S", 0.02)
    with Away(monkeypatch):
        room.rights.doubt([connection.link])
        connection.received('{"op": "presence", "away": true}')
        await asyncio.sleep(0.1)
        await room.colleagues.tick()
        assert wire.heard == []
    await settled(room)
    told = await wire.until("presence")
    assert (told["whole"], told["people"]) == (True, [{"id": admin.id, "status": "away"}])
    connection.lost()
