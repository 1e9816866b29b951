"""What goes wrong, when, and for how long: drawn from a seed before anything runs, so the same seed brings the same faults."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.chaos.proxy import DOWN, UP, Proxy


@dataclass(frozen=True)
class Fault:
    """After `pause` of peace `victim` is hit; it comes back `down_s` later.

    `pause` is in seconds, or in whatever progress is counted in: then a slow machine sees as many faults as a fast one.
    """

    pause: float
    victim: str
    down_s: float


def schedule(seed: int, victims: Sequence[str], *, pause: tuple[float, float], down_s: tuple[float, float]) -> Iterator[Fault]:
    """Endless."""
    chance = random.Random(seed)
    while True:
        yield Fault(chance.uniform(*pause), chance.choice(victims), chance.uniform(*down_s))


NETWORK = ("cut", "cut-up", "cut-down", "reset", "no-answers", "no-requests", "stall", "slow")
"""Faults of the network between clients and server, as `hit_network` knows them."""


async def hit_network(proxy: Proxy, kind: str, down_s: float) -> None:
    """One fault on all open connections. `no-answers`: the server works and commits, the client never hears of it."""
    actions: dict[str, Callable[[], None]] = {
        "cut": proxy.cut,
        "cut-up": lambda: proxy.cut(UP),
        "cut-down": lambda: proxy.cut(DOWN),
        "reset": proxy.reset,
        "no-answers": lambda: proxy.swallow(DOWN),
        "no-requests": lambda: proxy.swallow(UP),
        "stall": proxy.hold,
        "slow": lambda: proxy.slow(latency_s=0.05, jitter_s=0.2),
    }
    actions[kind]()
    if kind in ("cut", "reset"):
        return
    await asyncio.sleep(down_s)
    proxy.heal()
    if kind not in ("stall", "slow"):
        proxy.reset()  # what lost bytes, or one of its ways, cannot go on


async def suffer(
    faults: Iterator[Fault],
    hit: Callable[[Fault], Awaitable[None]],
    enough: asyncio.Event,
    progress: Callable[[], float] = time.monotonic,
) -> None:
    """One fault after the other until it is enough; the last one is mended before this returns."""
    for fault in faults:
        until = progress() + fault.pause
        while True:
            if enough.is_set():
                return
            if progress() >= until:
                break
            await asyncio.sleep(0.02)
        await hit(fault)
