"""5,000 sockets lose their server at once (kill -9), messages are written meanwhile, and all come back with their cursors when it does.

Ten organizations; of each five sockets, four are staff's (who fetch a ticket over HTTP first) and one is a visitor's. `--n`: sockets in all.
Who comes back pauses as the browser's client does: 0.3 s at first, growing to 30 s, with full jitter.
"""

import asyncio
import time
from contextlib import AsyncExitStack, suppress
from typing import Any

import asyncpg
import httpx
import msgspec

from core.access import Actor
from core.auth.tickets import visitor, visitor_token_for, widget
from core.embedded.servers import Urls
from core.messages import actions as messages
from core.messages.structs import Sent
from tests.bench import ground, ours
from tests.bench.measure import Options, cpu_seconds, percentiles
from tests.bench.people import Scene, a_scene
from tests.bench.returning import Client, ticket_from, token_of
from tests.factories import client_id
from tests.stack import Stack

ORGANIZATIONS = 10
VISITORS = 10
WHILE_DOWN = 20
EVERY_S = 1.0
AT_ONCE = 100
BEAT_S = 25
PATIENCE_S = 300
SETTLE_S = 30
COMMITS = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"


class House(msgspec.Struct):
    """An organization with its clients, and what was written in it since the server died, by conversation."""

    scene: Scene
    writers: list[tuple[Actor, Sent, str]]
    staff: list[Client]
    visitors: list[list[Client]]
    """By writer: tabs of the same visitor."""
    written: list[list[str]]

    @property
    def clients(self) -> list[Client]:
        return [*self.staff, *(client for tabs in self.visitors for client in tabs)]

    async def write(self, number: int) -> None:
        """One more message of one of the visitors."""
        turn = number % VISITORS
        actor, sent, _ = self.writers[turn]
        name = client_id()
        await messages.receive(actor, token=sent.conversation.token, client_id=name, content=ours.CONTENT, file_tokens=[])
        self.written[turn].append(name)

    def missing(self) -> int:
        everything = [name for names in self.written for name in names]
        lost = sum(name not in client.seen for client in self.staff for name in everything)
        for tabs, names in zip(self.visitors, self.written, strict=True):
            lost += sum(name not in client.seen for client in tabs for name in names)
        return lost


async def run(options: Options) -> dict[str, Any]:
    """Seconds from the server's first greeting until a client is live and caught up; `lost` and `duplicated` count messages on screens.

    `log_queries`: for what happened meanwhile; `queries`: with those for who somebody is, and for the heads once a second; `transactions`: of
    the whole database, with HTTP, relay and the writers here. `cpu_ms_per_client`: of the web process, ticket and replay included: on a
    machine that does other things as well, the only time that says something.
    """
    n = options.n or 5000
    async with AsyncExitStack() as held:
        urls = await held.enter_async_context(ground.database())
        await held.enter_async_context(ground.connected(urls))
        stack = await held.enter_async_context(ground.stack(urls, ("web", "relay"), environment=ours.shared_secret(), seed=False))
        storm = Storm(urls, stack)
        await storm.gather(n)
        try:
            return await storm.strike()
        finally:
            await storm.scatter()


class Storm:
    def __init__(self, urls: Urls, stack: Stack) -> None:
        self._urls, self._stack = urls, stack
        self._houses: list[House] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._up_at = self._cpu_at = 0.0

    @property
    def _clients(self) -> list[Client]:
        return [client for house in self._houses for client in house.clients]

    async def gather(self, n: int) -> None:
        """All come, some at a time, and are live."""
        for _ in range(ORGANIZATIONS):
            self._houses.append(await self._house(n // ORGANIZATIONS))
        clients = self._clients
        self._tasks.append(asyncio.create_task(self._beat(clients)))
        for start in range(0, len(clients), AT_ONCE):
            self._tasks += [asyncio.create_task(client.stay()) for client in clients[start : start + AT_ONCE]]
            await self._all_live(clients[: start + AT_ONCE])

    async def _beat(self, clients: list[Client]) -> None:
        while True:
            for number, client in enumerate(clients):
                client.beat()
                if number % AT_ONCE == 0:
                    await asyncio.sleep(BEAT_S * AT_ONCE / len(clients))

    async def _house(self, n: int) -> House:
        staff, tabs = n * 4 // 5, n // 5 // VISITORS
        scene = await a_scene(staff)
        key = scene.inbox.widget_key
        found = await widget(key)
        writers = []
        for _ in range(VISITORS):
            token = visitor_token_for(found)
            who = await visitor(token, found)
            actor, sent = await messages.receive(who, token=None, client_id=client_id(), content=ours.CONTENT, file_tokens=[])
            writers.append((actor, sent, token))
        port, sessions = self._stack.port, scene.session_ids
        return House(
            scene,
            writers,
            [Client(port, ticket_from(port, sessions[i % len(sessions)]), self._greeted) for i in range(staff)],
            [[Client(port, token_of(token, key), self._greeted) for _ in range(tabs)] for _, _, token in writers],
            [[] for _ in range(VISITORS)],
        )

    def _greeted(self) -> None:
        if not self._up_at:
            self._up_at, self._cpu_at = time.perf_counter(), self._cpu()

    def _cpu(self) -> float:
        return cpu_seconds(self._stack.processes["web"].pid)

    async def _all_live(self, clients: list[Client]) -> None:
        until = time.perf_counter() + PATIENCE_S
        while not all(client.live_at for client in clients):
            if time.perf_counter() > until:
                away = sum(not client.live_at for client in clients)
                raise RuntimeError(f"{away} of {len(clients)} are not live after {PATIENCE_S} s\n{self._stack.log('web')[-2000:]}")
            await asyncio.sleep(0.05)

    async def strike(self) -> dict[str, Any]:
        clients = self._clients
        for client in clients:
            client.seen.clear()
            client.attempts = 0
        commits = await self._commits()
        killed_at = time.perf_counter()
        await self._stack.kill("web")
        for number in range(WHILE_DOWN):
            await asyncio.gather(*(house.write(number) for house in self._houses))
        await asyncio.sleep(0.2)
        for client in clients:
            client.live_at = 0.0
        self._up_at = 0.0
        await self._stack.start("web")
        writing = asyncio.create_task(self._keep_writing())
        try:
            await self._all_live(clients)
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        times, cpu_s = [client.live_at - self._up_at for client in clients], self._cpu() - self._cpu_at
        stats, commits = await self._stats(), await self._commits() - commits
        lost = await self._lost()
        return {
            **self._report(times, self._up_at - killed_at, stats, commits, lost),
            "cpu_ms_per_client": round(cpu_s / len(clients) * 1000, 2),
        }

    async def _keep_writing(self) -> None:
        number = WHILE_DOWN
        while True:
            await asyncio.sleep(EVERY_S)
            await asyncio.gather(*(house.write(number) for house in self._houses))
            number += 1

    async def _lost(self) -> int:
        """What has not reached the screens that should show it, after some patience."""
        until = time.perf_counter() + SETTLE_S
        while True:
            lost = sum(house.missing() for house in self._houses)
            if not lost or time.perf_counter() > until:
                return lost
            await asyncio.sleep(0.2)

    def _report(self, times: list[float], down_s: float, stats: dict[str, Any], commits: int, lost: int) -> dict[str, Any]:
        clients = self._clients
        return {
            **percentiles(times, unit="s"),
            "all_s": round(max(times), 2),
            "down_s": round(down_s, 2),
            "connections": len(clients),
            "organizations": ORGANIZATIONS,
            "topics": stats["topics"],
            "resumed": stats["resumed"],
            "resumed_from_memory": stats["resumed_from_memory"],
            "refetched": stats["refetched"],
            "replayed": stats["replayed"],
            "log_queries": stats["pages_read"],
            "log_queries_per_organization": round(stats["pages_read"] / ORGANIZATIONS, 2),
            "log_queries_per_topic": round(stats["pages_read"] / max(1, stats["topics"]), 3),
            "queries": stats["queries"],
            "queries_per_client": round(stats["queries"] / len(clients), 3),
            "transactions": commits,
            "attempts_per_client": round(sum(client.attempts for client in clients) / len(clients), 2),
            "written": sum(len(names) for house in self._houses for names in house.written),
            "lost": lost,
            "duplicated": sum(times_ > 1 for client in clients for times_ in client.seen.values()),
        }

    async def _stats(self) -> dict[str, Any]:
        async with httpx.AsyncClient(base_url=self._stack.url, timeout=30) as http:
            found: dict[str, Any] = (await http.get("/api/realtime/stats")).raise_for_status().json()
        return found

    async def _commits(self) -> int:
        """Of the whole database: what web, relay and the writers here did."""
        connection = await asyncpg.connect(self._urls.database)
        try:
            return int(await connection.fetchval(COMMITS))
        finally:
            await connection.close()

    async def scatter(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
