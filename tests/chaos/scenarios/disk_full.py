"""P7: the disk of PostgreSQL and of uploads is full to the last byte. Nothing acknowledged is lost, health says why, and space heals it.

The data stand on a small tmpfs, which only root may mount. PostgreSQL ends itself when it cannot write its log, so somebody
must start it again: `lacasa up` does that, and here this scenario.
"""

import asyncio
import os
import subprocess
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from core.errors import LacasaError
from tests.chaos.checks import check
from tests.chaos.clients import Visitor
from tests.chaos.crowd import Crowd, a_world, health, outcomes, writing
from tests.chaos.door import NoAnswerError, NotReachedError
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import spread_ms, within

SECONDS, CLIENTS, DEADLINE_S = 30.0, 20, 600.0
BROKEN = ("ack-while-away",)
SIZE_MB = 400
BESIDE_S = 8.0


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`lost` must be 0; `health` as it changed; `false_acks`: while nothing could be kept; `recovery_s` from space to the first ack."""
    try:
        with _small_disk(folder / "data"):
            return await _run(folder, given)
    except PermissionError:
        return {"skipped": "mounting a tmpfs needs root"}


@contextmanager
def _small_disk(where: Path) -> Iterator[None]:
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=0755", "tmpfs", str(where)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        raise PermissionError from error
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(where)], check=True)


async def _run(folder: Path, given: Namespace) -> dict[str, Any]:
    settings = {"LACASA_DATA": str(folder / "data" / "files")}
    async with installation(folder, broken=given.broken, settings=settings) as place:
        crowd = Crowd(place, await a_world(place, place.stack.port, given.seed), visitors=given.clients, staff=1)
        told: dict[str, Any] = {}
        watching = asyncio.create_task(_supervise(place))
        try:
            finished = await within(given.deadline, _play(place, crowd, given.seconds, told))
            settled_s = await crowd.settle(20.0 if given.broken else 90.0)
        finally:
            watching.cancel()
        await crowd.leave()
        return {
            **await check(place, crowd),
            **told,
            **outcomes(crowd),
            "damaged": await _damaged(place),
            "seconds": given.seconds,
            "settled_s": round(settled_s, 1),
            "ended": place.ended(),
            "finished": finished,
        }


async def _supervise(place: Installation) -> None:
    """Start PostgreSQL whenever it has ended."""
    while True:
        await place.postgres.wait()
        place.kills["postgres ended itself"] = place.kills.get("postgres ended itself", 0) + 1
        with suppress(LacasaError, OSError):
            await place.postgres.start()
        await asyncio.sleep(1.0)


async def _play(place: Installation, crowd: Crowd, seconds: float, told: dict[str, Any]) -> None:
    await crowd.open()
    ballast = place.folder / "data" / "ballast"
    async with writing(crowd, 0.3):
        await asyncio.sleep(BESIDE_S)
        before = crowd.world.counts.copy()
        healths: list[dict[str, Any]] = []
        _fill(ballast)
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            _fill(ballast)  # whatever was freed meanwhile
            found = await health(place)
            if found not in healths:
                healths.append(found)
            await asyncio.sleep(0.5)
        told["upload"] = await _upload(crowd.visitors[0])
        ended = time.monotonic()
        ballast.unlink()
        freed = time.monotonic()
        told["health"] = healths
        told["acked_while_full"] = sum(1 for at in crowd.world.acked.values() if began < at < ended)
        told["while_full"] = dict(crowd.world.counts - before)
        told["recovery_s"] = await _first_ack(crowd, freed)
        told["postgres_ended_itself"] = place.kills.pop("postgres ended itself", 0)
        await asyncio.sleep(BESIDE_S)
        told["health_after"] = await health(place)
    told["ack_after"] = spread_ms(crowd.ack_s(freed))


def _fill(ballast: Path) -> None:
    """Write until the disk says no, at last byte by byte."""
    descriptor = os.open(ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while os.write(descriptor, b"\0" * size) == size:
                    continue
    finally:
        os.close(descriptor)


async def _upload(visitor: Visitor) -> dict[str, Any]:
    """How an upload is answered while there is no room for it."""
    try:
        answer = await visitor.upload("note.txt", b"x" * 100_000)
    except (NoAnswerError, NotReachedError) as error:
        return {"status": type(error).__name__}
    return {"status": answer.status, **(answer.json() if answer.is_problem else {})}


async def _first_ack(crowd: Crowd, since: float) -> float | None:
    while time.monotonic() - since < 120:
        if any(at > since for at in crowd.world.acked.values()):
            return round(time.monotonic() - since, 2)
        await asyncio.sleep(0.1)
    return None


async def _damaged(place: Installation) -> int:
    """Blocks whose checksum is wrong, of all that can be read."""
    tables = await place.rows(
        "SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace"
    )
    for table in tables:
        await place.rows(f"SELECT count(*) FROM {table['name']}")
    return int(await place.value("SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database"))
