"""Taking in a fact, whichever way it came: by webhook, by a poll or in the first reading."""

from core.access import Actor
from modules.commerce.actions import buyers, carts, erasing, orders, shops
from modules.commerce.facts import Cart, CartGone, Customer, Erase, Fact, Gone, Order, Refund, Request, Shipment


async def take(actor: Actor, integration_id: int, fact: Fact, *, delivery_id: int = 0, is_read: bool = False) -> None:
    """`delivery_id`: of the webhook that told it, 0 where none did. `is_read`: it is so in the shop right now."""
    match fact:
        case Order():
            await orders.put(actor, integration_id, fact, is_read=is_read)
        case Shipment() | Refund():
            await orders.put_part(actor, integration_id, fact)
        case Cart():
            await carts.put(actor, integration_id, fact)
        case CartGone():
            await carts.gone(actor, integration_id, fact)
        case Customer():
            await buyers.put(actor, integration_id, fact)
        case Erase():
            await erasing.erase(actor, integration_id, delivery_id, fact)
        case Request():
            await erasing.requested(actor, integration_id, fact)
        case Gone():
            await shops.lost(actor, integration_id)
