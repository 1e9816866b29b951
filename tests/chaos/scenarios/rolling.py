"""Many machines: every process is replaced one by one under load, first in an orderly way (SIGTERM), then with kill -9.

N web behind a balancer, M workers, two relays, a cluster of three NATS nodes. Clients try again what was not answered, as ours do.
"""

import asyncio
import time
from argparse import Namespace
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.chaos.checks import check
from tests.chaos.cluster import Cluster, cluster
from tests.chaos.crowd import Crowd, a_world, outcomes, writing
from tests.chaos.measure import ms, spread_ms, within

CLIENTS, DEADLINE_S = 20, 1500.0
BROKEN = ("ack-before-commit",)
PAUSE_S = 0.4
REST_S = 2.0


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`lost`, `duplicated`, `misordered` must be 0. Per round (`term`, `kill`): answers that were none, 5xx, and the longest write pause."""
    async with cluster(folder, broken=given.broken) as running:
        crowd = Crowd(
            running.place, await a_world(running.place, running.port, given.seed), visitors=given.clients, staff=2, hands=3
        )
        told: dict[str, Any] = {}
        finished = await within(given.deadline, _play(running, crowd, told))
        settled_s = await crowd.settle(10.0 if given.broken else 90.0)
        await crowd.leave()
        return {
            **await check(running.place, crowd),
            **told,
            **outcomes(crowd),
            "delivery": spread_ms(crowd.delivery_s()),
            "sockets_closed": dict(crowd.world.ends),
            "live_again": spread_ms([each for ear in crowd.ears for each in ear.live_after]),
            "settled_s": round(settled_s, 1),
            "ended": running.place.ended(),
            "finished": finished,
        }


async def _play(running: Cluster, crowd: Crowd, told: dict[str, Any]) -> None:
    await crowd.open()
    async with writing(crowd, PAUSE_S):
        for name, hit in (("term", running.place.end), ("kill", running.place.fell)):
            before, began, replaced = crowd.world.counts.copy(), time.monotonic(), 0
            for victim in [*running.place.stack.processes, *running.place.nats]:
                await asyncio.sleep(REST_S)
                await hit(victim)
                await running.place.start(victim)
                if victim in running.ports:
                    await running.ready(victim)
                replaced += 1
            await asyncio.sleep(REST_S)
            told[name] = {"replaced": replaced, "unanswered_attempts": dict(crowd.world.counts - before), **_pauses(crowd, began)}


def _pauses(crowd: Crowd, began: float) -> dict[str, Any]:
    """How long nobody was acknowledged anything, and how long the slowest message took."""
    acks = sorted(at for at in crowd.world.acked.values() if at >= began)
    return {
        "acked": len(acks),
        "longest_write_pause_ms": ms(max((later - earlier for earlier, later in pairwise(acks)), default=None)),
        "ack": spread_ms(crowd.ack_s(began)),
    }
