"""A ping of a client and the answer, per CPU second of the gateway: ours over authenticated sockets, theirs a bare echo.

Each connection sends 8 a second, less than what our sockets allow. `--n`: connections (1,000), `--seconds`: of each window (3).
"""

from contextlib import AsyncExitStack
from typing import Any

from tests.bench import ground, ours
from tests.bench.contestants import Contestant, echo_of
from tests.bench.measure import Options, alternate, ratio, spread
from tests.bench.peers import peers

PER_SECOND = 8.0


async def run(options: Options) -> dict[str, Any]:
    """`ratio_*`: how many times the peer's echoes per CPU second ours are; null where the peer was not there."""
    n, seconds = options.n or 1000, options.seconds or 3.0
    among = {name: peer for name, peer in peers().items() if name in ("websockets", "node_ws")}
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(ground.database())
        await stack.enter_async_context(ground.connected(urls))
        contestants = {"lacasa": await stack.enter_async_context(ours.echo(urls, n))}
        for name, peer in among.items():
            if peer.missing is None:
                contestants[name] = await stack.enter_async_context(echo_of(peer, n))
        given = await alternate(options.rounds, {name: _window(one, seconds) for name, one in contestants.items()})
    rates = {name: [round_["per_cpu_s"] for round_ in rounds] for name, rounds in given.items()}
    return {
        **{f"ratio_{name}": ratio(rates["lacasa"], rates[name]) if name in rates else None for name in among},
        "connections": n,
        "echoes_per_cpu_s": {name: spread(values, 0) for name, values in rates.items()},
        "skipped": {name: peer.missing for name, peer in among.items() if peer.missing},
    }


def _window(contestant: Contestant, seconds: float) -> Any:
    return lambda: contestant.echo(PER_SECOND, seconds)
