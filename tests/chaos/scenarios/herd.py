"""P4: many sockets lose the server at once, by cuts of the network and by a kill of the server, and all come back by themselves.

While a cut lasts, staff answers some of them; caught up is who is live again and has heard that.
"""

import asyncio
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

import asyncpg

from tests.chaos.checks import check
from tests.chaos.clients import Staff, Supply
from tests.chaos.crowd import Crowd, a_world, outcomes
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import percentile, within
from tests.chaos.proxy import Proxy

N, DEADLINE_S = 500, 600.0
BROKEN = ("deaf-replay",)
CUTS_S = (1.0, 5.0, 15.0)
ANSWERED = 20


class Watch:
    """PostgreSQL's connections at their peak, and the transactions it ran."""

    def __init__(self, place: Installation) -> None:
        self._place = place
        self.peak = 0

    async def transactions(self) -> int:
        return int(await self._place.value("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"))

    async def look(self) -> None:
        connection = await asyncpg.connect(self._place.postgres.url)
        while True:
            count = await connection.fetchval("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'lacasa%'")
            self.peak = max(self.peak, count)
            await asyncio.sleep(0.1)


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """Per fault: seconds to caught up (p50, p99), transactions of PostgreSQL per socket; `resyncs`: who had to start over."""
    async with installation(folder, broken=given.broken) as place, Proxy([("127.0.0.1", place.stack.port)]) as proxy:
        crowd = Crowd(place, await a_world(place, proxy.port, given.seed), visitors=given.n, staff=1)
        told: dict[str, Any] = {}
        watch = Watch(place)
        watching = asyncio.create_task(watch.look())
        try:
            finished = await within(given.deadline, _play(place, proxy, crowd, watch, told))
        finally:
            watching.cancel()
        await crowd.settle(10.0 if given.broken else 90.0)
        await crowd.leave()
        return {
            **await check(place, crowd),
            **told,
            **outcomes(crowd),
            "n": given.n,
            "postgres_connections_peak": watch.peak,
            "ended": place.ended(),
            "finished": finished,
        }


async def _play(place: Installation, proxy: Proxy, crowd: Crowd, watch: Watch, told: dict[str, Any]) -> None:
    await crowd.open()
    await asyncio.gather(*(ear.live.wait() for ear in crowd.ears))
    for down_s in CUTS_S:
        proxy.refuse()
        proxy.cut()
        await _answer_some(place, crowd)
        await asyncio.sleep(down_s)
        told[f"cut_{down_s:g}s"] = await _back(crowd, watch, proxy.start())
    told["kill"] = await _back(crowd, watch, place.kill("web"))


async def _answer_some(place: Installation, crowd: Crowd) -> None:
    """Through the server's own port, which nobody cut."""
    direct = Staff(await a_world(place, place.stack.port, crowd.world.seed), "s90", place.accounts[0])
    await direct.sign_in()
    for visitor in crowd.visitors[:ANSWERED]:
        found = await place.value("SELECT id FROM conversations WHERE token = $1", visitor.writers[0].conversation)
        direct.answer_in(found, 1)
        direct.writers[0].name = f"s{len(crowd.world.acks.entries):05d}.{visitor.number:03d}"
        direct.writers[0].world = crowd.world
        await direct.writers[0].write(Supply(1))


async def _back(crowd: Crowd, watch: Watch, mend: Any) -> dict[str, Any]:
    """Mend, and wait until everybody is live and has heard everything."""
    before = await watch.transactions()
    for ear in crowd.ears:
        ear.live.clear()
    await mend
    began = time.monotonic()
    times = await asyncio.gather(*(_caught_up(crowd, ear, began) for ear in crowd.ears))
    done = [each for each in times if each is not None]
    asked = await watch.transactions() - before
    return {
        "caught_up": len(done),
        "p50_s": _rounded(percentile(done, 0.5)),
        "p99_s": _rounded(percentile(done, 0.99)),
        "transactions_per_socket": round(asked / len(crowd.ears), 2),
    }


async def _caught_up(crowd: Crowd, ear: Any, began: float) -> float | None:
    owed = {text for token, text, _ in crowd.world.acks.entries if token in ear.heard or isinstance(ear, Staff)}
    try:
        async with asyncio.timeout(120):
            await ear.live.wait()
            while True:
                if owed <= ear.known:
                    return time.monotonic() - began
                await asyncio.sleep(0.02)
    except TimeoutError:
        return None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
