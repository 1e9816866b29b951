"""The relay: commit to subscriber at 100/s through the real process; draining beside a bare loop of the same move and publish; takeovers.

The bare loop runs the same statement in the same batches and publishes one message per organization and batch: what the
relay adds to that (positions sorted, envelopes made and encoded, the floor, the bells) is what `drain_ratio` shows.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
from nats.aio.msg import Msg

from core.embedded.servers import Urls
from core.events import partitions, wake
from core.events.contract import Logged
from core.events.moving import MOVE_NEXT
from core.events.relay import BATCH, LOCK, Relay
from core.process import pass_over_the_loaded
from tests.bench import ground
from tests.bench.measure import Options, alternate, percentiles, ratio, spread
from tests.core.failover import INSERT, Fault, under_fault, until_one_is_active
from tests.ports import free_port
from tests.stack import Stack

ORGANIZATIONS = 10
RATE = 100
BODY = msgspec.json.encode({"type": "tests.happened", "content": "x" * 500}).decode()
FILL = """
INSERT INTO outbox (organization_id, type, version, conversation_id, contact_ids, inbox_ids, team_ids, assignee_ids, staff_only, body)
SELECT ($1::bigint[])[1 + n % cardinality($1::bigint[])],
       'tests.happened', n, n, ARRAY[n], ARRAY[n], '{}', ARRAY[n], true, $3 FROM generate_series(1, $2) n
"""
NO_HANDLERS: tuple[tuple[str, ...], ...] = ((), (), ())
_decode = msgspec.json.Decoder(list[Logged]).decode


async def run(options: Options) -> dict[str, Any]:
    """`--n`: events a round of draining (10,000). `--seconds`: of the stream of 100/s (6)."""
    async with ground.database() as urls, ground.connected(urls):
        connection = await asyncpg.connect(urls.database, server_settings={"enable_seqscan": "off"})
        await partitions.prepare(connection)
        sql = "INSERT INTO organizations (name, slug) VALUES ('Bench', $1) RETURNING id"
        organizations = [await connection.fetchval(sql, f"bench-{number}") for number in range(ORGANIZATIONS)]
        figures = await _draining(connection, urls, organizations, options)
        logs = Path(os.environ["LACASA_DATA"]) / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        stack = Stack(free_port(), logs, dict(os.environ))
        try:
            figures |= await _latency(stack, connection, urls, organizations, options.seconds or 6)
            figures |= await _takeovers(stack, urls, organizations)
        finally:
            await stack.stop()
            await connection.close()
        return figures


async def _draining(connection: asyncpg.Connection, urls: Urls, organizations: list[int], options: Options) -> dict[str, Any]:
    n = options.n or 10_000
    relay = Relay(urls.database)
    pass_over_the_loaded()  # as its process does

    async def ours() -> int:
        return await relay.step(connection)

    async def bare() -> int:
        rows = await connection.fetch(MOVE_NEXT, BATCH, 0, *NO_HANDLERS)
        bodies: dict[int, list[bytes]] = {}
        for row in rows:
            bodies.setdefault(row[0], []).append(row["body"].encode())
        for organization_id, parts in bodies.items():
            await wake.publish(f"events.{organization_id}", b"[" + b",".join(parts) + b"]")
        return len(rows)

    async def drained(step: Callable[[], Awaitable[int]]) -> tuple[float, float]:
        await connection.execute(FILL, organizations, n, BODY)
        await connection.execute("VACUUM ANALYZE outbox")
        began, cpu = time.perf_counter(), time.process_time()
        while await step():
            pass
        return n / (time.perf_counter() - began), n / (time.process_time() - cpu)

    await drained(bare)
    rounds = await alternate(options.rounds, {"relay": lambda: drained(ours), "bare": lambda: drained(bare)})
    wall = {name: [each for each, _ in results] for name, results in rounds.items()}
    cpu = {name: [each for _, each in results] for name, results in rounds.items()}
    return {
        "drained": n,
        "drain_ratio": ratio(wall["relay"], wall["bare"]),
        "drain_per_s": {name: spread(values) for name, values in wall.items()},
        "drain_cpu_ratio": ratio(cpu["relay"], cpu["bare"]),
        "drain_per_cpu_s": {name: spread(values) for name, values in cpu.items()},
    }


async def _latency(
    stack: Stack, connection: asyncpg.Connection, urls: Urls, organizations: list[int], seconds: float
) -> dict[str, Any]:
    """From COMMIT to a subscriber on NATS; beside `SELECT 1` and a bare message over NATS."""
    await stack.start("relay-1")
    await until_one_is_active(stack, ("relay-1",), urls.database, LOCK)
    committed: dict[int, float] = {}
    took: list[float] = []
    bounced: list[float] = []

    async def hear(message: Msg) -> None:
        now = time.perf_counter()
        took.extend((now - committed[event.id]) * 1000 for event in _decode(message.data) if event.id in committed)

    async def bounce(message: Msg) -> None:
        bounced.append((time.perf_counter() - float(message.data)) * 1000)

    stops = [await wake.subscribe(f"events.{organization_id}", hear) for organization_id in organizations]
    stops.append(await wake.subscribe("bench.floor", bounce))
    selects: list[float] = []
    for number in range(int(RATE * seconds)):
        began = time.perf_counter()
        event = await connection.fetchval(INSERT, organizations[number % ORGANIZATIONS], BODY)
        committed[event] = time.perf_counter()
        await wake.relay()
        if number % 10 == 0:
            at = time.perf_counter()
            await connection.fetchval("SELECT 1")
            selects.append((time.perf_counter() - at) * 1000)
            await wake.publish("bench.floor", repr(time.perf_counter()).encode())
        await asyncio.sleep(max(0, 1 / RATE - (time.perf_counter() - began)))
    await asyncio.sleep(1)
    for stop in stops:
        await stop()
    floors = percentiles(selects, "select_1_") | percentiles(bounced, "nats_")
    return {"events": len(committed), "heard": len(took), **percentiles(took), **floors}


async def _takeovers(stack: Stack, urls: Urls, organizations: list[int]) -> dict[str, Any]:
    """The longest silence at 100/s when the active relay of two is killed, frozen, or both lose their sessions."""
    figures: dict[str, Any] = {}
    lost = doubled = misordered = 0
    names = ("relay-1", "relay-2")
    faults: tuple[Fault, ...] = ("terminate", "kill", "stop")
    for fault in faults:
        for name in names:
            if name not in stack.processes or stack.processes[name].returncode is not None:
                await stack.start(name)
        await asyncio.sleep(4)
        connection = await asyncpg.connect(urls.database)
        sql = "INSERT INTO organizations (name, slug) VALUES ('Bench', $1) RETURNING id"
        fresh = [await connection.fetchval(sql, f"bench-{fault}-{number}") for number in range(len(organizations))]
        await connection.close()
        seen = await under_fault(stack, urls.database, names, fault, fresh, lock=LOCK, seconds=6)
        figures[f"takeover_{fault}_ms"] = round(seen.stall_ms)
        lost, doubled, misordered = lost + seen.lost, doubled + seen.doubled, misordered + seen.misordered
    for process in stack.processes.values():
        if process.returncode is None:
            process.kill()  # the frozen one would not hear anything else
    return figures | {"lost": lost, "doubled": doubled, "misordered": misordered}
