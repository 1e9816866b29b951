"""What a shop, or the law, wants forgotten."""

from core.access import Actor
from core.audit import log as audit
from core.database import Unit, transaction
from modules.commerce.actions import buyers
from modules.commerce.facts import Buyer, Erase, Request

BLANK = """
UPDATE orders SET email = '', buyer = '{}', shipping_address = '{}', tracking_number = '', tracking_url = '', url = '', said = '{}', erased_at = now()
WHERE organization_id = $1 AND integration_id = $2 AND (external_order_id = ANY ($3::text[]) OR ($4 <> '' AND buyer ->> 'external_id' = $4)
    OR ($5 <> '' AND email = $5)) RETURNING external_order_id
"""
PARTS = """
UPDATE order_parts SET body = '{}' WHERE organization_id = $1 AND integration_id = $2 AND external_order_id = ANY ($3::text[]) AND kind = 'shipment'
"""
CARTS = "DELETE FROM carts WHERE organization_id = $1 AND integration_id = $2 AND email = $3 AND email <> ''"
CUSTOMER = "DELETE FROM shop_customers WHERE organization_id = $1 AND integration_id = $2 AND external_id = $3"
DELIVERIES = """
UPDATE webhook_deliveries SET content = '' WHERE organization_id = $1 AND integration_id = $2 AND state <> 'received'
  AND position(lower($3) in lower(encode(content, 'escape'))) > 0
"""
"""Rather one too many than one too few: what was settled is only looked at, and stays known by its key."""
BUYERS = "SELECT DISTINCT contact_id FROM orders WHERE organization_id = $1 AND integration_id = $2 AND contact_id IS NOT NULL ORDER BY 1"
ALL = ("orders", "order_parts", "carts", "shop_customers", "shop_readings")


async def erase(actor: Actor, integration_id: int, delivery_id: int, wanted: Erase) -> None:
    """Forget a buyer: orders stay as figures, without anybody's name, and take nothing in any more. Without a buyer: all from that shop goes."""
    async with transaction(actor) as db:
        if wanted.buyer is None:
            await _erase_all(db, actor, integration_id, delivery_id)
        else:
            await _erase_buyer(db, actor, integration_id, wanted.buyer, wanted.orders)
        await audit.note(actor, "integration.erased", subject=str(integration_id))


async def _erase_all(db: Unit, actor: Actor, integration_id: int, delivery_id: int) -> None:
    values = (actor.organization_id, integration_id)
    people = [contact_id for (contact_id,) in await db.fetch_rows(BUYERS, *values)]
    for table in ALL:
        await db.execute(f"DELETE FROM {table} WHERE organization_id = $1 AND integration_id = $2", *values)
    await db.execute(
        "DELETE FROM webhook_deliveries WHERE organization_id = $1 AND integration_id = $2 AND id <> $3", *values, delivery_id
    )
    for contact_id in people:
        await buyers.count(db, actor, contact_id)


async def _erase_buyer(db: Unit, actor: Actor, integration_id: int, buyer: Buyer, orders: list[str]) -> None:
    values = (actor.organization_id, integration_id)
    rows = await db.fetch_rows(BLANK, *values, orders, buyer.external_id, buyer.email)
    await db.execute(PARTS, *values, [name for (name,) in rows])
    await db.execute(CARTS, *values, buyer.email)
    await db.execute(CUSTOMER, *values, buyer.external_id)
    for said in filter(None, (buyer.email, buyer.external_id)):
        await db.execute(DELIVERIES, *values, said)


async def requested(actor: Actor, integration_id: int, wanted: Request) -> None:
    """A buyer wants to know what is kept of them: people answer that, so it stands where admins look."""
    await audit.note(
        actor, "integration.data_requested", subject=f"{integration_id} {wanted.buyer.external_id or wanted.buyer.email}"
    )
