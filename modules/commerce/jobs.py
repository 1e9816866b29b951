"""What a delivery means, found out beside the answer to the shop."""

import msgspec

from core.access import Actor, system
from core.jobs.define import job
from core.jobs.ledger import effect
from modules.commerce import actions, buyers, carts, erasing, orders
from modules.commerce.facts import Cart, CartGone, Customer, Erase, Fact, Gone, Order, Refund, Request, Shipment
from modules.commerce.platforms import PLATFORMS, reading
from modules.commerce.platforms.contract import decoded
from modules.commerce.platforms.reading import MalformedError

WAITING = """
SELECT d.id, d.integration_id, i.platform, d.topic, d.content FROM webhook_deliveries d
JOIN integrations i ON i.organization_id = d.organization_id AND i.id = d.integration_id
WHERE d.organization_id = $1 AND d.id = $2 AND d.state = 'received' FOR UPDATE OF d
"""
TWIN = """
SELECT EXISTS (SELECT FROM webhook_deliveries d JOIN webhook_deliveries t ON t.organization_id = d.organization_id
    AND t.integration_id = d.integration_id AND t.twin = d.twin AND t.id < d.id WHERE d.organization_id = $1 AND d.id = $2)
"""
SETTLE = "UPDATE webhook_deliveries SET state = $3, reason = $4, settled_at = now() WHERE organization_id = $1 AND id = $2"


class _Delivery(msgspec.Struct, frozen=True):
    id: int
    integration_id: int
    platform: str
    topic: str
    content: bytes


@job(job_class="bulk", timeout_s=60, max_attempts=8)
async def understand(organization_id: int, delivery_id: int) -> None:
    """Take over what a delivery says; done in the transaction that says so."""
    actor = system(organization_id)
    async with effect(actor) as db:
        delivery = await db.fetch_one(_Delivery, WAITING, organization_id, delivery_id)
        if delivery is None:
            return
        state, reason = "processed", ""
        if await db.fetch_value(TWIN, organization_id, delivery_id):
            state, reason = "ignored", "twin"
        else:
            try:
                facts = PLATFORMS[delivery.platform].topics[delivery.topic](reading.mapping(decoded(delivery.content), "the delivery"))
            except MalformedError as error:
                facts, state, reason = [], "failed", f"malformed: {error}"[:200]
            for fact in facts:
                await _apply(actor, delivery, fact)
        await db.execute(SETTLE, organization_id, delivery_id, state, reason)


async def _apply(actor: Actor, delivery: _Delivery, fact: Fact) -> None:
    where = delivery.integration_id
    match fact:
        case Order():
            await orders.put(actor, where, fact)
        case Shipment() | Refund():
            await orders.put_part(actor, where, fact)
        case Cart():
            await carts.put(actor, where, fact)
        case CartGone():
            await carts.gone(actor, where, fact)
        case Customer():
            await buyers.put(actor, where, fact)
        case Erase():
            await erasing.erase(actor, where, delivery.id, fact)
        case Request():
            await erasing.requested(actor, where, fact)
        case Gone():
            await actions.lost(actor, where)
