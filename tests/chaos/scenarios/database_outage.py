"""P6: PostgreSQL is killed and stays away; then a long lock uses up the pool; then PostgreSQL has no connection left.

Each time: honest refusals (503 as a problem document) and no false acknowledgement, and recovery without a restart of ours.
"""

import asyncio
import time
from argparse import Namespace
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg

from tests.chaos.checks import check
from tests.chaos.crowd import Crowd, a_world, health, outcomes, writing
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import spread_ms, within

SECONDS, CLIENTS, DEADLINE_S = 60.0, 20, 600.0
BROKEN = ("ack-while-away",)
BESIDE_S = 8.0
GRACE_S = 1.0
"""An answer that was on its way when PostgreSQL died may still arrive so much later."""


END_OURS = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name LIKE 'lacasa%'"


@asynccontextmanager
async def _away(place: Installation) -> AsyncIterator[None]:
    await place.fell("postgres")
    yield
    await place.start("postgres")


@asynccontextmanager
async def _locked(place: Installation) -> AsyncIterator[None]:
    """Somebody holds a lock on every conversation, e.g. a careless migration: the pool fills with requests that wait for it."""
    connection = await asyncpg.connect(place.postgres.url)
    await connection.execute("BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; LOCK TABLE conversations")
    yield
    await connection.execute("ROLLBACK")
    await connection.close()


@asynccontextmanager
async def _full(place: Installation) -> AsyncIterator[None]:
    """Strangers hold every connection that PostgreSQL gives."""
    taken: list[asyncpg.Connection] = []

    async def take() -> None:
        try:
            while True:
                taken.append(await asyncpg.connect(place.postgres.url, timeout=5, server_settings={"application_name": "stranger"}))
        except (asyncpg.PostgresError, OSError):
            return

    await take()
    quiet = 0
    while quiet < 3:  # some of ours are faster than a stranger, and come back; one that is still signing in shows later
        quiet = 0 if await taken[0].fetchval(END_OURS) else quiet + 1
        await asyncio.sleep(0.1)
        await take()
    yield
    for connection in taken:
        connection.terminate()


FAULTS: dict[str, tuple[Callable[[Installation], AbstractAsyncContextManager[None]], float]] = {
    "away": (_away, 1.0),
    "locked": (_locked, 0.5),
    "full": (_full, 0.25),
}
"""What is done, and its share of `--seconds`."""


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`false_acks` and `lost` must be 0 and `ended` empty; per fault: `refusals`, `recovery_s` (first ack) and `all_back_s` (every writer)."""
    async with installation(folder, broken=given.broken) as place:
        crowd = Crowd(place, await a_world(place, place.stack.port, given.seed), visitors=given.clients, staff=1)
        told: dict[str, Any] = {}
        finished = await within(given.deadline, _play(place, crowd, given.seconds, told))
        settled_s = await crowd.settle(20.0 if given.broken else 90.0)
        await crowd.leave()
        return {
            **await check(place, crowd),
            "false_acks": sum(fault.get("false_acks", 0) for fault in told.values()),
            **told,
            **outcomes(crowd),
            "seconds": given.seconds,
            "settled_s": round(settled_s, 1),
            "ended": place.ended(),
            "finished": finished,
        }


async def _play(place: Installation, crowd: Crowd, seconds: float, told: dict[str, Any]) -> None:
    await crowd.open()
    async with writing(crowd, 0.5):
        for name, (fault, share) in FAULTS.items():
            await asyncio.sleep(BESIDE_S)
            before = crowd.world.counts.copy()
            async with fault(place):
                began = time.monotonic()
                await asyncio.sleep(seconds * share)
                told[name] = {"health_during": await health(place)}
                ended = time.monotonic()
            back = time.monotonic()
            refusals = crowd.world.counts - before
            told[name] |= {"refusals": dict(refusals), **await _recovery(crowd, back)}
            told[name]["ack_during"] = spread_ms(crowd.ack_s(began, ended))
            if (
                name == "away"
            ):  # with a lock or without connections some may still be acknowledged rightly; `lost` tells of the others
                told[name]["false_acks"] = sum(1 for at in crowd.world.acked.values() if began + GRACE_S < at < ended)
        await asyncio.sleep(BESIDE_S)


async def _recovery(crowd: Crowd, back: float) -> dict[str, float | None]:
    """Wait until every writer was acknowledged once more."""
    first: float | None = None
    give_up = back + 90
    while time.monotonic() < give_up:
        newly = {text.partition("/")[0] for text, at in crowd.world.acked.items() if at > back}
        if newly and first is None:
            first = round(time.monotonic() - back, 2)
        if len(newly) == len(crowd.writers):
            return {"recovery_s": first, "all_back_s": round(time.monotonic() - back, 2)}
        await asyncio.sleep(0.05)
    return {"recovery_s": first, "all_back_s": None}
