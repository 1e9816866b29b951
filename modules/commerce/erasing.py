"""What a shop, or the law, wants forgotten."""

from core.access import Actor
from core.audit import log as audit
from core.database import transaction
from modules.commerce.facts import Erase, Request

BLANK = """
UPDATE orders SET email = '', buyer = '{}', shipping_address = '{}', tracking_number = '', tracking_url = '', url = '', said = '{}'
WHERE organization_id = $1 AND integration_id = $2 AND (external_order_id = ANY ($3::text[]) OR ($4 <> '' AND buyer ->> 'external_id' = $4)
    OR ($5 <> '' AND email = $5)) RETURNING external_order_id
"""
PARTS = """
UPDATE order_parts SET body = '{}' WHERE organization_id = $1 AND integration_id = $2 AND external_order_id = ANY ($3::text[]) AND kind = 'shipment'
"""
CARTS = "DELETE FROM carts WHERE organization_id = $1 AND integration_id = $2 AND email = $3 AND email <> ''"
CUSTOMER = "DELETE FROM shop_customers WHERE organization_id = $1 AND integration_id = $2 AND external_id = $3"
DELIVERIES = "DELETE FROM webhook_deliveries WHERE organization_id = $1 AND integration_id = $2 AND id <> $3 AND position($4::bytea in content) > 0"
ALL = ("orders", "order_parts", "carts", "shop_customers")


async def erase(actor: Actor, integration_id: int, delivery_id: int, wanted: Erase) -> None:
    """Forget a buyer: orders stay as figures, without anybody's name. Without a buyer: everything from that shop goes."""
    async with transaction(actor) as db:
        values = (actor.organization_id, integration_id)
        if wanted.buyer is None:
            for table in ALL:
                await db.execute(f"DELETE FROM {table} WHERE organization_id = $1 AND integration_id = $2", *values)
            await db.execute("DELETE FROM webhook_deliveries WHERE organization_id = $1 AND integration_id = $2 AND id <> $3", *values, delivery_id)
        else:
            buyer = wanted.buyer
            rows = await db.fetch_rows(BLANK, *values, wanted.orders, buyer.external_id, buyer.email)
            await db.execute(PARTS, *values, [name for (name,) in rows])
            await db.execute(CARTS, *values, buyer.email)
            await db.execute(CUSTOMER, *values, buyer.external_id)
            for said in filter(None, (buyer.email, buyer.external_id)):
                await db.execute(DELIVERIES, *values, delivery_id, said.encode())
        await audit.note(actor, "integration.erased", subject=str(integration_id))


async def requested(actor: Actor, integration_id: int, wanted: Request) -> None:
    """A buyer wants to know what is kept of them: people answer that, so it stands where admins look."""
    await audit.note(actor, "integration.data_requested", subject=f"{integration_id} {wanted.buyer.external_id or wanted.buyer.email}")
