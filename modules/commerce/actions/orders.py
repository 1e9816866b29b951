"""The one way in which an order comes to be what it is here, whether a webhook, a poll or the first reading told of it.

The newest word wins, by the shop's own clock. Of two with the same time (it counts seconds) what was read at the shop just now, else the one that is
further along, else the one that is greater in its bytes: so any order of arrival ends the same, and a poll puts right what remains. Shipments and
refunds are rows of their own by the shop's name of the order, since they may be told first.
"""

from decimal import Decimal
from typing import get_args

import msgspec

from core.access import Actor, Audience
from core.database import Unit, transaction
from core.events.log import record
from modules.commerce import queries
from modules.commerce.actions import buyers
from modules.commerce.events import (
    FACTS,
    Fact,
    OrderChanged,
    OrderCreated,
    OrderEvent,
    OrderFulfilled,
    OrderPaid,
    OrderRefunded,
    OrderShipped,
)
from modules.commerce.facts import PAID, Financial, Fulfilment, Order, Refund, Shipment, Status
from modules.commerce.structs import OrderView

STAFF_ONLY = Audience()
PUT_FORM = """
INSERT INTO orders AS o (organization_id, integration_id, external_order_id, contact_id, order_number, platform, status, financial_status,
    fulfillment_status, total_price, stated_refund, currency, email, buyer, items, shipping_address, url, cart, is_test, order_date, changed_at, said,
    is_read)
SELECT $1, $2, $3, $4, $5, i.platform, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22
FROM integrations i WHERE i.organization_id = $1 AND i.id = $2
ON CONFLICT (organization_id, integration_id, external_order_id) DO UPDATE SET
    contact_id = coalesce(excluded.contact_id, o.contact_id), order_number = excluded.order_number, status = excluded.status,
    financial_status = excluded.financial_status, fulfillment_status = excluded.fulfillment_status, total_price = excluded.total_price,
    stated_refund = excluded.stated_refund, currency = excluded.currency, email = excluded.email, buyer = excluded.buyer,
    items = excluded.items, shipping_address = excluded.shipping_address, url = excluded.url, cart = excluded.cart,
    is_test = excluded.is_test, order_date = excluded.order_date, changed_at = excluded.changed_at, said = excluded.said, is_read = excluded.is_read
WHERE excluded.changed_at > o.changed_at OR (excluded.changed_at = o.changed_at AND CASE
    WHEN excluded.is_read THEN NOT o.is_read OR excluded.said <> o.said
    ELSE NOT o.is_read AND ({new}, excluded.said::text COLLATE "C") > ({old}, o.said::text COLLATE "C") END)
"""
FURTHER = """
array_position({financial}, {row}.financial_status::text), array_position({fulfilment}, {row}.fulfillment_status::text),
array_position({status}, {row}.status::text)
"""


def _further(row: str) -> str:
    """How far along an order is, as the types list its states."""
    kinds = {"financial": Financial, "fulfilment": Fulfilment, "status": Status}
    lists = {name: "ARRAY[" + ", ".join(f"'{value}'" for value in get_args(kind)) + "]" for name, kind in kinds.items()}
    return FURTHER.format(row=row, **lists)


PUT = PUT_FORM.format(new=_further("excluded"), old=_further("o"))
PUT_PART = """
INSERT INTO order_parts AS p (organization_id, integration_id, external_order_id, kind, external_id, changed_at, amount, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (organization_id, integration_id, external_order_id, kind, external_id) DO UPDATE SET
    changed_at = excluded.changed_at, amount = excluded.amount, body = excluded.body
WHERE (excluded.changed_at, excluded.amount, excluded.body::text COLLATE "C") > (p.changed_at, p.amount, p.body::text COLLATE "C")
   OR ($9 AND excluded.changed_at = p.changed_at AND (excluded.amount, excluded.body) IS DISTINCT FROM (p.amount, p.body))
"""
DERIVE = """
UPDATE orders o SET
    refunded = greatest(o.stated_refund, p.refunded), tracking_number = p.tracking_number, tracking_url = p.tracking_url
FROM (
    SELECT coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS refunded,
           coalesce((array_agg(body ->> 'tracking_number' ORDER BY changed_at DESC, external_id DESC)
                     FILTER (WHERE kind = 'shipment' AND body ->> 'tracking_number' <> ''))[1], '') AS tracking_number,
           coalesce((array_agg(body ->> 'tracking_url' ORDER BY changed_at DESC, external_id DESC)
                     FILTER (WHERE kind = 'shipment' AND body ->> 'tracking_number' <> ''))[1], '') AS tracking_url
    FROM order_parts WHERE organization_id = $1 AND integration_id = $2 AND external_order_id = $3
) p
WHERE o.organization_id = $1 AND o.integration_id = $2 AND o.external_order_id = $3
"""
TELL = "UPDATE orders SET told = $3 WHERE organization_id = $1 AND id = $2"
KNOWN = """
SELECT o.id, o.told, o.contact_id, o.erased_at IS NOT NULL, o.changed_at < i.connected_at, o.order_date < i.connected_at
FROM orders o JOIN integrations i ON i.organization_id = o.organization_id AND i.id = o.integration_id
WHERE o.organization_id = $1 AND o.integration_id = $2 AND o.external_order_id = $3
"""


class _Known(msgspec.Struct, frozen=True):
    """`is_history`: it has not changed since the shop was connected; `is_older`: it was placed before that."""

    id: int
    told: list[Fact]
    contact_id: int | None
    is_erased: bool
    is_history: bool
    is_older: bool


async def put(actor: Actor, integration_id: int, order: Order, *, is_read: bool = False) -> None:
    """Take over what a shop says of an order, with its shipments and refunds. One that somebody had erased stays as it is.

    `is_read`: this is how it stands in the shop right now; else how it stood when that was told.
    """
    async with transaction(actor) as db:
        await _alone(db, integration_id, order.external_id)
        before = await _known(db, actor, integration_id, order.external_id)
        if before is not None and before.is_erased:
            return
        shown = None if before is None else await queries.by_id(db, actor, before.id)
        contact_id = await buyers.contact_of(db, actor, integration_id, order.buyer, order.changed_at)
        values = (
            order.external_id, contact_id, order.number, order.status, order.financial_status, order.fulfillment_status, order.total,
            order.refunded, order.currency, order.buyer.email, order.buyer, order.items, order.shipping_address, order.url, order.cart,
            order.is_test, order.placed_at, order.changed_at, order.raw, is_read,
        )  # fmt: skip
        changed = await db.execute(PUT, actor.organization_id, integration_id, *values) > 0
        parts: list[Shipment | Refund] = [*order.shipments, *order.refunds]
        for part in parts:
            changed |= await _put_part(db, actor, integration_id, part, is_read=is_read)
        if changed:
            await _settle(db, actor, integration_id, order.external_id, shown)


async def put_part(actor: Actor, integration_id: int, part: Shipment | Refund) -> None:
    """Take over a shipment or a refund, which waits for its order if that is not known yet."""
    async with transaction(actor) as db:
        await _alone(db, integration_id, part.order_id)
        before = await _known(db, actor, integration_id, part.order_id)
        if before is not None and before.is_erased:
            return
        shown = None if before is None else await queries.by_id(db, actor, before.id)
        if await _put_part(db, actor, integration_id, part, is_read=False) and shown is not None:
            await _settle(db, actor, integration_id, part.order_id, shown)


async def _alone(db: Unit, integration_id: int, external_id: str) -> None:
    """Two deliveries about one order wait for each other: also where neither finds it yet."""
    await db.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, $2))", f"order {external_id}", integration_id)


async def _known(db: Unit, actor: Actor, integration_id: int, external_id: str) -> _Known | None:
    return await db.fetch_one(_Known, KNOWN, actor.organization_id, integration_id, external_id)


async def _put_part(db: Unit, actor: Actor, integration_id: int, part: Shipment | Refund, *, is_read: bool) -> bool:
    kind, at, amount = ("refund", part.at, part.amount) if isinstance(part, Refund) else ("shipment", part.changed_at, Decimal(0))
    values = (part.order_id, kind, part.external_id, at, amount, part, is_read)
    return await db.execute(PUT_PART, actor.organization_id, integration_id, *values) > 0


async def _settle(db: Unit, actor: Actor, integration_id: int, external_id: str, before: OrderView | None) -> None:
    """What follows from an order's own row and its parts, and who is told of it: nobody of what was before the shop was connected."""
    await db.execute(DERIVE, actor.organization_id, integration_id, external_id)
    known = await _known(db, actor, integration_id, external_id)
    if known is None:
        raise RuntimeError("an order that was just written is gone")
    order = await queries.by_id(db, actor, known.id)
    for contact_id in sorted(filter(None, {known.contact_id, before.contact_id if before else None})):
        await buyers.count(db, actor, contact_id)
    happened = _happened(order)
    await db.execute(TELL, actor.organization_id, known.id, [fact for fact in FACTS if fact in happened or fact in known.told])
    if known.is_history or (before is None and known.is_older):
        return
    news = [fact for fact in FACTS if fact in happened and fact not in known.told]
    for fact in news:
        await record(_news(fact, actor.organization_id, order), STAFF_ONLY)
    if not news and order != before:
        await record(OrderChanged(organization_id=actor.organization_id, order=order), STAFF_ONLY)


def _news(fact: Fact, organization_id: int, order: OrderView) -> OrderEvent:
    match fact:
        case "created":
            return OrderCreated(organization_id=organization_id, order=order)
        case "paid":
            return OrderPaid(organization_id=organization_id, order=order)
        case "fulfilled":
            return OrderFulfilled(organization_id=organization_id, order=order)
        case "shipped":
            return OrderShipped(organization_id=organization_id, order=order)
        case "refunded":
            return OrderRefunded(organization_id=organization_id, order=order)


def _happened(order: OrderView) -> frozenset[Fact]:
    """What must have happened to an order that is so: it stays so whatever comes next, and in whatever order it comes."""
    found: dict[Fact, bool] = {
        "created": True,
        "paid": order.financial_status in PAID,
        "fulfilled": order.fulfillment_status == "fulfilled",
        "shipped": bool(order.tracking_number),
        "refunded": order.refunded > 0,
    }
    return frozenset(fact for fact, is_so in found.items() if is_so)
