"""P13: ten times the usual load for a minute, open loop: arrivals do not wait for answers. It is absorbed, or refused fast and honestly."""

import asyncio
import time
from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import Any

from tests.chaos.checks import check
from tests.chaos.clients import Writer
from tests.chaos.crowd import Crowd, a_world, outcomes
from tests.chaos.door import NoAnswerError, NotReachedError
from tests.chaos.installation import installation
from tests.chaos.measure import percentile, spread_ms, within

N, CLIENTS, SECONDS, DEADLINE_S = 5, 100, 60.0, 600.0
BROKEN = ("ack-while-away",)
BESIDE_S = 15.0
TIMES = 10
ATTEMPT_S = 30.0


class Load:
    """Arrivals at a fixed rate, each one attempt at one message; `took` is measured from when it was due."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.took: list[tuple[float, float, str]] = []
        self._arrived = 0
        self._running: set[asyncio.Task[None]] = set()

    async def arrive(self, per_s: float, seconds: float) -> None:
        began = time.monotonic()
        for number in range(int(per_s * seconds)):
            due = began + number / per_s
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            task = asyncio.create_task(self._one(due))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def end(self) -> None:
        await asyncio.gather(*self._running)

    async def _one(self, due: float) -> None:
        visitor = self.crowd.visitors[self._arrived % len(self.crowd.visitors)]
        writer = Writer(self.crowd.world, f"{visitor.name}.{self._arrived}", visitor.send)
        writer.conversation = visitor.writers[0].conversation
        self._arrived += 1
        try:
            answer = await writer.attempt(timeout_s=ATTEMPT_S)
        except (NoAnswerError, NotReachedError) as error:
            outcome = type(error).__name__
        else:
            outcome = str(answer.status)
        finally:
            writer.door.shut()
        self.took.append((due, time.monotonic() - due, outcome))

    def figures(self, since: float, until: float) -> dict[str, Any]:
        part = [each for each in self.took if since <= each[0] < until]
        return {
            **spread_ms([took for _, took, outcome in part if outcome == "201"]),
            "outcomes": dict(Counter(each[2] for each in part)),
        }


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`n` is the usual rate per second. `refused_fast_ms`: p99 of the refusals; `back_to_normal_s`: until p50 is at most twice the usual."""
    async with installation(folder, broken=given.broken) as place:
        crowd = Crowd(place, await a_world(place, place.stack.port, given.seed), visitors=given.clients, staff=1)
        load, told = Load(crowd), dict[str, Any]()
        finished = await within(given.deadline, _play(load, given, told))
        settled_s = await crowd.settle()
        await crowd.leave()
        return {
            **await check(place, crowd),
            **told,
            **outcomes(crowd),
            "n": given.n,
            "settled_s": round(settled_s, 1),
            "ended": place.ended(),
            "finished": finished,
        }


async def _play(load: Load, given: Namespace, told: dict[str, Any]) -> None:
    await load.crowd.open()
    marks = [time.monotonic()]
    for per_s, seconds in ((given.n, BESIDE_S), (given.n * TIMES, given.seconds), (given.n, BESIDE_S)):
        await load.arrive(per_s, seconds)
        marks.append(time.monotonic())
    await load.end()
    for name, since, until in zip(("before", "during", "after"), marks, marks[1:], strict=False):
        told[name] = load.figures(since, until)
    refusals = [took for due, took, outcome in load.took if outcome in ("429", "503")]
    told["refused_fast_ms"] = spread_ms(refusals)
    told["back_to_normal_s"] = _normal_again(load, marks)


def _normal_again(load: Load, marks: list[float]) -> float | None:
    """From the end of the burst to the first second whose p50 is at most twice the usual one."""
    usual = percentile([took for due, took, outcome in load.took if due < marks[1] and outcome == "201"], 0.5)
    for second in range(int(BESIDE_S)):
        start = marks[2] + second
        p50 = percentile([took for due, took, outcome in load.took if start <= due < start + 1 and outcome == "201"], 0.5)
        if usual is not None and p50 is not None and p50 <= 2 * usual:
            return float(second)
    return None
