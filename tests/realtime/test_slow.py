"""Who reads slowly harms nobody else, and loses nothing but time."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect

from core.access import Actor
from tests.factories import a_member, an_organization
from tests.realtime.ears import head_of, much_happened
from tests.realtime.people import caught_up, ticket
from tests.security.rawsocket import close
from tests.security.sockets import Socket, live
from tests.stack import Stack

SMALL = 4096
BODY = 20_000
ROUNDS = 12
COUNT = 600
"""12 MB: many times the cap."""
STALLED = 120
"""2.4 MB: twice the cap, and less than a kernel would take of one socket if it were let."""


@asynccontextmanager
async def _narrow(stack: Stack, actor: Actor) -> AsyncIterator[Socket]:
    """A client that takes little at once, and reads only when it is asked to."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
    raw.connect(("127.0.0.1", stack.port))
    raw.setblocking(False)
    async with connect(stack.ws, sock=raw, ping_interval=None, max_size=None, max_queue=1, close_timeout=1) as connection:
        narrow = Socket(connection)
        await narrow.until("hello")
        await narrow.say("auth", **ticket(actor))
        await narrow.until("authenticated")
        yield narrow


def _numbers(events: list[dict[str, Any]]) -> list[int]:
    return [event["n"] for event in events if "n" in event]


async def test_a_replay_of_many_times_the_cap_arrives_whole(stack: Stack) -> None:
    admin = await an_organization()
    await much_happened(admin.organization_id, 1, 1)
    start = await head_of(admin)
    await much_happened(admin.organization_id, COUNT, BODY)
    async with _narrow(stack, admin) as narrow:
        answer, events = await caught_up(narrow, f"{start.epoch}.{start.position}")
    assert answer["op"] == "live"
    assert _numbers(events) == list(range(1, COUNT + 1))


async def test_a_stalled_reader_is_cut_and_resumes_while_nobody_else_waits(stack: Stack) -> None:
    admin = await an_organization()
    member = await a_member(admin)
    await much_happened(admin.organization_id, 1, 1)
    start = await head_of(admin)
    async with _narrow(stack, admin) as stalled, live(stack, **ticket(member)) as healthy:
        await stalled.say("subscribe")
        await caught_up(healthy, None)
        for _ in range(ROUNDS):
            await much_happened(admin.organization_id, STALLED // ROUNDS, BODY)
            heard = [await healthy.until("event") for _ in range(STALLED // ROUNDS)]
            assert _numbers([frame["event"] for frame in heard]) == list(range(1, STALLED // ROUNDS + 1))
        code, frames = await stalled.closed()
        assert code in {4100, 1006}, "told so, or cut off when it did not read even that"
    got = [frame for frame in frames if frame["op"] == "event"]
    assert len(got) < STALLED
    cursor = got[-1]["cursor"] if got else f"{start.epoch}.{start.position}"
    async with _narrow(stack, admin) as back:
        answer, rest = await caught_up(back, cursor)
    assert answer["op"] == "live"
    assert _numbers([frame["event"] for frame in got]) + _numbers(rest) == [*range(1, STALLED // ROUNDS + 1)] * ROUNDS


@pytest.mark.parametrize("says_goodbye", [False, True])
async def test_a_peer_that_never_reads_is_gone_after_some_seconds(stack: Stack, says_goodbye: bool) -> None:
    """Half open, or hostile, also where it closes by itself after it was cut: nothing of it stays in the process."""
    admin = await an_organization()
    async with _narrow(stack, admin) as stalled:
        await stalled.say("subscribe")
        await stalled.until("live")
        assert await _connections(stack) == 1
        await much_happened(admin.organization_id, STALLED, BODY)
        if says_goodbye:
            await asyncio.sleep(2)
            stalled.connection.transport.write(close(1000))
        for _ in range(200):
            await asyncio.sleep(0.1)
            if await _connections(stack) <= 0:
                break
        assert await _connections(stack) <= 0


PING = bytes((0x89, 0x80 | 125)) + bytes(4) + b"x" * 125
PINGS = 40_000_000 // len(PING)


async def test_pongs_that_nobody_reads_do_not_pile_up(stack: Stack) -> None:
    admin = await an_organization()
    async with _narrow(stack, admin) as stalled:
        stalled.connection.transport.pause_reading()
        before = _resident(stack)
        for _ in range(100):
            stalled.connection.transport.write(PING * (PINGS // 100))
            for _ in range(1000):
                if stalled.connection.transport.get_write_buffer_size() == 0:
                    break
                await asyncio.sleep(0.01)
        assert _resident(stack) - before < 10_000_000


def _resident(stack: Stack) -> int:
    """Bytes of the web process."""
    return int(Path(f"/proc/{stack.processes['web'].pid}/statm").read_text().split()[1]) * 4096


async def _connections(stack: Stack) -> int:
    import httpx

    async with httpx.AsyncClient(base_url=stack.url) as http:
        return int((await http.get("/api/realtime/stats")).json()["links"])


@pytest.fixture(autouse=True)
async def no_trace(stack: Stack) -> AsyncIterator[None]:
    before = len(stack.log("web"))
    yield
    assert "Traceback" not in stack.log("web")[before:]
