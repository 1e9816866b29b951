"""What a workflow may read of an order or a cart, and whether that still holds."""

from typing import Any

from core.access import Actor
from core.database import read
from core.errors import NotFound
from core.extend.triggers import Occasion
from modules.commerce import queries
from modules.commerce.events import OrderEvent
from modules.commerce.facts import Item
from modules.commerce.structs import CartView

LISTED = 50
"""Items of which conditions can read."""
TITLE_MAX = 100


def of_order(event: OrderEvent) -> Occasion | None:
    """By its order; None: nobody knows whose it is."""
    order = event.order
    if order.contact_id is None:
        return None
    told = {
        "id": order.id, "number": order.order_number, "platform": order.platform, "status": order.status,
        "financial_status": order.financial_status, "fulfillment_status": order.fulfillment_status, "total": str(order.total_price),
        "refunded": str(order.refunded), "currency": order.currency, "ordered_at": order.order_date.isoformat(), "is_test": order.is_test,
        "country": order.shipping_address.get("country", ""), "tracking_number": order.tracking_number, "tracking_url": order.tracking_url,
        **_items(order.items),
    }  # fmt: skip
    return Occasion(contact_id=order.contact_id, key=str(order.id), facts={"order": told})


def of_cart(cart: CartView) -> Occasion | None:
    """By its cart; None: nobody knows whose it is."""
    if cart.contact_id is None:
        return None
    told = {
        "id": cart.id, "platform": cart.platform, "total": str(cart.total_price), "currency": cart.currency, "url": cart.url,
        "begun_at": cart.begun_at.isoformat(), **_items(cart.items),
    }  # fmt: skip
    return Occasion(contact_id=cart.contact_id, key=str(cart.id), facts={"cart": told})


def _items(items: list[Item]) -> dict[str, Any]:
    listed = items[:LISTED]
    return {
        "item_count": sum(item.quantity for item in items),
        "products": [item.title[:TITLE_MAX] for item in listed],
        "skus": [item.sku[:TITLE_MAX] for item in listed if item.sku],
    }


async def order_is_void(actor: Actor, contact_id: int, key: str) -> str | None:
    """Why a mail about an order is beside the point by now."""
    del contact_id
    try:
        async with read(actor) as db:
            order = await queries.by_id(db, actor, int(key))
    except (NotFound, ValueError):
        return "order_gone"
    return "order_cancelled" if order.status == "cancelled" else None


async def cart_is_void(actor: Actor, contact_id: int, key: str) -> str | None:
    """Why nobody is to be reminded of a cart by now: as it is right now, whatever was told of it."""
    del contact_id
    try:
        async with read(actor) as db:
            cart = await queries.cart(db, actor, int(key))
    except (NotFound, ValueError):
        return "cart_gone"
    return {"bought": "cart_bought", "gone": "cart_gone"}.get(cart.state)
