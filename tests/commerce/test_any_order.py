"""Whatever came first, came twice or came late: what is kept of an order is the same, and each thing is told once."""

import asyncio
import random
from typing import Any

import pytest

from core.database import pool
from modules.commerce.events import FACTS
from tests.commerce.shops import Shop, a_shop, delivered, state, told, understood
from tests.commerce.test_webhooks import ORDER

SHIPMENT = {"id": "S1", "status": "success", "tracking_number": "1Z", "tracking_url": "https://parcels.example/1Z"}
REFUND = {"id": "R1", "amount": "40.00", "reason": "broken"}


def story() -> list[dict[str, Any]]:
    """An order's life, as its shop tells it."""

    def at(minute: int) -> str:
        return f"2026-11-01T10:{minute:02}:00Z"

    sent = {**SHIPMENT, "updated_at": at(3)}
    some, rest = {**REFUND, "at": at(4), "amount": "10.00"}, {**REFUND, "id": "R2", "at": at(5), "amount": "30.00"}
    waiting = {**SHIPMENT, "status": "pending", "tracking_number": "", "updated_at": at(2)}
    whole = {"financial_status": "paid", "fulfillment_status": "fulfilled", "shipments": [sent]}
    states: list[dict[str, Any]] = [
        {"financial_status": "pending"},
        {"financial_status": "paid"},
        {"financial_status": "paid", "fulfillment_status": "partial", "shipments": [waiting]},
        whole,
        whole | {"financial_status": "partially_refunded", "refunds": [some]},
        whole | {"financial_status": "refunded", "status": "closed", "refunds": [some, rest]},
    ]
    return [
        {"type": "order.updated", "order": ORDER | changes | {"updated_at": at(minute)}} for minute, changes in enumerate(states)
    ]


async def played(shop: Shop, deliveries: list[dict[str, Any]]) -> None:
    for one in deliveries:
        await delivered(shop, *shop.delivery("order.updated", one))
        await understood(shop)


async def once(shop: Shop) -> bool:
    """Whether each thing was told, and no more than that."""
    heard = await told(shop)
    return all(heard.count(f"order.{fact}") == 1 for fact in FACTS)


async def test_reversed_and_shuffled_it_is_the_same_order(connected: Any) -> None:
    right = await a_shop()
    await played(right, story())
    expected = await state(right)
    [order], parts = expected
    assert (order["financial_status"], str(order["refunded"]), order["tracking_number"], len(parts)) == (
        "refunded",
        "40.000",
        "1Z",
        3,
    )
    for seed in range(6):
        told_as = story()[::-1] if seed == 0 else random.Random(seed).sample(story() * 2, 12)
        other = await a_shop()
        await played(other, told_as)
        assert await state(other) == expected, seed
        assert await once(other)


async def test_all_at_once_it_is_the_same_order(connected: Any) -> None:
    right, other = await a_shop(), await a_shop()
    await played(right, story())
    await asyncio.gather(*(delivered(other, *other.delivery("order.updated", one)) for one in story() * 2))
    await asyncio.gather(*(understood(other) for _ in range(4)))
    assert await state(other) == await state(right)
    assert await once(other)


@pytest.mark.parametrize("same", ["2026-11-01T10:05:00Z"])
async def test_of_two_with_the_same_time_the_same_one_stays(connected: Any, same: str) -> None:
    pair = [{"type": "order.updated", "order": ORDER | {"updated_at": same, "total": total}} for total in ("40.00", "41.00")]
    kept = []
    for deliveries in (pair, pair[::-1]):
        shop = await a_shop()
        await played(shop, deliveries)
        kept.append(await state(shop))
    assert kept[0] == kept[1]


async def test_what_was_before_the_shop_was_connected_is_history_and_nobody_is_told(connected: Any) -> None:
    shop = await a_shop()
    await pool().execute("UPDATE integrations SET connected_at = '2026-11-01T10:03:30Z' WHERE id = $1", shop.integration_id)
    await played(shop, story())
    assert await told(shop) == ["order.refunded", "order.changed"]
    other = await a_shop()
    await pool().execute("UPDATE integrations SET connected_at = '2026-11-01T10:03:30Z' WHERE id = $1", other.integration_id)
    await played(other, story()[-1:])
    assert await told(other) == [], "of an order from before nothing but what comes after its first sight is news"


async def test_what_is_delivered_again_in_other_words_changes_nothing_that_is_shown_and_is_no_news(connected: Any) -> None:
    shop = await a_shop()
    await played(shop, [{"type": "order.updated", "order": ORDER | {"note": word}} for word in ("a", "b")])
    assert await told(shop) == ["order.created", "order.paid"]
