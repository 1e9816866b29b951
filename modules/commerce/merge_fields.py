"""What a mail can say of an order or a cart that it is about. Of nobody's but the one it goes to: another's is as if there were none."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

import msgspec

from core.access import Actor
from core.database import read
from core.extend.merging import MergeField, MergeItem, Recipient, Value, Values
from modules.commerce.facts import Item

ITEMS_MAX = 50
WHOLE = frozenset({"JPY", "KRW", "VND", "CLP", "PYG", "UGX", "XAF", "XOF", "XPF", "RWF", "KMF", "GNF", "DJF", "BIF", "VUV", "ISK"})
"""Currencies without a smaller unit (ISO 4217)."""
ORDERS = """
SELECT o.order_number, o.total_price, o.refunded, o.currency, o.order_date, o.items, o.url, o.tracking_number, o.tracking_url, o.shipping_address,
       i.name AS shop, r.place
FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS r (contact_id, order_id, place)
JOIN orders o ON o.organization_id = $1 AND o.id = r.order_id AND o.contact_id = r.contact_id
JOIN integrations i ON i.organization_id = o.organization_id AND i.id = o.integration_id
"""
CARTS = """
SELECT c.total_price, c.currency, c.items, c.url, c.begun_at, i.name AS shop, r.place
FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS r (contact_id, cart_id, place)
JOIN carts c ON c.organization_id = $1 AND c.id = r.cart_id AND c.contact_id = r.contact_id AND c.gone_at IS NULL
JOIN integrations i ON i.organization_id = c.organization_id AND i.id = c.integration_id
"""
ID_DIGITS = 18


async def orders(actor: Actor, recipients: Sequence[Recipient]) -> list[Values]:
    """By `order_id` in what a mail is about."""
    found = await _found(actor, ORDERS, recipients, "order_id")
    return [{} if row is None else _order(row) for row in found]


async def carts(actor: Actor, recipients: Sequence[Recipient]) -> list[Values]:
    """By `cart_id` in what a mail is about. Whether it is still left there, whoever sends asks (`queries.cart`)."""
    found = await _found(actor, CARTS, recipients, "cart_id")
    return [{} if row is None else _cart(row) for row in found]


async def _found(actor: Actor, sql: str, recipients: Sequence[Recipient], name: Literal["order_id", "cart_id"]) -> list[Any]:
    """A row for each recipient, or None."""
    ids = [_id(one.about.get(name)) for one in recipients]
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, [one.contact_id for one in recipients], ids)
    found: list[Any] = [None] * len(recipients)
    for row in rows:
        found[row["place"] - 1] = row
    return found


def _id(value: int | str | None) -> int:
    """0, which nothing has, where it cannot be one."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= ID_DIGITS else 0


def money(amount: Decimal, currency: str) -> str:
    return f"{amount:.{0 if currency in WHOLE else 2}f} {currency}"


def _items(row: Any) -> list[MergeItem]:
    items = msgspec.convert(row["items"], list[Item])
    return [MergeItem(one.title, one.quantity, money(one.price, row["currency"])) for one in items[:ITEMS_MAX]]


def _common(name: str, row: Any) -> dict[str, Value]:
    items = _items(row)
    return {
        f"{name}.items": items,
        f"{name}.first_item": items[0].title if items else "",
        f"{name}.total": money(row["total_price"], row["currency"]),
        f"{name}.url": row["url"],
        f"{name}.shop": row["shop"],
    }


def _order(row: Any) -> Values:
    return _common("order", row) | {
        "order.number": row["order_number"],
        "order.refunded": money(row["refunded"], row["currency"]) if row["refunded"] else "",
        "order.date": row["order_date"],
        "order.tracking_number": row["tracking_number"],
        "order.tracking_url": row["tracking_url"],
        "order.shipping_address": ", ".join(filter(None, row["shipping_address"].values())),
    }


def _cart(row: Any) -> Values:
    return _common("cart", row) | {"cart.date": row["begun_at"]}


SAMPLE = [MergeItem("Heron desk lamp", 1, "49.00 EUR"), MergeItem("Bulb, warm white", 2, "6.50 EUR")]
FIELDS = (
    MergeField(name="order.number", title="Order: number", sample="#1042", load=orders),
    MergeField(name="order.total", title="Order: total", kind="money", sample="62.00 EUR", load=orders),
    MergeField(name="order.refunded", title="Order: given back", kind="money", sample="6.50 EUR", load=orders),
    MergeField(name="order.date", title="Order: date", kind="date", sample="2026-11-02", load=orders),
    MergeField(name="order.items", title="Order: items", kind="items", sample=SAMPLE, load=orders),
    MergeField(name="order.first_item", title="Order: first item", sample="Heron desk lamp", load=orders),
    MergeField(
        name="order.url", title="Order: page of the buyer", kind="url", sample="https://shop.example.com/orders/1042", load=orders
    ),
    MergeField(name="order.shop", title="Order: name of the shop", sample="Harbour Lights", load=orders),
    MergeField(name="order.tracking_number", title="Order: number of the parcel", sample="1Z2345", load=orders),
    MergeField(
        name="order.tracking_url",
        title="Order: where the parcel is",
        kind="url",
        sample="https://parcels.example.com/1Z2345",
        load=orders,
    ),
    MergeField(name="order.shipping_address", title="Order: shipping address", sample="Harbour Lane 3, 8010 Graz", load=orders),
    MergeField(
        name="cart.url", title="Cart: where it goes on", kind="url", sample="https://shop.example.com/checkout/7", load=carts
    ),
    MergeField(name="cart.items", title="Cart: items", kind="items", sample=SAMPLE, load=carts),
    MergeField(name="cart.first_item", title="Cart: first item", sample="Heron desk lamp", load=carts),
    MergeField(name="cart.total", title="Cart: total", kind="money", sample="62.00 EUR", load=carts),
    MergeField(name="cart.date", title="Cart: date", kind="date", sample="2026-11-02", load=carts),
    MergeField(name="cart.shop", title="Cart: name of the shop", sample="Harbour Lights", load=carts),
)
