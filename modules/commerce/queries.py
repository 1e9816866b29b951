"""Orders, connected shops and what they delivered."""

from datetime import datetime, timedelta

import msgspec

from core.access import ADMINS, STAFF, Actor, Role
from core.database import Unit, read, system_transaction
from core.errors import Invalid, NotFound
from core.pages import decode_cursor, encode_cursor
from core.settings import settings
from modules.commerce.facts import Item
from modules.commerce.structs import (
    CartView,
    DeliveryPage,
    DeliveryState,
    DeliveryView,
    Drift,
    IntegrationView,
    ListedOrder,
    OrderActionView,
    OrderFilter,
    OrderPage,
    OrderView,
    ReadingView,
    RefundView,
    ShipmentView,
)

SUMMARY = """
o.id, o.integration_id, o.platform, o.order_number, o.contact_id, o.email, o.status, o.financial_status, o.fulfillment_status,
o.total_price, o.refunded, o.currency, o.order_date, o.changed_at, o.is_test
"""
WHOLE = (
    f"SELECT {SUMMARY}, o.external_order_id, o.items, o.shipping_address, o.tracking_number, o.tracking_url, o.url FROM orders o"
)
WAITS = (
    "EXISTS (SELECT FROM order_actions a WHERE a.organization_id = o.organization_id AND a.order_id = o.id AND a.state = 'waiting')"
)
NAME = """
coalesce((SELECT concat_ws(' ', nullif(k.first_name, ''), nullif(k.last_name, '')) FROM contacts k
    WHERE k.organization_id = o.organization_id AND k.id = o.contact_id), '')
"""
PAGE = f"""
SELECT {SUMMARY}, {NAME}, {WAITS} FROM orders o WHERE o.organization_id = $1
"""
OF_STATE: dict[OrderFilter, str] = {
    "unpaid": "o.status <> 'cancelled' AND o.financial_status IN ('pending', 'authorized', 'partially_paid', 'failed')",
    "to_ship": "o.status = 'open' AND o.financial_status IN ('paid', 'partially_refunded') AND o.fulfillment_status <> 'fulfilled'",
    "fulfilled": "o.status <> 'cancelled' AND o.fulfillment_status = 'fulfilled'",
    "refunded": "o.refunded > 0",
    "cancelled": "o.status = 'cancelled'",
    "waiting": "o.id IN (SELECT a.order_id FROM order_actions a WHERE a.organization_id = $1 AND a.state = 'waiting')",
}
"""As the partial indexes of orders have it."""
PARTS = """
SELECT p.kind, p.body, p.amount, p.changed_at FROM order_parts p JOIN orders o ON o.organization_id = p.organization_id
    AND o.integration_id = p.integration_id AND o.external_order_id = p.external_order_id
WHERE o.organization_id = $1 AND o.id = $2 ORDER BY p.changed_at, p.id LIMIT 200
"""
ABOUT = f"""
SELECT i.name, {NAME} FROM orders o JOIN integrations i ON i.organization_id = o.organization_id AND i.id = o.integration_id
WHERE o.organization_id = $1 AND o.id = $2
"""
CART = """
SELECT c.id, c.integration_id, i.platform, c.external_id, c.contact_id, c.email, c.total_price, c.currency, c.items, c.url, c.begun_at, c.changed_at,
    CASE WHEN c.gone_at IS NOT NULL THEN 'gone'
         WHEN c.completed_at IS NOT NULL OR EXISTS (
             SELECT FROM orders o WHERE o.organization_id = c.organization_id AND o.integration_id = c.integration_id AND o.cart = c.external_id
               AND o.cart <> '') THEN 'bought'
         WHEN EXISTS (SELECT FROM orders o WHERE o.organization_id = c.organization_id AND o.contact_id = c.contact_id
             AND o.order_date >= c.begun_at AND o.status <> 'cancelled') THEN 'bought'
         WHEN c.changed_at <= now() - $3::interval THEN 'abandoned' ELSE 'open' END
FROM carts c JOIN integrations i ON i.organization_id = c.organization_id AND i.id = c.integration_id
WHERE c.organization_id = $1 AND
"""
ACTION = """
SELECT a.id, a.order_id, o.order_number, a.kind, a.amount, a.note, a.state, a.asked_by, a.decided_by, a.trouble, a.created_at, a.settled_at
FROM order_actions a JOIN orders o ON o.organization_id = a.organization_id AND o.id = a.order_id WHERE a.organization_id = $1
"""
SHOPS = """
SELECT i.id, i.platform, i.shop, i.name, i.status, i.key, i.last_sync_at, i.last_delivery_at, i.sync_status, i.error_message, i.created_at,
       i.connected_at, i.webhook_trouble, i.refund_limit, i.staff_may_cancel, i.credentials <> '', i.next_read_at IS NOT NULL,
       i.next_read_at IS NOT NULL AND i.platform IN ('shopify', 'stripe'), i.paused_at,
       CASE WHEN i.drift_at IS NOT NULL THEN jsonb_build_object('shop', i.drift_shop, 'here', i.drift_here, 'at', i.drift_at) END,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('resource', r.resource, 'since', r.since, 'until', r.until, 'done_until', r.done_until,
           'count', r.read_count, 'total', r.total, 'malformed', r.malformed, 'why', r.why, 'oldest_at', r.oldest_at) ORDER BY r.resource DESC), '[]')
        FROM shop_readings r WHERE r.organization_id = i.organization_id AND r.integration_id = i.id)
FROM integrations i WHERE i.organization_id = $1
"""
DUE = """
SELECT organization_id, id FROM integrations WHERE next_read_at <= now() AND credentials <> '' AND paused_at IS NULL ORDER BY next_read_at LIMIT 500
"""
DELIVERIES = """
SELECT d.id, d.topic, d.state, d.reason, octet_length(d.content), d.received_at, d.settled_at FROM webhook_deliveries d
WHERE d.organization_id = $1 AND d.integration_id = $2 AND ($3::text IS NULL OR d.state = $3) AND ($4::bigint IS NULL OR d.id < $4)
ORDER BY d.id DESC LIMIT $5
"""
SORT = "order_date"
SEARCH_MAX = 500
SHIPPED = ("status", "carrier", "tracking_number", "tracking_url")
ABANDONED_AFTER = timedelta(hours=1)
READERS: tuple[Role, ...] = ("admin", "user")


async def by_id(db: Unit, actor: Actor, order_id: int) -> OrderView:
    """An order, for whoever has asked already whether the actor may see it.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    found = await db.fetch_one(OrderView, f"{WHOLE} WHERE o.organization_id = $1 AND o.id = $2", actor.organization_id, order_id)
    if found is None:
        raise NotFound("this order does not exist")
    return _whole(found)


def _whole(order: OrderView) -> OrderView:
    return msgspec.structs.replace(order, items=msgspec.convert(order.items, list[Item]))


async def get(actor: Actor, order_id: int) -> OrderView:
    """
    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*STAFF)
    async with read(actor) as db:
        return await by_id(db, actor, order_id)


async def parts(db: Unit, actor: Actor, order_id: int) -> tuple[list[ShipmentView], list[RefundView]]:
    """What was sent of an order and what was given back, oldest first."""
    shipments, refunds = [], []
    for kind, body, amount, at in await db.fetch_rows(PARTS, actor.organization_id, order_id):
        if kind == "refund":
            refunds.append(RefundView(amount, str(body.get("reason", "")), at))
        else:
            status, carrier, number, url = (str(body.get(name, "")) for name in SHIPPED)
            shipments.append(ShipmentView(status, carrier, number, url, at))
    return shipments, refunds


async def names(db: Unit, actor: Actor, order_id: int) -> tuple[str, str]:
    """What we call an order's shop, and its buyer."""
    rows = await db.fetch_rows(ABOUT, actor.organization_id, order_id)
    return (rows[0][0], rows[0][1]) if rows else ("", "")


async def of_contact(actor: Actor, contact_id: int, limit: int) -> list[OrderView]:
    """A contact's orders, newest first."""
    async with read(actor) as db:
        sql = f"{WHOLE} WHERE o.organization_id = $1 AND o.contact_id = $2 ORDER BY o.order_date DESC, o.id DESC LIMIT $3"
        return [_whole(one) for one in await db.fetch(OrderView, sql, actor.organization_id, contact_id, limit)]


async def cart(db: Unit, actor: Actor, cart_id: int) -> CartView:
    """A cart and what it is right now, in the unit of work of whoever is about to act on it.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    found = await db.fetch_one(CartView, f"{CART} c.id = $2", actor.organization_id, cart_id, ABANDONED_AFTER)
    if found is None:
        raise NotFound("this cart does not exist")
    return _filled(found)


async def open_cart(actor: Actor, contact_id: int) -> CartView | None:
    """The newest cart of a contact that is neither bought nor gone."""
    async with read(actor) as db:
        sql = f"{CART} c.contact_id = $2 ORDER BY c.changed_at DESC, c.id DESC LIMIT 1"
        found = await db.fetch_one(CartView, sql, actor.organization_id, contact_id, ABANDONED_AFTER)
    return _filled(found) if found is not None and found.state in {"open", "abandoned"} else None


def _filled(found: CartView) -> CartView:
    return msgspec.structs.replace(found, items=msgspec.convert(found.items, list[Item]))


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which orders a list shows. `search`: the beginning of their number, of the buyer's address or of the contact's name; of each the first 500."""

    contact_id: int | None = None
    integration_id: int | None = None
    state: OrderFilter | None = None
    search: str | None = None


async def page(actor: Actor, wanted: Wanted, after: str | None, limit: int) -> OrderPage:
    """Newest first.

    Raises:
        Invalid: `bad_cursor`.
    """
    actor.require(*STAFF)
    sql, values = PAGE, list[object]((actor.organization_id, limit + 1))
    conditions: list[tuple[str, list[object]]] = []
    if wanted.contact_id is not None:
        conditions.append(("o.contact_id = {}", [wanted.contact_id]))
    if wanted.integration_id is not None:
        conditions.append(("o.integration_id = {}", [wanted.integration_id]))
    if wanted.search and wanted.search.strip():
        conditions.append(("o.id IN (SELECT search_orders({}, {}))", [wanted.search.strip(), SEARCH_MAX]))
    if after is not None:
        conditions.append(("(o.order_date, o.id) < ({}, {})", list(_after(after))))
    for condition, given in conditions:
        sql += f" AND {condition.format(*(f'${len(values) + place}' for place in range(1, len(given) + 1)))}"
        values += given
    if wanted.state is not None:
        sql += f" AND {OF_STATE[wanted.state]}"
    async with read(actor) as db:
        rows = await db.fetch(ListedOrder, f"{sql} ORDER BY o.order_date DESC, o.id DESC LIMIT $2", *values)
    shown = rows[:limit]
    more = len(rows) > limit
    return OrderPage(shown, encode_cursor(SORT, shown[-1].order_date.isoformat(), shown[-1].id) if more else None)


def _after(cursor: str) -> tuple[datetime, int]:
    value, last = decode_cursor(cursor, SORT)
    try:
        return datetime.fromisoformat(value), last
    except ValueError:
        raise Invalid("this is not a cursor of this list", code="bad_cursor") from None


async def order_action(actor: Actor, action_id: int) -> OrderActionView:
    """
    Raises:
        NotFound: unknown to the actor's organization.
    """
    async with read(actor) as db:
        found = await db.fetch_one(OrderActionView, f"{ACTION} AND a.id = $2", actor.organization_id, action_id)
    if found is None:
        raise NotFound("nobody asked for this")
    return found


async def order_actions(actor: Actor, order_id: int) -> list[OrderActionView]:
    """The newest hundred.

    Raises:
        NotFound: the order is unknown to the actor's organization.
    """
    await get(actor, order_id)
    async with read(actor) as db:
        sql = f"{ACTION} AND a.order_id = $2 ORDER BY a.id DESC LIMIT 100"
        return await db.fetch(OrderActionView, sql, actor.organization_id, order_id)


async def shops(actor: Actor) -> list[IntegrationView]:
    actor.require(*READERS)
    async with read(actor) as db:
        rows = await db.fetch(IntegrationView, f"{SHOPS} ORDER BY i.id", actor.organization_id)
    return [_addressed(actor, row) for row in rows]


async def shop(actor: Actor, integration_id: int) -> IntegrationView:
    """
    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*READERS)
    async with read(actor) as db:
        found = await db.fetch_one(IntegrationView, f"{SHOPS} AND i.id = $2", actor.organization_id, integration_id)
    if found is None:
        raise NotFound("this shop is not connected")
    return _addressed(actor, found)


def _addressed(actor: Actor, shop: IntegrationView) -> IntegrationView:
    """With the whole address of its webhooks where there was its key; nobody but admins needs to know that."""
    address = f"{settings().origin}/webhooks/{shop.platform}/{{event}}?key={shop.webhook_url}" if actor.role in ADMINS else ""
    drift = None if shop.drift is None else msgspec.convert(shop.drift, Drift)
    return msgspec.structs.replace(
        shop, webhook_url=address, drift=drift, readings=msgspec.convert(shop.readings, list[ReadingView])
    )


async def due() -> list[tuple[int, int]]:
    """Organizations and their shops whose time to be read has come."""
    async with system_transaction("shops of all organizations fall due") as db:
        return [(row[0], row[1]) for row in await db.fetch_rows(DUE)]


async def deliveries(
    actor: Actor, integration_id: int, state: DeliveryState | None, before: int | None, limit: int
) -> DeliveryPage:
    """What a shop delivered, newest first.

    Raises:
        NotFound: the shop is unknown to the actor's organization.
    """
    actor.require(*ADMINS)
    await shop(actor, integration_id)
    async with read(actor) as db:
        rows = await db.fetch(DeliveryView, DELIVERIES, actor.organization_id, integration_id, state, before, limit + 1)
    return DeliveryPage(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)
