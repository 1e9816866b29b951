"""From a customer's POST to the screens of ten agents: 100 messages a second through HTTP, PostgreSQL, relay, NATS and hub.

An open loop: a message is due at its time, and the clock starts then. Two web processes, because they can be told apart: one takes the
POSTs, the other (the gateway) holds the sockets. Nothing is pinned. No worker runs: what a message starts in the background is measured by
`jobs`. `--n`: messages in all (2,000); `--seconds`: of each round instead.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle
from statistics import median
from typing import Any

import asyncpg
import msgspec

from core.embedded.servers import Urls
from tests.bench import ground, ours
from tests.bench.measure import Options, alternate, percentiles, spread, watching
from tests.bench.people import PER_AGENT, a_scene, login_of
from tests.bench.wire import Http, Socket
from tests.factories import client_id

QUICK = True
PER_SECOND = 100
SCREENS = 10
WRITERS = 50
CONNECTIONS = 16
PATIENCE_S = 30
FLOORS = 50
COMMITS = 200


async def run(options: Options) -> dict[str, Any]:
    """Milliseconds from due to seen (`p50_ms`, `p99_ms`) and to acknowledged (`ack_*`); CPU milliseconds per message of each process."""
    each = int(options.seconds * PER_SECOND) if options.seconds else max(PER_SECOND, (options.n or 2000) // options.rounds)
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(ground.database())
        await stack.enter_async_context(ground.connected(urls))
        traffic = await stack.enter_async_context(traffic_over(urls))
        await traffic.round(PER_SECOND)
        floors = await stack.enter_async_context(floors_of(urls))
        given = await alternate(options.rounds, {"screen": lambda: traffic.round(each), **floors})
    return _report(given, each * options.rounds)


def _report(given: dict[str, list[Any]], n: int) -> dict[str, Any]:
    rounds = given["screen"]

    def middle(name: str) -> float:
        return round(median(round_[name] for round_ in rounds), 2)

    names = ("p50_ms", "p99_ms", "ack_p50_ms", "ack_p99_ms", *(name for name in rounds[0] if name.endswith("_cpu_ms")))
    floor = {f"{name}_ms": round(median(given[name]), 2) for name in ("select_1", "loopback", "commit_p99")}
    return {
        **{name: middle(name) for name in names},
        **floor,
        "ratio_to_floor": round(middle("p50_ms") / (floor["select_1_ms"] + floor["loopback_ms"]), 2),
        "rounds": {name: spread([round_[name] for round_ in rounds], 2) for name in ("p50_ms", "p99_ms", "gateway_cpu_ms")},
        "n": n,
        "screens": SCREENS,
    }


class Traffic:
    """Visitors who write at the one process, agents who look at the other."""

    def __init__(self, port: int, pids: dict[str, int], key: str) -> None:
        self._port, self._pids, self._path = port, pids, f"/api/widget/{key}/messages"
        self.screens: list[Socket] = []
        self._visitors: list[tuple[dict[str, str], str]] = []
        self._due: dict[str, float] = {}
        self._seen: list[float] = []
        self._all_seen = asyncio.Event()
        self._wanted = 0
        self._idle: asyncio.Queue[Http] = asyncio.Queue()
        for _ in range(CONNECTIONS):
            self._idle.put_nowait(Http(port))

    async def arrive(self, key: str) -> None:
        """Visitors come and say hello, each in a conversation of their own."""
        http = Http(self._port)
        for _ in range(WRITERS):
            _, session = await http.post(f"/api/widget/{key}/session", b"{}", {})
            headers = {"Authorization": f"Bearer {msgspec.json.decode(session)['token']}"}
            status, sent = await http.post(self._path, _message(client_id(), None), headers)
            assert status == 201, f"{status} {sent[:200]!r}"
            self._visitors.append((headers, msgspec.json.decode(sent)["conversation"]["token"]))
        http.close()

    def heard(self, text: bytes) -> None:
        """A frame at one screen."""
        now = time.perf_counter()
        if not text.startswith(b'{"op":"event"'):
            return
        found = text.partition(b'"client_id":"')[2].partition(b'"')[0].decode()
        due = self._due.get(found)
        if due is not None:
            self._seen.append((now - due) * 1000)
            if len(self._seen) >= self._wanted:
                self._all_seen.set()

    async def round(self, count: int) -> dict[str, float]:
        self._due, self._seen, self._wanted = {}, [], count * SCREENS
        self._all_seen.clear()
        for screen in self.screens:
            screen.say(ours.KEEP)
        acks: list[float] = []
        began = time.perf_counter() + 0.05
        own = time.process_time()
        with watching(**self._pids) as window:
            async with asyncio.TaskGroup() as group:
                for number, (headers, conversation) in zip(range(count), cycle(self._visitors), strict=False):
                    due = began + number / PER_SECOND
                    await asyncio.sleep(max(0, due - time.perf_counter()))
                    group.create_task(self._send(due, headers, conversation, acks))
            await asyncio.wait_for(self._all_seen.wait(), PATIENCE_S)
        spent_s = window.cpu_s | {"client": time.process_time() - own}
        cpu = {f"{name}_cpu_ms": seconds / count * 1000 for name, seconds in spent_s.items()}
        return percentiles(self._seen) | percentiles(acks, "ack_") | cpu

    async def _send(self, due: float, headers: dict[str, str], conversation: str, acks: list[float]) -> None:
        http = await self._idle.get()
        name = client_id()
        self._due[name] = due
        status, answer = await http.post(self._path, _message(name, conversation), headers)
        assert status == 201, f"{status} {answer[:200]!r}"
        acks.append((time.perf_counter() - due) * 1000)
        self._idle.put_nowait(http)


def _message(name: str, conversation: str | None) -> bytes:
    return msgspec.json.encode({"client_id": name, "conversation": conversation, "content": ours.CONTENT})


@asynccontextmanager
async def traffic_over(urls: Urls) -> AsyncIterator[Traffic]:
    scene = await a_scene(SCREENS * PER_AGENT)
    secret = ours.shared_secret()
    async with (
        ground.stack(urls, ("web", "relay"), environment=secret, seed=False) as writing,
        ground.stack(urls, ("web",), environment=secret, seed=False) as showing,
    ):
        pids = ground.server_pids(urls) | {"writer": writing.processes["web"].pid, "relay": writing.processes["relay"].pid}
        pids["gateway"] = showing.processes["web"].pid
        traffic = Traffic(writing.port, pids, scene.inbox.widget_key)
        await traffic.arrive(scene.inbox.widget_key)
        traffic.screens = [await _screen(showing.port, session_id, traffic) for session_id in scene.session_ids]
        try:
            yield traffic
        finally:
            for screen in traffic.screens:
                screen.close()


async def _screen(port: int, session_id: int, traffic: Traffic) -> Socket:
    """An agent's socket, live."""
    live = asyncio.Event()
    words = login_of(session_id).split("\t")

    def heard(text: bytes) -> None:
        if words:
            socket.say(words.pop(0))
        elif text.startswith(b'{"op":"live"'):
            live.set()
        else:
            traffic.heard(text)

    socket = Socket("/ws", port, heard, lambda _code: None)
    await asyncio.get_running_loop().create_connection(lambda: socket, "127.0.0.1", port)
    await asyncio.wait_for(live.wait(), PATIENCE_S)
    return socket


@asynccontextmanager
async def floors_of(urls: Urls) -> AsyncIterator[dict[str, Any]]:
    """The least that it costs here: `SELECT 1`; a few bytes over loopback and back; of bare rows committed at the same pace, the slowest."""
    connection = await asyncpg.connect(urls.database)
    await connection.execute("CREATE TABLE bare_rows (content text NOT NULL)")

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(64):
            writer.write(data)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())

    async def select_1() -> float:
        return await _median_ms(lambda: connection.fetchval("SELECT 1"))

    async def loopback() -> float:
        async def once() -> None:
            writer.write(b"ping")
            await reader.read(64)

        return await _median_ms(once)

    async def commit_p99() -> float:
        times = []
        began = time.perf_counter()
        for number in range(COMMITS):
            due = began + number / PER_SECOND
            await asyncio.sleep(max(0, due - time.perf_counter()))
            await connection.execute("INSERT INTO bare_rows VALUES ($1)", ours.CONTENT)
            times.append((time.perf_counter() - due) * 1000)
        return percentiles(times)["p99_ms"]

    try:
        yield {"select_1": select_1, "loopback": loopback, "commit_p99": commit_p99}
    finally:
        writer.close()
        server.close()
        await connection.close()


async def _median_ms(act: Any) -> float:
    times = []
    for _ in range(FLOORS):
        began = time.perf_counter()
        await act()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)
