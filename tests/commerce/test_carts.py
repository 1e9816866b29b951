"""A cart that was left is told of once, and never to the customer who has bought."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.access import system
from core.database import pool, transaction
from modules.commerce import jobs, queries
from tests.commerce.shops import Shop, a_shop, delivered, understood
from tests.commerce.test_webhooks import ORDER

CARTS = "SELECT id FROM carts WHERE integration_id = $1"
TIMER = "SELECT due_at FROM timers WHERE organization_id = $1 AND name = 'modules.commerce.notice_cart'"
TOLD = "SELECT count(*) FROM outbox WHERE organization_id = $1 AND type = 'cart.abandoned'"


def ago(hours: float) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).isoformat()


async def left(shop: Shop, hours: float, **changes: Any) -> int:
    """A cart that was changed so many hours ago; returns its number."""
    cart = {
        "id": "C1",
        "total": "40.00",
        "currency": "EUR",
        "begun_at": ago(hours + 1),
        "updated_at": ago(hours),
        "buyer": {"email": "ida@example.org"},
    }
    await delivered(shop, *shop.delivery("cart.updated", {"type": "cart.updated", "cart": cart | changes}))
    await understood(shop)
    number: int = await pool().fetchval(CARTS, shop.integration_id)
    return number


async def ordered(shop: Shop, **changes: Any) -> None:
    order = ORDER | {"placed_at": ago(0), "updated_at": ago(0)} | changes
    await delivered(shop, *shop.delivery("order.updated", {"type": "order.updated", "order": order}))
    await understood(shop)


async def noticed(shop: Shop, cart_id: int) -> int:
    """How often it was told of, after its timer ran twice."""
    for _ in range(2):
        await jobs.notice_cart.function(shop.admin.organization_id, cart_id)
    count: int = await pool().fetchval(TOLD, shop.admin.organization_id)
    return count


async def state(shop: Shop, cart_id: int) -> str:
    actor = system(shop.admin.organization_id)
    async with transaction(actor) as db:
        return (await queries.cart(db, actor, cart_id)).state


async def test_a_cart_that_was_left_is_told_of_once(connected: Any) -> None:
    shop = await a_shop()
    cart_id = await left(shop, 1.1)
    assert await state(shop, cart_id) == "abandoned"
    assert await noticed(shop, cart_id) == 1


async def test_a_cart_that_was_just_changed_is_looked_at_later(connected: Any) -> None:
    shop = await a_shop()
    cart_id = await left(shop, 0.5)
    await pool().execute("DELETE FROM timers WHERE organization_id = $1", shop.admin.organization_id)
    assert (await noticed(shop, cart_id), await state(shop, cart_id)) == (0, "open")
    due = await pool().fetchval(TIMER, shop.admin.organization_id)
    assert timedelta(minutes=28) < due - datetime.now(UTC) < timedelta(minutes=31)


@pytest.mark.parametrize("how", ["completed", "its order", "another order", "gone"])
async def test_who_has_bought_has_no_cart_that_was_left(how: str, connected: Any) -> None:
    shop = await a_shop("shopify" if how == "gone" else "custom")
    if how == "gone":
        cart = {
            "token": "C1",
            "total_price": "40.00",
            "currency": "EUR",
            "created_at": ago(3),
            "updated_at": ago(2),
            "email": "ida@example.org",
        }
        await delivered(shop, *shop.delivery("checkouts/create", cart))
        await delivered(shop, *shop.delivery("checkouts/delete", {"token": "C1"}))
        await understood(shop)
        cart_id: int = await pool().fetchval(CARTS, shop.integration_id)
    else:
        cart_id = await left(shop, 2, **({"completed_at": ago(2)} if how == "completed" else {}))
        if how == "its order":
            await ordered(shop, cart="C1", buyer={"email": "somebody.else@example.org"})
        if how == "another order":
            await ordered(shop)
    assert await state(shop, cart_id) == ("gone" if how == "gone" else "bought")
    assert await noticed(shop, cart_id) == 0


async def test_an_order_that_was_cancelled_leaves_the_cart_abandoned(connected: Any) -> None:
    shop = await a_shop()
    cart_id = await left(shop, 2)
    await ordered(shop, status="cancelled")
    assert await noticed(shop, cart_id) == 1


async def test_a_cart_from_before_the_shop_was_connected_is_history(connected: Any) -> None:
    shop = await a_shop()
    await pool().execute("UPDATE integrations SET connected_at = now() WHERE id = $1", shop.integration_id)
    assert await noticed(shop, await left(shop, 2)) == 0
