"""No-op jobs through the real worker process, beside a bare claim/run/finish loop and taskiq-nats; and what a killed worker costs."""

import asyncio
import os
import secrets
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg

from core.events import wake
from core.jobs.worker import LEASE_S
from tests.bench import bare_ledger, ground
from tests.bench.measure import Options, alternate, cpu_seconds, ratio, spread
from tests.bench.noop_worker import NOTHING, SLEEP
from tests.bench.peers import HINT, PYTHON
from tests.bench.peers.taskiq_nats_round import jetstream, round_of
from tests.ports import free_port
from tests.stack import Stack

CONCURRENCY = 100
PATIENCE_S = 300
ORGANIZATIONS = 4
QUEUE = """
INSERT INTO jobs (organization_id, class, name) SELECT o.id, 'interactive', $1
FROM generate_series(1, $2) n JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS nth FROM organizations) o ON o.nth = n % $3
"""
ONE_SLEEPER = """
INSERT INTO jobs (organization_id, class, name, arguments)
SELECT min(id), 'interactive', $1, jsonb_build_object('run', $2::text, 'seconds', $3::float8) FROM organizations
"""


async def run(options: Options) -> dict[str, Any]:
    """Jobs per second and per CPU second of the worker process. `--n`: jobs a round (6,000)."""
    async with ground.database() as urls, ground.connected(urls):
        connection = await asyncpg.connect(urls.database)
        await connection.execute(
            f"{bare_ledger.TABLE}; CREATE TABLE bench_begun (run text, process int, at timestamptz DEFAULT clock_timestamp())"
        )
        for number in range(ORGANIZATIONS):
            await connection.execute("INSERT INTO organizations (name, slug) VALUES ('Bench', $1)", f"bench-{number}")
        stack = Stack(free_port(), _logs(), dict(os.environ) | {"LACASA_WORKER_CONCURRENCY": str(CONCURRENCY)})
        stack.stand_ins = {f"worker-{number}": ["-m", "tests.bench.noop_worker"] for number in (1, 2, 3)}
        stack.stand_ins["bare"] = ["-m", "tests.bench.bare_ledger", str(CONCURRENCY)]
        try:
            figures = await _throughput(stack, connection, options)
            figures |= await _reruns(stack, connection)
        finally:
            await stack.stop()
            await connection.close()
        return figures


def _logs() -> Path:
    logs = Path(os.environ["LACASA_DATA"]) / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    return logs


async def _throughput(stack: Stack, connection: asyncpg.Connection, options: Options) -> dict[str, Any]:
    n = options.n or 6000

    await stack.start("worker-1")
    await stack.start("bare")
    worker, bare_loop = stack.processes["worker-1"].pid, stack.processes["bare"].pid

    async def ours() -> tuple[float, float]:
        cpu = cpu_seconds(worker)
        began = await _queued(connection, QUEUE, NOTHING, n, ORGANIZATIONS)
        await wake.jobs("interactive")
        wall_s = await _seconds(connection, "jobs", began)
        return n / wall_s, n / (cpu_seconds(worker) - cpu)

    async def bare() -> tuple[float, float]:
        os.kill(bare_loop, signal.SIGCONT)
        cpu = cpu_seconds(bare_loop)
        began = await _queued(connection, "INSERT INTO bare_jobs (name) SELECT 'nothing' FROM generate_series(1, $1)", n)
        wall_s = await _seconds(connection, "bare_jobs", began)
        spent = cpu_seconds(bare_loop) - cpu
        os.kill(bare_loop, signal.SIGSTOP)
        return n / wall_s, n / max(0.01, spent)

    contestants: dict[str, Callable[[], Awaitable[tuple[float, float]]]] = {"ledger": ours, "bare_loop": bare}
    missing = None if _has_taskiq_nats() else f"taskiq-nats is not there: {HINT}"
    async with AsyncExitStack() as peers:
        if missing is None:
            nats = await peers.enter_async_context(jetstream())
            contestants["taskiq_nats"] = lambda: round_of(nats, n, CONCURRENCY)
        for contestant in contestants.values():
            await contestant()  # plans, caches, first pages
        rounds = await alternate(options.rounds, contestants)
    rates = {name: [rate for rate, _ in results] for name, results in rounds.items()}
    per_cpu = {name: [each for _, each in results] for name, results in rounds.items()}
    return {
        "n": n,
        "jobs_per_s": {name: spread(values) for name, values in rates.items()},
        "jobs_per_cpu_s": {name: spread(values) for name, values in per_cpu.items()},
        "ratio_ledger_loop": ratio(rates["ledger"], rates["bare_loop"]),
        "ratio_taskiq_nats": ratio(rates["ledger"], rates["taskiq_nats"]) if missing is None else None,
        "cpu_ratios": {name: ratio(per_cpu["ledger"], per_cpu[name]) for name in contestants if name != "ledger"},
        "missing": missing,
    }


def _has_taskiq_nats() -> bool:
    return any((PYTHON.parents[1] / "lib").glob("python*/site-packages/taskiq_nats"))


async def _queued(connection: asyncpg.Connection, sql: str, *arguments: object) -> Any:
    """Queue jobs in one statement; when that was."""
    await connection.execute(sql, *arguments)
    return await connection.fetchval("SELECT clock_timestamp()")


async def until_done(connection: asyncpg.Connection, table: str) -> None:
    """Wait until nothing of it is left to do."""
    left = f"SELECT EXISTS (SELECT FROM {table}{'' if table == 'timers' else ' WHERE status < 2'})"
    for _ in range(PATIENCE_S * 20):
        if not await connection.fetchval(left):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{table} did not come to an end")


async def _seconds(connection: asyncpg.Connection, table: str, began: Any) -> float:
    """Until the last job was done, by the clock of PostgreSQL."""
    await until_done(connection, table)
    last = await connection.fetchval(f"SELECT max(finished_at) FROM {table}")
    return float((last - began).total_seconds())


async def _reruns(stack: Stack, connection: asyncpg.Connection) -> dict[str, Any]:
    """`rerun_s`: from kill -9 of the worker until another runs its job again; `long_runs`: of a job longer than two leases, by a live worker."""
    await stack.kill("bare")
    for name in ("worker-2", "worker-3"):
        await stack.start(name)
    by_process = {stack.processes[name].pid: name for name in ("worker-1", "worker-2", "worker-3")}
    long, again = secrets.token_hex(4), []
    await connection.execute(ONE_SLEEPER, SLEEP, long, LEASE_S * 2.2)
    survivor = by_process[(await _begun(connection, long, 1))[0]["process"]]
    for _ in range(2):
        victim = survivor
        while victim == survivor:
            run = secrets.token_hex(4)
            await connection.execute(ONE_SLEEPER, SLEEP, run, 1.5)
            victim = by_process[(await _begun(connection, run, 1))[0]["process"]]
        await stack.kill(victim)
        killed = time.monotonic()
        await _begun(connection, run, 2)
        again.append(time.monotonic() - killed)
        await stack.start(victim)
        by_process[stack.processes[victim].pid] = victim
    await until_done(connection, "jobs")
    runs = await connection.fetchval("SELECT count(*) FROM bench_begun WHERE run = $1", long)
    return {
        "rerun_s": round(median(again), 2),
        "reruns_s": [round(each, 2) for each in again],
        "lease_s": LEASE_S,
        "long_runs": runs,
    }


async def _begun(connection: asyncpg.Connection, run: str, times: int) -> list[asyncpg.Record]:
    for _ in range(600):
        rows = await connection.fetch("SELECT process FROM bench_begun WHERE run = $1 ORDER BY at", run)
        if len(rows) >= times:
            return list(rows)
        await asyncio.sleep(0.1)
    raise AssertionError("the job did not begin")
