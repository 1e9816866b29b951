"""P5: NATS is killed and stays away, and comes back empty. Everything goes on, only slower; nothing is lost."""

import asyncio
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from tests.chaos.checks import check
from tests.chaos.crowd import Crowd, a_world, health, outcomes, writing
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import spread_ms, within

SECONDS, CLIENTS, DEADLINE_S = 300.0, 20, 900.0
BROKEN = ("deaf-hub",)
BESIDE_S = 15.0
PAUSE_S = 2.0


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`before`, `during`, `after`: ack and delivery; `recovery_s`: from NATS back to everybody connected to it again."""
    async with installation(folder, broken=given.broken) as place:
        world = await a_world(place, place.stack.port, given.seed)
        crowd = Crowd(place, world, visitors=given.clients, staff=2)
        marks: dict[str, float] = {}
        told: dict[str, Any] = {}
        finished = await within(given.deadline, _play(place, crowd, given.seconds, marks, told))
        settled_s = await crowd.settle(20.0 if given.broken else 90.0)
        await crowd.leave()
        return {
            **await check(place, crowd),
            **outcomes(crowd),
            **_phases(crowd, marks),
            **told,
            "seconds": given.seconds,
            "settled_s": round(settled_s, 1),
            "ended": place.ended(),
            "finished": finished,
        }


async def _play(place: Installation, crowd: Crowd, seconds: float, marks: dict[str, float], told: dict[str, Any]) -> None:
    await crowd.open()
    marks["before"] = time.monotonic()
    async with writing(crowd, PAUSE_S):
        await asyncio.sleep(BESIDE_S)
        await place.fell("nats")
        marks["during"] = time.monotonic()
        await asyncio.sleep(seconds)
        told["health_during"] = await health(place)
        marks["back"] = time.monotonic()
        await place.start("nats")  # it keeps nothing on disk, so it is as empty as a wiped one
        up = time.monotonic()
        while True:
            if (await health(place)).get("nats") == "ok":
                break
            await asyncio.sleep(0.02)
        told["recovery_s"] = round(time.monotonic() - up, 2)
        marks["after"] = time.monotonic()
        await asyncio.sleep(BESIDE_S)
        marks["end"] = time.monotonic()


def _phases(crowd: Crowd, marks: dict[str, float]) -> dict[str, Any]:
    phases = (("before", "before", "during"), ("during", "during", "back"), ("after", "after", "end"))
    return {
        name: {
            "ack": spread_ms(crowd.ack_s(marks[start], marks[end])),
            "delivery": spread_ms(crowd.delivery_s(marks[start], marks[end])),
        }
        for name, start, end in phases
        if start in marks and end in marks
    }
