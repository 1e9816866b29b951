"""Which contact a buyer is, and what their orders add up to.

A customer of the shop is who they were before; a guest is whoever staff or mail know under that address, else somebody new. Never by telephone
alone, and never by what a visitor said of himself in a chat: his word shows him nobody's orders.
"""

from datetime import datetime

from core.access import Actor, Audience
from core.channels.email import people
from core.channels.email.parsing import Address
from core.contacts import queries as contacts
from core.contacts.events import ContactUpdated
from core.database import Unit, transaction
from core.errors import LimitReached
from core.events.log import record
from modules.commerce.facts import Buyer, Customer

STAFF_ONLY = Audience()
SOURCE = "commerce"
FIND = "SELECT contact_id FROM shop_customers WHERE organization_id = $1 AND integration_id = $2 AND external_id = $3"
KEEP = """
INSERT INTO shop_customers AS s (organization_id, integration_id, external_id, contact_id, changed_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organization_id, integration_id, external_id) DO UPDATE SET
    contact_id = coalesce(s.contact_id, excluded.contact_id), changed_at = greatest(s.changed_at, excluded.changed_at)
"""
COUNT = """
UPDATE contacts k SET order_count = o.count, total_order_value = coalesce(o.value, 0), last_order_date = o.last
FROM (
    SELECT count(*) AS count, max(order_date) AS last,
           sum(total_price - refunded) FILTER (WHERE currency = (
               SELECT currency FROM orders WHERE organization_id = $1 AND contact_id = $2 AND {real} ORDER BY order_date DESC, id DESC LIMIT 1
           )) AS value
    FROM orders WHERE organization_id = $1 AND contact_id = $2 AND {real}
) o
WHERE k.organization_id = $1 AND k.id = $2
  AND (k.order_count, k.total_order_value, k.last_order_date) IS DISTINCT FROM (o.count, coalesce(o.value, 0)::numeric(14, 2), o.last)
""".replace("{real}", "NOT is_test AND status <> 'cancelled' AND financial_status NOT IN ('voided', 'failed')")
"""Amounts of several currencies are no sum: those in that of the newest order count."""


async def contact_of(db: Unit, actor: Actor, integration_id: int, buyer: Buyer, at: datetime) -> int | None:
    """The buyer's contact, made if nobody is known; None: there is nothing to know them by, or the plan allows no more contacts."""
    if not buyer.is_known:
        return None
    if buyer.external_id:
        contact_id: int | None = await db.fetch_value(FIND, actor.organization_id, integration_id, buyer.external_id)
        if contact_id is not None:
            return contact_id
    contact_id = await _by_address(db, actor, buyer)
    if buyer.external_id:
        await db.execute(KEEP, actor.organization_id, integration_id, buyer.external_id, contact_id, at)
    return contact_id


async def put(actor: Actor, integration_id: int, customer: Customer) -> None:
    """Know a customer of the shop, before they buy anything."""
    async with transaction(actor) as db:
        await contact_of(db, actor, integration_id, customer.buyer, customer.changed_at)


async def _by_address(db: Unit, actor: Actor, buyer: Buyer) -> int | None:
    address = people.key(buyer.email)
    if not address:
        return None
    await people.one_by_one(db, actor.organization_id, address)
    try:
        person = await people.person(db, actor, Address(f"{buyer.first_name} {buyer.last_name}".strip(), address), source=SOURCE)
    except LimitReached:
        return None
    return person.contact_id


async def count(db: Unit, actor: Actor, contact_id: int) -> None:
    """Bring a contact's sums up to what its orders are."""
    if await db.execute(COUNT, actor.organization_id, contact_id):
        contact = await contacts.get(actor, contact_id)
        await record(ContactUpdated(organization_id=actor.organization_id, contact=contact, by=actor.ref), STAFF_ONLY)
