"""Clients write while processes are killed with -9 and the network is ill-treated; then everything is compared."""

import asyncio
import time
from pathlib import Path
from typing import Any

from tests.chaos.checks import check
from tests.chaos.clients import Supply
from tests.chaos.crowd import SETTLE_S, Crowd, a_world, outcomes
from tests.chaos.faults import NETWORK, Fault, hit_network, schedule, suffer
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import spread_ms, within
from tests.chaos.proxy import Proxy

PROCESSES = ("web", "worker", "relay", "nats", "postgres")
UNANSWERED = """
SELECT count(*) FROM conversations c WHERE c.handler = 'ai' AND EXISTS (
    SELECT FROM messages m WHERE m.conversation_id = c.id AND m.seq = c.public_seq AND m.sender_type = 'contact')
"""


class Storm:
    """One run: `n` messages under the faults that `seed` draws; all clients come through one proxy.

    About `faults` of them, spread over the acknowledgements and not over time.
    """

    def __init__(self, place: Installation, proxy: Proxy, *, n: int, seed: int, faults: int, network: bool) -> None:
        self.place, self.proxy, self.n, self.seed = place, proxy, n, seed
        self._faults = faults
        self._network = network
        self.cuts = 0
        self.sending_s = 0.0
        self.settled_s = 0.0
        self.crowd: Crowd

    async def play(self, people: dict[str, int], *, pause_s: float) -> None:
        self.crowd = Crowd(self.place, await a_world(self.place, self.proxy.port, self.seed), **people)
        await self.crowd.open()
        began, enough = time.monotonic(), asyncio.Event()
        victims = [*PROCESSES * 3, *NETWORK] if self._network else PROCESSES
        faults = schedule(self.seed, victims, pause=(0.0, 2.0 * self.n / self._faults), down_s=(0.0, 0.6))
        acks = self.crowd.world.acks.entries
        suffering = asyncio.create_task(suffer(faults, self._hit, enough, lambda: len(acks)))
        try:
            await self.crowd.write(Supply(self.n - len(self.crowd.visitors)), pause_s)
        finally:
            self.sending_s = time.monotonic() - began
            enough.set()
            await suffering

    async def _hit(self, fault: Fault) -> None:
        if fault.victim in NETWORK:
            self.cuts += 1
            await hit_network(self.proxy, fault.victim, fault.down_s)
        else:
            await self.place.kill(fault.victim, fault.down_s)
            if fault.victim == "web":
                await self.place.stack.ready()  # else a slow machine would see nothing but starts

    async def figures(self, settle_s: float) -> dict[str, Any]:
        await self.place.stack.ready()
        self.settled_s = await self.crowd.settle(settle_s)
        await self.crowd.leave()
        return {
            **await check(self.place, self.crowd),
            "kills": sum(self.place.kills.values()),
            "killed": self.place.kills,
            "cuts": self.cuts,
            "n": self.n,
            **outcomes(self.crowd),
            "ack": spread_ms(self.crowd.ack_s()),
            "delivery": spread_ms(self.crowd.delivery_s()),
            "sending_s": round(self.sending_s, 1),
            "settled_s": round(self.settled_s, 1),
        }


async def storm(
    folder: Path,
    given: Any,
    *,
    people: dict[str, int],
    pause_s: float,
    faults: int,
    network: bool,
    ai: bool = False,
) -> dict[str, Any]:
    """The figures of a whole run. `pause_s`: a writer's mean pause between two messages."""
    async with installation(folder, broken=given.broken, ai=ai) as place, Proxy([("127.0.0.1", place.stack.port)]) as proxy:
        run = Storm(place, proxy, n=given.n, seed=given.seed, faults=faults, network=network)
        finished = await within(given.deadline, run.play(people, pause_s=pause_s))
        figures = await run.figures(SETTLE_S if given.broken is None else 10.0)
        if ai:
            figures["unanswered"] = await _owed(place, patient=given.broken is None and finished)
        return figures | {"finished": finished}


async def _owed(place: Installation, *, patient: bool) -> int:
    """Conversations in which the AI agent owes an answer, after it had its time."""
    give_up = time.monotonic() + (60.0 if patient else 0.0)
    while True:
        owed: int = await place.value(UNANSWERED)
        if owed == 0 or time.monotonic() > give_up:
            return owed
        await asyncio.sleep(0.5)
