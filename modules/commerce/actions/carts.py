"""Checkouts that were begun, as they were told last. Whether one was abandoned is a state: looked at anew by whoever is about to act on it."""

from datetime import UTC, datetime, timedelta

from core.access import Actor, Audience
from core.database import Unit, transaction
from core.events.log import record
from core.jobs import timers
from modules.commerce import queries
from modules.commerce.actions import buyers
from modules.commerce.events import CartAbandoned
from modules.commerce.facts import Cart, CartGone

STAFF_ONLY = Audience()
NOTICE = "modules.commerce.notice_cart"
PUT = """
INSERT INTO carts AS c (organization_id, integration_id, external_id, contact_id, email, total_price, currency, items, url, begun_at, changed_at,
    completed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (organization_id, integration_id, external_id) DO UPDATE SET
    contact_id = coalesce(excluded.contact_id, c.contact_id), email = excluded.email, total_price = excluded.total_price,
    currency = excluded.currency, items = excluded.items, url = excluded.url, begun_at = excluded.begun_at, changed_at = excluded.changed_at,
    completed_at = excluded.completed_at
WHERE (excluded.changed_at, excluded.completed_at IS NOT NULL, excluded.items::text COLLATE "C")
    > (c.changed_at, c.completed_at IS NOT NULL, c.items::text COLLATE "C")
RETURNING id
"""
GONE = "UPDATE carts SET gone_at = coalesce(gone_at, now()) WHERE organization_id = $1 AND integration_id = $2 AND external_id = $3"
LOCK = """
SELECT c.told_at IS NOT NULL, c.changed_at, i.connected_at FROM carts c
JOIN integrations i ON i.organization_id = c.organization_id AND i.id = c.integration_id
WHERE c.organization_id = $1 AND c.id = $2 FOR UPDATE OF c
"""
TOLD = "UPDATE carts SET told_at = now() WHERE organization_id = $1 AND id = $2"


async def put(actor: Actor, integration_id: int, cart: Cart) -> None:
    """Take over what a shop says of a checkout: its newest word wins. Some time after that, somebody looks whether it was abandoned."""
    async with transaction(actor) as db:
        contact_id = await buyers.contact_of(db, actor, integration_id, cart.buyer, cart.changed_at)
        values = (
            cart.external_id, contact_id, cart.buyer.email, cart.total, cart.currency, cart.items, cart.url, cart.begun_at, cart.changed_at,
            cart.completed_at,
        )  # fmt: skip
        cart_id = await db.fetch_value(PUT, actor.organization_id, integration_id, *values)
        if cart_id is not None and cart.completed_at is None:
            await _look_later(actor, cart_id, cart.changed_at + queries.ABANDONED_AFTER)


async def _look_later(actor: Actor, cart_id: int, at: datetime) -> None:
    await timers.set_timer(actor, NOTICE, key=f"cart:{cart_id}", due_at=at, organization_id=actor.organization_id, cart_id=cart_id)


async def gone(actor: Actor, integration_id: int, cart: CartGone) -> None:
    async with transaction(actor) as db:
        await db.execute(GONE, actor.organization_id, integration_id, cart.external_id)


async def notice(db: Unit, actor: Actor, cart_id: int) -> None:
    """Tell of a cart once that it was abandoned, if it is by now; not of one that was so before its shop was connected."""
    rows = await db.fetch_rows(LOCK, actor.organization_id, cart_id)
    if not rows or rows[0][0]:
        return
    _, changed_at, connected_at = rows[0]
    due: datetime = changed_at + queries.ABANDONED_AFTER
    if due > datetime.now(UTC) + timedelta(seconds=1):
        await _look_later(actor, cart_id, due)
        return
    cart = await queries.cart(db, actor, cart_id)
    if cart.state == "abandoned" and due >= connected_at:
        await db.execute(TOLD, actor.organization_id, cart_id)
        await record(CartAbandoned(organization_id=actor.organization_id, cart=cart), STAFF_ONLY)
