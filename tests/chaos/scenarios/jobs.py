"""P15: jobs run at least once and take effect once, while workers are killed with -9 in the middle, or frozen beyond their lease."""

import asyncio
import os
import signal
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from tests.chaos import effects
from tests.chaos.faults import Fault, schedule, suffer
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import within
from tests.stack import Stack

N, DEADLINE_S = 2000, 600.0
BROKEN = ("unfenced",)
WORKERS = ("worker-1", "worker-2", "worker-3")
FROZEN_S = 22.0
"""Longer than a worker's lease of 15 s and the sweep."""
LAST = [Fault(0.0, f"{name} frozen", 0.0) for name in WORKERS[:2]]
"""At once, when only long jobs are left. What is taken back goes behind all that waits: with a queue, nobody would work on it before the
frozen ones are back."""
OPEN = "SELECT count(*) FROM jobs WHERE name = 'chaos.take_effect' AND status < 2"
JOBS = """
SELECT count(*) FILTER (WHERE status < 2) AS stuck, count(*) FILTER (WHERE status = 3) AS dead,
       count(*) FILTER (WHERE attempt > 1) AS rerun, count(*) AS n
FROM jobs WHERE name = 'chaos.take_effect'
"""
EFFECTS = "SELECT count(*) AS effects, count(DISTINCT number) AS done FROM chaos_effects"


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`missing`, `doubled`, `stuck` and `dead` must be 0. `frozen`: how often a worker was stopped for longer than its lease."""
    program = ["-m", "tests.chaos.effects", *([given.broken] if given.broken else [])]
    names = ("web", "relay", *WORKERS)
    async with installation(folder, names=names, stand_ins=dict.fromkeys(WORKERS, program), before=_table) as place:
        organization = await place.value("SELECT min(id) FROM organizations")
        counts = {"frozen": 0}
        began = time.monotonic()
        finished = await within(given.deadline, _play(place, organization, given, counts))
        for name in WORKERS:
            os.kill(place.pid(name), signal.SIGCONT)
        (jobs,) = await place.rows(JOBS)
        (took,) = await place.rows(EFFECTS)
        return {
            "n": given.n,
            "missing": given.n - took["done"],
            "doubled": took["effects"] - took["done"],
            "stuck": jobs["stuck"],
            "dead": jobs["dead"],
            "rerun": jobs["rerun"],
            "kills": sum(place.kills.values()),
            **counts,
            "working_s": round(time.monotonic() - began, 1),
            "finished": finished,
        }


async def _table(stack: Stack, place: Installation) -> None:
    await place.execute(effects.TABLE)


async def _play(place: Installation, organization: int, given: Namespace, counts: dict[str, int]) -> None:
    await place.stack.python("-m", "tests.chaos.effects", "enqueue", str(organization), str(given.n))
    enough = asyncio.Event()

    async def hit(fault: Fault) -> None:
        name, _, frozen = fault.victim.partition(" ")
        if not frozen:
            return await place.kill(name, fault.down_s)
        counts["frozen"] += 1
        os.kill(place.pid(name), signal.SIGSTOP)
        await asyncio.sleep(FROZEN_S)
        os.kill(place.pid(name), signal.SIGCONT)
        return None

    victims = [*WORKERS * 2, f"{WORKERS[0]} frozen", f"{WORKERS[1]} frozen"]
    faults = schedule(given.seed, victims, pause=(1.0, 8.0), down_s=(0.0, 1.0))
    suffering = asyncio.create_task(suffer(faults, hit, enough))
    try:
        await _wait_until_open(place, given.n // effects.LONG_EVERY)
    finally:
        enough.set()
        await suffering
    await asyncio.gather(*map(hit, LAST))
    await _wait_until_open(place, 0)  # the long ones want a worker that lives


async def _wait_until_open(place: Installation, count: int) -> None:
    while True:
        if await place.value(OPEN) <= count:
            return
        await asyncio.sleep(1.0)
