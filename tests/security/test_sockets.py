"""The socket: who is not known hears nothing, who loses a right is cut at once, and no frame harms the process."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from core.auth import accounts, sessions, tickets
from core.auth.tickets import Cursor, Ticket
from core.auth.tokens import seal
from core.database import pool
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges
from core.messages import actions as messages
from core.teams import actions as teams
from core.teams.structs import TeamInput
from core.users import actions as users
from tests.factories import a_member, a_note, a_reply, a_visitor, again, an_inbox, an_organization, another_message, client_id
from tests.factories import a_message as a_message_in
from tests.security.conftest import Worlds
from tests.security.sockets import live, opened, ticket, visitor
from tests.security.world import World, a_world
from tests.stack import Stack


@pytest.fixture(autouse=True)
async def no_trace(stack: Stack) -> AsyncIterator[None]:
    """Whatever is sent, the web process writes no defect into its log."""
    before = len(stack.log("web"))
    yield
    written = stack.log("web")[before:]
    assert "Traceback" not in written, written[-3000:]
    assert '"level":"error"' not in written, written[-3000:]


@pytest.fixture(scope="module")
async def shop(stack: Stack) -> World:
    assert stack.url
    return await a_world()


async def _marked(world: World) -> None:
    """Something that all staff may hear, after which nothing older is under way any more."""
    await teams.create(world.admin, TeamInput("Marker"))


async def test_before_authentication_there_is_a_greeting_and_nothing_else(stack: Stack, shop: World) -> None:
    async with opened(stack) as socket:
        await a_message_in(shop.inbox)
        await _marked(shop)
        assert await socket.before_quiet() == set()


async def test_a_subscription_needs_authentication(stack: Stack) -> None:
    for op in ("subscribe", "ping", "view", "typing"):
        async with opened(stack) as socket:
            await socket.say(op, **({"conversation": 1} if op == "typing" else {}))
            assert (await socket.closed())[0] in {4400, 4401}


async def test_wrong_tickets_open_nothing(stack: Stack, shop: World, worlds: Worlds) -> None:
    ended = await shop.session("agent")
    good = tickets.ticket_for(ended)
    await accounts.end_session(shop.agent, ended)
    guest = await a_visitor(shop.inbox)
    wrong = {
        "none": {},
        "garbage": {"ticket": "garbage"},
        "altered": {"ticket": good[:-4] + "AAAA"},
        "expired": {"ticket": seal("ticket", Ticket(shop.admin.session_id or 0, int(time.time()) - 1))},
        "ended session": {"ticket": good},
        "unknown session": {"ticket": tickets.ticket_for(10**15)},
        "cookie": {"ticket": await shop.cookie("admin")},
        "visitor's token": {"ticket": shop.token},
        "cursor": {"ticket": tickets.cursor_for(guest, Cursor(1, 1))},
        "token without a key": {"token": shop.token},
        "ticket as token": {"token": tickets.ticket_for(shop.admin.session_id or 0), "key": shop.names["key"]},
        "key of others": {"token": shop.token, "key": worlds.strangers.names["key"]},
        "token of others": {"token": worlds.strangers.token, "key": shop.names["key"]},
        "unknown key": {"token": shop.token, "key": "nobody-has-this-key"},
    }
    for name, credentials in wrong.items():
        async with opened(stack) as socket:
            await socket.say("auth", **credentials)
            code, heard = await socket.closed()
            assert (code, heard) == (4401, []), name


async def test_a_foreign_page_opens_no_socket_of_staff(stack: Stack, shop: World) -> None:
    for origin in ("https://evil.example", "null", "http://[", f"http://evil.example/{stack.url}"):
        async with opened(stack, origin) as socket:
            await socket.say("auth", **await ticket(shop, "admin"))
            assert (await socket.closed())[0] == 4403, origin
    async with opened(stack, stack.url) as socket:
        await socket.say("auth", **await ticket(shop, "admin"))
        assert (await socket.hear())["op"] == "authenticated"


async def test_a_page_that_the_inbox_does_not_list_opens_no_widget(stack: Stack, shop: World) -> None:
    async with opened(stack, "https://evil.example") as socket:
        await socket.say("auth", **visitor(shop))
        assert (await socket.closed())[0] == 4403


async def test_strangers_hear_nothing_of_ours(stack: Stack, worlds: Worlds, shop: World) -> None:
    strangers = worlds.strangers
    async with live(stack, **visitor(strangers)) as guest, live(stack, **await ticket(strangers, "admin")) as staff:
        speaker, sent = await a_message_in(shop.inbox, f"My word is {shop.canary}")
        await another_message(speaker, sent, shop.canary)
        await _marked(shop)
        await _marked(strangers)
        assert [event["type"] for event in await staff.events_until("team.saved")] == ["team.saved"]
        assert await guest.before_quiet() <= {"cursor"}


async def test_a_customer_hears_his_own_thread_and_no_note(stack: Stack, shop: World) -> None:
    inbox = await an_inbox(shop.admin)
    found = await tickets.widget(inbox.widget_key)
    token = tickets.visitor_token_for(found)
    me, sent = await messages.receive(
        await tickets.visitor(token, found), token=None, client_id=client_id(), content="Hello", file_tokens=[]
    )
    async with live(stack, token=token, key=inbox.widget_key) as socket:
        await a_message_in(inbox, f"Another customer, {shop.canary}")
        await a_note(shop.admin, sent, f"A note, {shop.canary}")
        await a_reply(shop.admin, sent, "Good morning")
        frames = await socket.events_until("message.created")
        assert shop.canary not in str(frames)
        assert frames[-1]["message"]["content"] == "Good morning"
        assert me.contact_id is not None


async def test_staff_without_access_hears_nothing_of_a_conversation(stack: Stack) -> None:
    admin = await an_organization()
    inbox = await an_inbox(admin, access="members", member_ids=[admin.id])
    outsider = await a_member(admin)
    async with live(stack, ticket=tickets.ticket_for(outsider.session_id or 0)) as socket:
        speaker, sent = await a_message_in(inbox, "A secret")
        await socket.say("view", conversation=sent.conversation.id)
        await socket.say("typing", conversation=sent.conversation.id)
        await socket.say("typing", conversation=sent.conversation.token)
        await another_message(speaker, sent)
        await a_note(admin, sent)
        await teams.create(admin, TeamInput("Marker"))
        assert {event["type"] for event in await socket.events_until("team.saved")} <= {"contact.created", "team.saved"}


async def test_a_replay_shows_staff_without_access_nothing_either(stack: Stack) -> None:
    admin = await an_organization()
    outsider = await a_member(admin)
    inbox = await an_inbox(admin, access="members", member_ids=[admin.id])
    _, sent = await a_message_in(inbox, "A secret")
    await a_reply(admin, sent)
    await teams.create(admin, TeamInput("Marker"))
    async with opened(stack) as socket:
        await socket.say("auth", ticket=tickets.ticket_for((await again(outsider)).session_id or 0))
        await socket.until("authenticated")
        epoch = await _epoch(admin.organization_id)
        await socket.say("subscribe", cursor=f"{epoch}.0")
        heard = {event["type"] for event in await socket.events_until("team.saved")}
    assert heard.isdisjoint({"conversation.created", "message.created", "conversation.read"})


async def _epoch(organization_id: int) -> int:
    for _ in range(100):
        epoch = await pool().fetchval("SELECT epoch FROM event_clock WHERE organization_id = $1", organization_id)
        if epoch is not None:
            return int(epoch)
        await asyncio.sleep(0.05)
    raise AssertionError("no event got a position")


@pytest.mark.parametrize("way", ["logout", "end_session"])
async def test_a_session_that_ends_takes_its_socket_along(way: str, stack: Stack, shop: World, http: httpx.AsyncClient) -> None:
    session = await shop.session("agent")
    async with live(stack, ticket=tickets.ticket_for(session)) as socket:
        cookie = sessions.cookie_for(session if way == "logout" else await shop.session("agent"))
        headers = {"Cookie": f"lacasa_session={cookie}"}
        path = f"/api/auth/sessions/{session}"
        answer = await (http.post("/api/auth/logout", headers=headers) if way == "logout" else http.delete(path, headers=headers))
        assert answer.status_code == 204
        code, _ = await socket.closed()
        assert code == 4401
    async with opened(stack) as socket:
        await socket.say("auth", ticket=tickets.ticket_for(session))
        assert (await socket.closed())[0] == 4401


async def test_a_member_who_is_removed_is_cut(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    async with live(stack, ticket=tickets.ticket_for(member.session_id or 0)) as socket:
        await users.remove(admin, member.id or 0)
        assert (await socket.closed())[0] == 4401


async def test_who_loses_an_inbox_is_cut_and_hears_nothing_afterwards(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    inbox = await an_inbox(admin, access="members", member_ids=[admin.id, member.id])
    speaker, sent = await a_message_in(inbox)
    async with live(stack, ticket=tickets.ticket_for(member.session_id or 0)) as socket:
        await another_message(speaker, sent, "You may hear this")
        assert (await socket.events_until("message.created"))[-1]["message"]["content"] == "You may hear this"
        await inboxes.update(admin, inbox.id, InboxChanges(member_ids=[admin.id or 0]))
        await another_message(speaker, sent, "Not for your ears")
        code, heard = await socket.closed()
        assert code == 4101
        assert "Not for your ears" not in str(heard)
    async with live(stack, ticket=tickets.ticket_for(member.session_id or 0)) as socket:
        await another_message(speaker, sent, "Nor this")
        await teams.create(admin, TeamInput("Marker"))
        assert "Nor this" not in str(await socket.events_until("team.saved"))


async def test_viewers_and_typing_reach_nobody_who_may_not_see_the_conversation(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    inbox = await an_inbox(admin, access="members", member_ids=[admin.id])
    _, sent = await a_message_in(inbox)
    admin = await again(admin)
    async with (
        live(stack, ticket=tickets.ticket_for(admin.session_id or 0)) as inside,
        live(stack, ticket=tickets.ticket_for(member.session_id or 0)) as outside,
    ):
        await outside.say("view", conversation=sent.conversation.id)
        await inside.say("view", conversation=sent.conversation.id)
        frame = await inside.until("viewers")
        assert [person["id"] for person in frame["viewers"]] == [admin.id]
        await inside.say("typing", conversation=sent.conversation.id)
        await outside.say("ping", n=5)
        assert await outside.hear() == {"op": "pong", "n": 5}
        assert await outside.before_quiet() <= {"cursor"}


TEXTS = {
    "no JSON": ("hello", 4400),
    "nothing": ("", 4400),
    "a list": ("[]", 4400),
    "a number": ("1", 4400),
    "an unknown op": ('{"op":"drop tables"}', 4400),
    "no op": ("{}", 4400),
    "an unknown field": ('{"op":"ping","n":1,"as":"admin"}', 4400),
    "a wrong type": ('{"op":"ping","n":"1"}', 4400),
    "a huge number": ('{"op":"ping","n":' + "9" * 400 + "}", 4400),
    "a number beyond the database": ('{"op":"view","conversation":9223372036854775808}', 4400),
    "a number beyond it to type in": ('{"op":"typing","conversation":18446744073709551615}', 4400),
    "a negative number": ('{"op":"view","conversation":-1}', 4400),
    "not a number": ('{"op":"ping","n":NaN}', 4400),
    "half a character": ('{"op":"typing","conversation":"\\ud800"}', 4400),
    "NUL": ('{"op":"typing","conversation":"\\u0000"}', 4400),
    "a name that is none": ('{"op":"typing","conversation":"\'; DROP TABLE users; --"}', 4400),
    "a long name": ('{"op":"typing","conversation":"' + "x" * 5000 + '"}', 4400),
    "a long ticket": ('{"op":"auth","ticket":"' + "x" * 5000 + '"}', 4400),
    "deep nesting": ('{"op":' + "[" * 30_000, 4400),
    "deep objects": ('{"op":' * 10_000, 4400),
    "100 kB": ('{"op":"ping","n":1}' + " " * 100_000, 1009),
}


@pytest.mark.parametrize("known", [False, True], ids=["unknown", "authenticated"])
async def test_hostile_frames_end_the_connection_with_the_right_code(known: bool, stack: Stack, shop: World) -> None:
    for name, (text, expected) in TEXTS.items():
        async with opened(stack) as socket:
            if known:
                await socket.say("auth", **await ticket(shop, "admin"))
                await socket.until("authenticated")
                await socket.say("subscribe")
                await socket.until("live")
            await socket.connection.send(text)
            assert (await socket.closed())[0] == expected, name


async def test_what_is_no_text_ends_the_connection(stack: Stack, shop: World) -> None:
    for content, expected in ((b"\x00\x01", 4400), (b"", 4400), (b"\xff" * 100_000, 1009)):
        async with live(stack, **await ticket(shop, "admin")) as socket:
            await socket.connection.send(content)
            assert (await socket.closed())[0] == expected
    for broken in (b"\xff\xfe", b'{"op":"ping","n":1,"x":"\xc3\x28"}', b"\xed\xa0\x80"):
        async with live(stack, **await ticket(shop, "admin")) as socket:
            await socket.connection.send(broken, text=True)
            assert (await socket.closed())[0] == 1007


async def test_names_that_mean_nothing_are_passed_over(stack: Stack, shop: World) -> None:
    async with live(stack, **visitor(shop)) as socket:
        for name in ("", "x" * 40, str(2**40), 7, 2**53):
            await socket.say("typing", conversation=name)
        for number in (7, 2**53, None):
            await socket.say("view", conversation=number)
        await socket.say("ping", n=1)
        assert (await socket.until("pong"))["n"] == 1


async def test_odd_cursors_ask_for_a_new_start_and_harm_nobody(stack: Stack, shop: World) -> None:
    for credentials in (visitor(shop), await ticket(shop, "admin")):
        for cursor in ("", "x", "1.2.3", "9" * 40, "0.0", f"{2**62}.{2**62}", "1." + "9" * 38, "-1.5", "٣.٤", "\u0000", "A" * 200):
            async with opened(stack) as socket:
                await socket.say("auth", **credentials)
                await socket.until("authenticated")
                await socket.say("subscribe", cursor=cursor)
                answer = await socket.hear()
                while answer["op"] == "event":
                    answer = await socket.hear()
                assert answer["op"] in {"resync", "live"}, (cursor, answer)


async def test_who_sends_without_end_is_cut(stack: Stack, shop: World) -> None:
    async with live(stack, **await ticket(shop, "admin")) as socket:
        for number in range(200):
            await socket.say("ping", n=number)
        assert (await socket.closed())[0] == 4429


async def test_a_socket_that_says_nothing_else_can_still_be_used_by_others(stack: Stack, shop: World) -> None:
    """After all of the above the process serves as before."""
    async with live(stack, **await ticket(shop, "admin")) as socket:
        await _marked(shop)
        assert (await socket.events_until("team.saved"))[-1]["name"] == "Marker"
