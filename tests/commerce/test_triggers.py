"""What a shop tells workflows: each order and each cart is an occasion of its own, and whether it still holds is read when it counts."""

from typing import Any

import msgspec
import pytest

from core.access import system
from core.database import pool, transaction
from modules.commerce import queries
from modules.commerce.events import CartAbandoned, OrderPaid
from modules.commerce.triggers import ALL, abandoned_cart, order_confirmation, shipping
from tests.commerce.shops import Shop, a_shop
from tests.commerce.test_carts import left, ordered

pytestmark = pytest.mark.usefixtures("connected")
ORDER_ID = "SELECT max(id) FROM orders WHERE organization_id = $1"


async def _order(shop: Shop) -> Any:
    actor = system(shop.admin.organization_id)
    async with transaction(actor) as db:
        return await queries.by_id(db, actor, await pool().fetchval(ORDER_ID, shop.admin.organization_id))


async def test_an_order_is_an_occasion_for_its_buyer_until_it_is_cancelled() -> None:
    shop = await a_shop()
    await ordered(shop)
    order = await _order(shop)
    occasion = order_confirmation.trigger.read(OrderPaid(organization_id=shop.admin.organization_id, order=order))
    assert occasion is not None
    assert (occasion.contact_id, occasion.key) == (order.contact_id, str(order.id))
    told = occasion.facts["order"]
    assert (told["id"], told["number"], told["total"], told["item_count"]) == (
        order.id, order.order_number, str(order.total_price), sum(item.quantity for item in order.items),
    )  # fmt: skip
    assert msgspec.json.encode(occasion.facts)
    actor, void = system(shop.admin.organization_id), shipping.trigger.void
    assert void is not None
    assert await void(actor, order.contact_id, occasion.key) is None
    await pool().execute("UPDATE orders SET status = 'cancelled' WHERE id = $1", order.id)
    assert await void(actor, order.contact_id, occasion.key) == "order_cancelled"
    assert await void(actor, order.contact_id, "0") == "order_gone"
    stranger = await a_shop()
    assert await void(system(stranger.admin.organization_id), order.contact_id, occasion.key) == "order_gone"


async def test_an_order_of_nobody_known_is_no_occasion() -> None:
    shop = await a_shop()
    await ordered(shop, buyer={"phone": "1"})
    order = await _order(shop)
    assert order.contact_id is None
    assert order_confirmation.trigger.read(OrderPaid(organization_id=1, order=order)) is None


async def test_a_cart_is_void_as_soon_as_it_is_bought() -> None:
    shop = await a_shop()
    cart_id = await left(shop, 1.5)
    actor = system(shop.admin.organization_id)
    async with transaction(actor) as db:
        cart = await queries.cart(db, actor, cart_id)
    occasion = abandoned_cart.trigger.read(CartAbandoned(organization_id=actor.organization_id, cart=cart))
    assert occasion is not None
    assert (occasion.key, occasion.facts["cart"]["total"], occasion.facts["cart"]["id"]) == (str(cart_id), "40.000", cart_id)
    void = abandoned_cart.trigger.void
    assert void is not None
    assert await void(actor, occasion.contact_id, occasion.key) is None
    await ordered(shop, buyer={"email": "ida@example.org"})
    assert await void(actor, occasion.contact_id, occasion.key) == "cart_bought"
    await pool().execute("UPDATE carts SET gone_at = now() WHERE id = $1", cart_id)
    assert await void(actor, occasion.contact_id, occasion.key) == "cart_gone"


def test_workflows_may_begin_with_all_of_them() -> None:
    assert {trigger.name for trigger in ALL} >= {"abandoned_cart", "order_confirmation", "shipping"}
    assert all(trigger.starts for trigger in ALL)
