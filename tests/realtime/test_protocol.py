"""The conversation on a socket, over both ways to it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from core.access import Actor
from core.auth import accounts, sessions, tickets
from core.auth.structs import PasswordInput
from core.database import pool
from core.teams import actions as teams
from core.teams.structs import TeamInput
from tests.factories import PASSWORD, a_member, a_message, again, an_inbox, an_organization
from tests.realtime.conftest import PER_PERSON
from tests.realtime.people import known, ticket, token
from tests.security.sockets import Socket, live, opened
from tests.stack import Stack


@pytest.fixture(autouse=True)
async def no_trace(stack: Stack) -> AsyncIterator[None]:
    before = len(stack.log("web"))
    yield
    assert "Traceback" not in stack.log("web")[before:]


async def _another_session(actor: Actor) -> dict[str, str]:
    session_id = await pool().fetchval(
        "INSERT INTO sessions (user_id, organization_id, expires_at) VALUES ($1, $2, now() + interval '1 hour') RETURNING id",
        actor.id,
        actor.organization_id,
    )
    return {"ticket": tickets.ticket_for(session_id)}


async def _ends_in(actor: Actor, seconds: int) -> None:
    sql = "UPDATE sessions SET expires_at = now() + make_interval(secs => $2) WHERE id = $1"
    await pool().execute(sql, actor.session_id, seconds)


async def test_who_does_not_wait_for_answers_gets_all_and_pings_do_not_wait_for_a_catching_up(stack: Stack) -> None:
    admin = await an_organization()
    async with opened(stack) as socket:
        await socket.say("auth", **ticket(admin))
        await socket.say("subscribe")
        await socket.say("ping", n=1)
        await socket.say("view", conversation=None)
        await socket.say("ping", n=2)
        heard = [await socket.hear() for _ in range(4)]
        assert heard[0]["op"] == "authenticated"
        assert sorted(frame["op"] for frame in heard[1:]) == ["live", "pong", "pong"]
        assert [frame["n"] for frame in heard if frame["op"] == "pong"] == [1, 2]


async def test_what_comes_before_authentication_ends_the_connection_even_if_that_follows(stack: Stack) -> None:
    async with opened(stack) as socket:
        credentials = ticket(await an_organization())
        await socket.say("subscribe")
        with suppress(ConnectionClosed):
            await socket.say("auth", **credentials)
        assert await socket.closed() == (4401, [])


async def test_a_connection_says_how_long_it_lasts(stack: Stack) -> None:
    admin = await an_organization()
    async with opened(stack) as socket:
        await socket.say("auth", **ticket(admin))
        assert 13 * 86_400 < (await socket.until("authenticated"))["expires_s"] <= 14 * 86_400
    async with opened(stack) as socket:
        await socket.say("auth", **await token(await an_inbox(admin)))
        assert 364 * 86_400 < (await socket.until("authenticated"))["expires_s"] <= 365 * 86_400


async def test_who_renews_in_time_stays_and_who_does_not_is_out(stack: Stack) -> None:
    member = await a_member(await an_organization())
    await _ends_in(member, 6)
    async with live(stack, **ticket(member)) as renewing, live(stack, **ticket(member)) as idle:
        assert 0 <= (await renewing.until("expiring"))["expires_s"] <= 6
        await renewing.say("auth", **await _another_session(member))
        assert 3000 < (await renewing.until("authenticated"))["expires_s"] <= 3600
        assert (await idle.closed())[0] == 4401
        await teams.create(await again_admin(member), TeamInput("Marker"))
        assert (await renewing.events_until("team.saved"))[-1]["name"] == "Marker"


async def again_admin(member: Actor) -> Actor:
    """Whoever founded the member's organization."""
    session_id = await pool().fetchval(
        "SELECT s.id FROM sessions s JOIN organizations o ON o.owner_id = s.user_id WHERE o.id = $1 LIMIT 1", member.organization_id
    )
    return await sessions.actor_of(session_id)


async def test_a_connection_is_renewed_for_nobody_else(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    inbox = await an_inbox(admin)
    for own, others in ((ticket(admin), ticket(member)), (await token(inbox), await token(inbox))):
        async with live(stack, **own) as socket:
            await socket.say("auth", **others)
            assert (await socket.until("error"))["code"] == "somebody_else"
            for wrong in ({"ticket": "garbage"}, {}, {"token": "garbage", "key": inbox.widget_key}):
                await socket.say("auth", **wrong)
                assert (await socket.until("error"))["code"] == "not_renewed"
            await socket.say("auth", **own)
            await socket.until("authenticated")


async def test_what_nobody_would_hear_of_is_refused(stack: Stack) -> None:
    admin = await an_organization()
    async with opened(stack) as socket:
        await socket.say("auth", **ticket(admin))
        await socket.until("authenticated")
        for op, said in (("presence", {"away": True}), ("typing", {"conversation": 1}), ("view", {"conversation": 1})):
            await socket.say(op, **said)
            assert (await socket.until("error"))["code"] == "not_subscribed"
        await socket.say("subscribe", cursor=None)
        await socket.until("live")
        await socket.say("presence", away=True)
        assert (await socket.until("presence"))["whole"]


async def test_a_changed_password_ends_all_other_connections_at_once(stack: Stack) -> None:
    admin = await an_organization()
    other = await _another_session(admin)
    async with live(stack, **ticket(admin)) as own, live(stack, **other) as elsewhere:
        await accounts.change_password(admin, PasswordInput(PASSWORD, "another horse battery"))
        assert (await elsewhere.closed())[0] == 4401
        await own.say("ping", n=1)
        assert (await own.until("pong"))["n"] == 1


async def test_one_person_has_so_many_connections_and_no_more(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    async with AsyncExitStack() as tabs:
        for _ in range(PER_PERSON):
            await tabs.enter_async_context(live(stack, **ticket(admin)))
        async with known(stack, **ticket(admin)) as one_more:
            await one_more.say("subscribe")
            assert (await one_more.closed())[0] == 4200
        async with live(stack, **ticket(member)):
            pass
    for _ in range(100):
        if (await _stats(stack))["links"] == 0:
            break
        await asyncio.sleep(0.05)
    async with live(stack, **ticket(admin)):
        pass


async def _stats(stack: Stack) -> dict[str, int]:
    async with httpx.AsyncClient(base_url=stack.url) as http:
        return dict((await http.get("/api/realtime/stats")).json())


async def test_counters_are_told_to_the_machine_itself_alone(stack: Stack) -> None:
    assert (await _stats(stack))["accepted"] >= 0
    async with httpx.AsyncClient(base_url=stack.url) as http:
        for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
            answer = await http.get("/api/realtime/stats", headers={header: "127.0.0.1"})
            assert (answer.status_code, answer.json()["code"]) == (403, "not_from_here")


async def _people(socket: Socket) -> dict[int, str]:
    frame = await socket.until("presence")
    return {person["id"]: person["status"] for person in frame["people"]}


@pytest.mark.parametrize("narrow", ["direct"], indirect=True)  # who is here does not depend on the way to a socket, and takes time
async def test_an_agent_is_online_on_any_device_away_on_all_and_gone_after_a_while(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    async with live(stack, **ticket(admin)) as watching, live(stack, **await token(await an_inbox(admin))) as guest:
        await watching.say("presence")
        await guest.say("presence")
        heard = await _people(watching)
        while heard.get(admin.id or 0) != "online":
            heard |= await _people(watching)
        async with live(stack, **ticket(member)) as phone, live(stack, **ticket(member)) as laptop:
            assert await _people(watching) == {member.id: "online"}
            await phone.say("presence", away=True)
            first = await phone.until("presence")
            assert first["whole"]
            await laptop.say("presence", away=True)
            assert await _people(watching) == {member.id: "away"}
            await phone.say("presence", away=False)
            assert await _people(watching) == {member.id: "online"}
        async with live(stack, **ticket(member)):
            await asyncio.sleep(2)
        assert await _people(watching) == {member.id: "offline"}, "a page that was loaded anew is no news, leaving is"
        assert await guest.before_quiet(0.2) <= {"cursor"}


async def test_typing_counts_once_in_three_seconds(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    _, sent = await a_message(await an_inbox(admin))
    member = await again(member)
    async with live(stack, **ticket(admin)) as watching, live(stack, **ticket(member)) as typing:
        for _ in range(5):
            await typing.say("typing", conversation=sent.conversation.id)
        await typing.say("typing", conversation=sent.conversation.id, active=False)
        first, second = await watching.until("typing"), await watching.until("typing")
        assert (first["active"], first["expires_s"], second["active"]) == (True, 6, False)


async def test_beginning_and_stopping_to_type_again_and_again_is_told_now_and_then(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    _, sent = await a_message(await an_inbox(admin))
    member = await again(member)
    async with live(stack, **ticket(admin)) as watching, live(stack, **ticket(member)) as typing:
        for _ in range(10):
            await typing.say("typing", conversation=sent.conversation.id)
            await typing.say("typing", conversation=sent.conversation.id, active=False)
        await typing.say("ping", n=7)
        await typing.until("pong")
        await watching.say("ping", n=7)
        heard = []
        while (frame := await watching.hear())["op"] != "pong":
            heard.append(frame["op"])
        assert heard.count("typing") == 2


async def test_who_steps_quickly_through_conversations_stays_in_none(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    inbox = await an_inbox(admin)
    talks = [(await a_message(inbox))[1].conversation.id for _ in range(3)]
    member = await again(member)
    async with live(stack, **ticket(admin)) as watching, live(stack, **ticket(member)) as stepping:
        for talk in (*talks, None):
            await stepping.say("view", conversation=talk)
        viewers: dict[int, int] = {}
        while len(viewers) < len(talks) or any(viewers.values()):
            frame = await watching.until("viewers")
            viewers[frame["conversation"]] = len(frame["viewers"])
        await stepping.say("view", conversation=talks[0])
        assert (await watching.until("viewers"))["viewers"]
        await stepping.connection.close()
        assert not (await watching.until("viewers"))["viewers"]


async def test_a_session_that_runs_out_is_announced_once_however_often_the_ticket_is_renewed(stack: Stack) -> None:
    admin = await an_organization()
    await _ends_in(admin, 30)
    async with live(stack, **ticket(admin)) as socket:
        await socket.until("expiring")
        for _ in range(2):
            await socket.say("auth", **ticket(admin))
            await socket.until("authenticated")
            await asyncio.sleep(1.2)
        await socket.say("ping", n=1)
        heard = []
        while (frame := await socket.hear())["op"] != "pong":
            heard.append(frame["op"])
        assert "expiring" not in heard


async def test_a_process_that_ends_sends_its_clients_away_and_takes_no_more(stack: Stack) -> None:
    admin = await an_organization()
    before = len(stack.log("web"))
    async with live(stack, **ticket(admin)) as first, live(stack, **ticket(await a_member(admin))) as second:
        stack.processes["web"].send_signal(signal.SIGTERM)
        for socket in (first, second):
            code, _ = await socket.closed()
            assert code == 1012
            reason = socket.connection.close_reason or ""
            assert reason.startswith("retry_after_ms=")
            assert 0 <= int(reason.partition("=")[2]) <= 3000
    assert await asyncio.wait_for(stack.processes["web"].wait(), 20) is not None
    assert '"level":"error"' not in stack.log("web")[before:]
    await stack.start("web")
    await stack.ready()
