"""One event to many sockets: deliveries per CPU second of the gateway, beside servers that do nothing else.

Twice: our full path (a committed message, relay, NATS, hub) in frames of the size that it really has, and the hub alone in texts of
200 bytes; each peer is measured in the size that it is compared in. `--n`: subscribers (500), `--seconds`: of each window (3).
"""

from contextlib import AsyncExitStack
from statistics import median
from typing import Any

from tests.bench import ground, ours
from tests.bench.contestants import Contestant, fan_of, skipped
from tests.bench.measure import Options, alternate, ratio, spread
from tests.bench.peers import peers

SMALL = 200
WINDOW = 2


async def run(options: Options) -> dict[str, Any]:
    """`ratio_*`: how many times the peer's deliveries per CPU second ours are; null where the peer was not there."""
    n, seconds = options.n or 500, options.seconds or 3.0
    async with AsyncExitStack() as stack:
        contestants, size = await _contestants(stack, n)
        given = await alternate(options.rounds, {name: _window(one, seconds) for name, one in contestants.items()})
    rates = {name: [round_["per_cpu_s"] for round_ in rounds] for name, rounds in given.items()}

    def against(ours_: str, theirs: str) -> float | None:
        return ratio(rates[ours_], rates[theirs]) if theirs in rates else None

    return {
        "ratio_websockets": against("full", "websockets"),
        "ratio_hub_websockets": against("hub_200", "websockets_200"),
        "ratio_node_ws": against("full", "node_ws"),
        "ratio_django_channels": against("full", "channels_redis" if "channels_redis" in rates else "channels_memory"),
        "ratio_socket_io": against("full", "socket_io"),
        "ratio_hub_node_ws": against("hub_200", "node_ws_200"),
        "subscribers": n,
        "frame_bytes": size,
        "deliveries_per_cpu_s": {name: spread(values, 0) for name, values in rates.items()},
        "shares_of_a_core": {name: _shares(rounds) for name, rounds in given.items()},
        "skipped": skipped(list(peers().values())),
    }


async def _contestants(stack: AsyncExitStack, n: int) -> tuple[dict[str, Contestant], int]:
    urls = await stack.enter_async_context(ground.database())
    await stack.enter_async_context(ground.connected(urls))
    full = await stack.enter_async_context(ours.full_path(urls, n))
    found = {"full": full.contestant, "hub_200": await stack.enter_async_context(ours.hub_alone(urls, n, SMALL))}
    for name, peer in peers().items():
        if peer.missing is None:
            found[name] = await stack.enter_async_context(fan_of(peer, full.size, n))
            if name in ("websockets", "node_ws"):
                found[f"{name}_200"] = await stack.enter_async_context(fan_of(peer, SMALL, n))
    return found, full.size


def _window(contestant: Contestant, seconds: float) -> Any:
    return lambda: contestant.fan(WINDOW, seconds)


def _shares(rounds: list[dict[str, Any]]) -> dict[str, float]:
    names = [name for name in rounds[0] if name.endswith("_share")]
    return {name.removesuffix("_share"): round(median(round_[name] for round_ in rounds), 2) for name in names}
