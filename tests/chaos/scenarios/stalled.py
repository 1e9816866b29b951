"""P12: a client that reads one byte a second, and then many of them, delay nobody and cost bounded memory; they are cut and may resume.

Members of staff hear everything, so a stalled one piles up what all others write. The same load without them stands beside it.
"""

import asyncio
import time
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import msgspec
import websockets

from realtime.protocol import Close
from tests.chaos.checks import check
from tests.chaos.clients import Staff, World
from tests.chaos.crowd import Crowd, a_world, outcomes, writing
from tests.chaos.door import NoAnswerError, NotReachedError
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import percentile, rss_mb, spread_ms, within
from tests.chaos.proxy import DOWN, Proxy

N, CLIENTS, SECONDS, DEADLINE_S = 1000, 20, 40.0, 900.0
BROKEN = ("endless-patience",)
PAUSE_S = 2.0
FILLER = "x" * 9900
TOO_LATE_S = 0.1
PER_PERSON = 25
"""The server allows one person 30 connections."""


class Stalled:
    """Sockets of staff that subscribe and then take one byte a second, through a proxy with small buffers."""

    def __init__(self, proxy: Proxy, crowd: Crowd) -> None:
        self.proxy, self.crowd = proxy, crowd
        self.sockets: list[Any] = []
        self.failed = 0

    async def add(self, people: list[Staff], count: int) -> None:
        for start in range(0, count, 20):
            numbers = range(start, min(start + 20, count))
            await asyncio.gather(*(self._one(people[number % len(people)]) for number in numbers))
        self.proxy.slow(DOWN, bytes_per_s=1)

    async def _one(self, person: Staff) -> None:
        try:
            socket = await websockets.connect(
                f"ws://127.0.0.1:{self.proxy.port}/ws", ping_interval=None, compression=None, max_queue=1, open_timeout=30
            )
            await socket.recv()
            await socket.send(msgspec.json.encode({"op": "auth", **await person.credentials()}).decode())
            await socket.recv()
            await socket.send('{"op":"subscribe","cursor":null}')
            await socket.recv()
        except (OSError, websockets.WebSocketException, NoAnswerError, NotReachedError):
            self.failed += 1
        else:
            self.sockets.append(socket)

    async def codes(self) -> dict[str, int]:
        """How each ended, as far as it may read that within ten seconds; `open`: it could not. Of many this tells nothing: see `cut`."""
        self.proxy.heal()
        found: dict[str, int] = {}
        for code in await asyncio.gather(*map(self._end, self.sockets)):
            found[code] = found.get(code, 0) + 1
        self.sockets.clear()
        return found

    async def _end(self, socket: Any) -> str:
        try:
            with suppress(websockets.ConnectionClosed):
                async with asyncio.timeout(10):
                    while True:
                        await socket.recv()
        except TimeoutError:
            socket.transport.abort()
            return "open"
        return str(socket.close_code)


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """Per phase (`none`, `one`, `many`): `delivery` to everybody else, `late` (over 100 ms behind the p99 without), `rss_mb`.

    `cut`: how many links the server ended meanwhile because they read too slowly (code 4100), which should be all that stalled.
    """
    async with (
        installation(folder, broken=given.broken) as place,
        Proxy([("127.0.0.1", place.stack.port)], buffer_bytes=4096) as proxy,
    ):
        world = await a_world(place, place.stack.port, given.seed)
        world.filler = FILLER
        crowd = Crowd(place, world, visitors=given.clients, staff=1)
        told: dict[str, Any] = {}
        finished = await within(given.deadline, _play(place, crowd, proxy, given, told))
        settled_s = await crowd.settle()
        await crowd.leave()
        return {
            **await check(place, crowd),
            **outcomes(crowd),
            **told,
            "settled_s": round(settled_s, 1),
            "ended": place.ended(),
            "finished": finished,
        }


async def _play(place: Installation, crowd: Crowd, proxy: Proxy, given: Namespace, told: dict[str, Any]) -> None:
    await crowd.open()
    people = await _members(crowd, 1 + given.n // PER_PERSON)
    stalled = Stalled(proxy, crowd)
    usual: float | None = None
    async with writing(crowd, PAUSE_S):
        for name, count in (("none", 0), ("one", 1), ("many", given.n)):
            if count:
                await stalled.add(people, count)
            began, peak = time.monotonic(), 0.0
            before, cut = rss_mb(place.pid("web")), await _cut(place)
            while time.monotonic() - began < given.seconds:
                await asyncio.sleep(0.5)
                peak = max(peak, rss_mb(place.pid("web")))
            delivery = crowd.delivery_s(began, began + given.seconds - 1)
            usual = percentile(delivery, 0.99) if usual is None else usual
            told[name] = {
                "stalled": len(stalled.sockets),
                "failed": stalled.failed,
                "delivery": spread_ms(delivery),
                "deliveries": len(delivery),
                "late": sum(1 for each in delivery if each > (usual or 0.0) + TOO_LATE_S),
                "rss_mb": {"before": before, "peak": peak},
                "cut": await _cut(place) - cut,
                "codes": await stalled.codes(),
            }


async def _cut(place: Installation) -> int:
    """How many links the web process has ended so far because they read too slowly."""
    async with httpx.AsyncClient() as client:
        told = (await client.get(f"http://127.0.0.1:{place.stack.port}/api/realtime/stats", timeout=10)).json()
    return int(told["closed"].get(str(int(Close.slow)), 0))


async def _members(crowd: Crowd, count: int) -> list[Staff]:
    """So many agents, made by the admin and signed in."""
    admin, world = crowd.staff[0], crowd.world
    return await asyncio.gather(*(_member(admin, world, number) for number in range(count)))


async def _member(admin: Staff, world: World, number: int) -> Staff:
    data = {"name": f"Agent {number}", "email": f"agent{number}@chaos.example", "role": "agent"}
    answer = await admin.ask("POST", "/api/users", data)
    member = Staff(world, f"s{1000 + number}", {"email": data["email"], "password": answer.json()["password"]})
    await member.sign_in()
    return member
