"""What happens in a shop, and how its webhooks fare: one in ten gets lost, one in ten comes twice, and none in order."""

import random
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

LOST, TWICE = 0.1, 0.1


class Shop(Protocol):
    """`buy()` and `go_on(id)` return the webhook that tells of it: its topic and its body."""

    def buy(self) -> tuple[str, Any]: ...
    def go_on(self, order_id: str) -> tuple[str, Any] | None: ...
    def ids(self) -> list[str]: ...


def lived(shop: Shop, chance: random.Random, days: int) -> list[tuple[str, Any]]:
    """So many things happen; returns what is delivered of them, and at least one is not."""
    told: list[tuple[str, Any]] = []
    for _ in range(days):
        happened = shop.buy() if chance.random() < 0.4 else shop.go_on(chance.choice(shop.ids()))
        if happened is not None:
            told.append(happened)
    fate = [chance.random() for _ in told]
    fate[chance.randrange(len(told))] = 0.0
    delivered = [one for one, luck in zip(told, fate, strict=True) if luck >= LOST]
    delivered += [one for one, luck in zip(told, fate, strict=True) if luck > 1 - TWICE]
    chance.shuffle(delivered)
    return delivered


async def deliver(told: list[tuple[str, Any]], send: Callable[[str, Any], Awaitable[Any]]) -> None:
    for topic, body in told:
        await send(topic, body)
