"""The one way in which an order comes to be what it is here, whether a webhook, a poll or the first reading told of it.

The newest word wins, by the shop's own clock; of two with the same time the one that is greater in its bytes, so that any order of arrival ends
the same. Shipments and refunds are rows of their own by the shop's name of the order, since they may be told first.
"""

from decimal import Decimal

import msgspec

from core.access import Actor, Audience
from core.database import Unit, transaction
from core.events.log import record
from modules.commerce import buyers, queries
from modules.commerce.events import TOLD, Fact, OrderChanged
from modules.commerce.facts import PAID, Order, Refund, Shipment
from modules.commerce.structs import OrderView

STAFF_ONLY = Audience()
PUT = """
INSERT INTO orders AS o (organization_id, integration_id, external_order_id, contact_id, order_number, platform, status, financial_status,
    fulfillment_status, total_price, stated_refund, currency, email, buyer, items, shipping_address, url, cart, is_test, order_date, changed_at, said)
SELECT $1, $2, $3, $4, $5, i.platform, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21
FROM integrations i WHERE i.organization_id = $1 AND i.id = $2
ON CONFLICT (organization_id, integration_id, external_order_id) DO UPDATE SET
    contact_id = coalesce(excluded.contact_id, o.contact_id), order_number = excluded.order_number, status = excluded.status,
    financial_status = excluded.financial_status, fulfillment_status = excluded.fulfillment_status, total_price = excluded.total_price,
    stated_refund = excluded.stated_refund, currency = excluded.currency, email = excluded.email, buyer = excluded.buyer,
    items = excluded.items, shipping_address = excluded.shipping_address, url = excluded.url, cart = excluded.cart,
    is_test = excluded.is_test, order_date = excluded.order_date, changed_at = excluded.changed_at, said = excluded.said
WHERE (excluded.changed_at, excluded.said::text COLLATE "C") > (o.changed_at, o.said::text COLLATE "C")
"""
PUT_PART = """
INSERT INTO order_parts AS p (organization_id, integration_id, external_order_id, kind, external_id, changed_at, amount, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (organization_id, integration_id, external_order_id, kind, external_id) DO UPDATE SET
    changed_at = excluded.changed_at, amount = excluded.amount, body = excluded.body
WHERE (excluded.changed_at, excluded.amount, excluded.body::text COLLATE "C") > (p.changed_at, p.amount, p.body::text COLLATE "C")
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
KNOWN = "SELECT id, told, contact_id FROM orders WHERE organization_id = $1 AND integration_id = $2 AND external_order_id = $3"


class _Known(msgspec.Struct, frozen=True):
    id: int
    told: list[Fact]
    contact_id: int | None


async def put(actor: Actor, integration_id: int, order: Order, *, quietly: bool = False) -> None:
    """Take over what a shop says of an order, with its shipments and refunds. `quietly`: nobody is told, for it is history."""
    async with transaction(actor) as db:
        await _alone(db, integration_id, order.external_id)
        contact_id = await buyers.contact_of(db, actor, integration_id, order.buyer, order.changed_at)
        before = await _known(db, actor, integration_id, order.external_id)
        values = (
            order.external_id, contact_id, order.number, order.status, order.financial_status, order.fulfillment_status, order.total,
            order.refunded, order.currency, order.buyer.email, order.buyer, order.items, order.shipping_address, order.url, order.cart,
            order.is_test, order.placed_at, order.changed_at, order.raw,
        )  # fmt: skip
        changed = await db.execute(PUT, actor.organization_id, integration_id, *values) > 0
        parts: list[Shipment | Refund] = [*order.shipments, *order.refunds]
        for part in parts:
            changed |= await _put_part(db, actor, integration_id, part)
        if changed:
            await _settle(db, actor, integration_id, order.external_id, before, quietly=quietly)


async def put_part(actor: Actor, integration_id: int, part: Shipment | Refund) -> None:
    """Take over a shipment or a refund, which waits for its order if that is not known yet."""
    async with transaction(actor) as db:
        await _alone(db, integration_id, part.order_id)
        before = await _known(db, actor, integration_id, part.order_id)
        if await _put_part(db, actor, integration_id, part) and before is not None:
            await _settle(db, actor, integration_id, part.order_id, before, quietly=False)


async def _alone(db: Unit, integration_id: int, external_id: str) -> None:
    """Two deliveries about one order wait for each other: also where neither finds it yet."""
    await db.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, $2))", f"order {external_id}", integration_id)


async def _known(db: Unit, actor: Actor, integration_id: int, external_id: str) -> _Known | None:
    return await db.fetch_one(_Known, KNOWN, actor.organization_id, integration_id, external_id)


async def _put_part(db: Unit, actor: Actor, integration_id: int, part: Shipment | Refund) -> bool:
    kind, at, amount = ("refund", part.at, part.amount) if isinstance(part, Refund) else ("shipment", part.changed_at, Decimal(0))
    values = (part.order_id, kind, part.external_id, at, amount, part)
    return await db.execute(PUT_PART, actor.organization_id, integration_id, *values) > 0


async def _settle(
    db: Unit, actor: Actor, integration_id: int, external_id: str, before: _Known | None, *, quietly: bool
) -> None:
    """What follows from an order's own row and its parts, and who is told of it."""
    await db.execute(DERIVE, actor.organization_id, integration_id, external_id)
    known = await _known(db, actor, integration_id, external_id)
    if known is None:
        raise RuntimeError("an order that was just written is gone")
    order = await queries.by_id(db, actor, known.id)
    for contact_id in {known.contact_id, before.contact_id if before else None}:
        if contact_id is not None:
            await buyers.count(db, actor, contact_id)
    happened = _happened(order)
    news = [] if quietly else [fact for fact in TOLD if fact in happened and fact not in known.told]
    await db.execute(TELL, actor.organization_id, known.id, [fact for fact in TOLD if fact in happened or fact in known.told])
    for fact in news:
        await record(TOLD[fact](organization_id=actor.organization_id, order=order), STAFF_ONLY)
    if not news and not quietly:
        await record(OrderChanged(organization_id=actor.organization_id, order=order), STAFF_ONLY)


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
