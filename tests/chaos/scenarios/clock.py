"""P14: the clock of the web process jumps an hour forth and back, again and again, while everybody else's stands.

Needs libfaketime (Debian: `libfaketime`); the monotonic clock is left alone, as a real step of the wall clock leaves it.
"""

import asyncio
import os
from argparse import Namespace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from tests.chaos.checks import check
from tests.chaos.crowd import Crowd, a_world, outcomes, writing
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import spread_ms, within
from tests.stack import Stack

CLIENTS, DEADLINE_S = 20, 400.0
BROKEN = ("reordering-relay",)
LIBRARIES = ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1")
JUMPS = ("+3600", "-3600", "+0", "+1", "-1", "+86400", "+0")
BETWEEN_S = 5.0
FUTURE = "SELECT count(*) FROM conversations WHERE last_activity_at > now() + interval '1 minute'"


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`lost`, `misordered`, `unseen`, `refused` must be 0: order comes from sequence numbers, not from clocks.

    `active_in_the_future`: conversations that the jumping clock put above all others in the list.
    """
    library = next(filter(os.path.exists, LIBRARIES), None)
    if library is None:
        return {"skipped": "libfaketime is not installed"}
    clock = folder / "clock"
    _set(clock, "+0")

    async def a_clock_of_its_own(stack: Stack, _: Installation) -> None:
        stack.variables["web"] = {
            "LD_PRELOAD": library,
            "FAKETIME_TIMESTAMP_FILE": str(clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    async with installation(folder, broken=given.broken, before=a_clock_of_its_own) as place:
        crowd = Crowd(place, await a_world(place, place.stack.port, given.seed), visitors=given.clients, staff=1, hands=3)
        told: dict[str, Any] = {"jumps": list(JUMPS)}
        finished = await within(given.deadline, _play(place, crowd, clock, told))
        settled_s = await crowd.settle(20.0 if given.broken else 90.0)
        await crowd.leave()
        return {
            **await check(place, crowd),
            **told,
            **outcomes(crowd),
            "active_in_the_future": await place.value(FUTURE),
            "ack": spread_ms(crowd.ack_s()),
            "settled_s": round(settled_s, 1),
            "ended": place.ended(),
            "finished": finished,
        }


async def _play(place: Installation, crowd: Crowd, clock: Path, told: dict[str, Any]) -> None:
    await crowd.open()
    skews: list[float] = []
    async with writing(crowd, 0.3):
        for jump in JUMPS:
            _set(clock, jump)
            await asyncio.sleep(BETWEEN_S)
            skews.append(await _skew_s(crowd))
    told["skews_seen_s"] = skews


def _set(clock: Path, jump: str) -> None:
    clock.write_text(f"{jump}\n")


async def _skew_s(crowd: Crowd) -> float:
    """How wrong the web's clock is, by its own word: so that a clock that was never moved is seen."""
    answer = await crowd.staff[0].ask("POST", "/api/auth/ticket")
    return _age_of(answer.headers.get("date", ""))


def _age_of(date: str) -> float:
    return round((parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds())
