"""Checkouts that were begun, as they were told last. Whether one was abandoned is a question for whoever is about to act on it."""

from core.access import Actor
from core.database import transaction
from modules.commerce import buyers
from modules.commerce.facts import Cart, CartGone

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
"""
GONE = "UPDATE carts SET gone_at = coalesce(gone_at, now()) WHERE organization_id = $1 AND integration_id = $2 AND external_id = $3"


async def put(actor: Actor, integration_id: int, cart: Cart) -> None:
    """Take over what a shop says of a checkout: its newest word wins."""
    async with transaction(actor) as db:
        contact_id = await buyers.contact_of(db, actor, integration_id, cart.buyer, cart.changed_at)
        values = (
            cart.external_id, contact_id, cart.buyer.email, cart.total, cart.currency, cart.items, cart.url, cart.begun_at, cart.changed_at,
            cart.completed_at,
        )  # fmt: skip
        await db.execute(PUT, actor.organization_id, integration_id, *values)


async def gone(actor: Actor, integration_id: int, cart: CartGone) -> None:
    async with transaction(actor) as db:
        await db.execute(GONE, actor.organization_id, integration_id, cart.external_id)
