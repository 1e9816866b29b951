"""What commerce shows beside a conversation, as data."""

from core.access import STAFF, Actor
from core.contacts import queries as contacts
from core.extend.panels import Block, Fact, Facts, Link, Links, PanelDocument, Timeline, TimelineEntry
from modules.commerce import queries
from modules.commerce.structs import OrderView

SHOWN = 10


async def of_contact(actor: Actor, contact_id: int) -> PanelDocument:
    """A contact's orders and what they add up to.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*STAFF)
    contact = await contacts.get(actor, contact_id)
    orders = await queries.of_contact(actor, contact_id, SHOWN)
    facts = [Fact("Orders", str(contact.order_count)), Fact("Bought for", _spent(contact.total_order_value, orders))]
    blocks: list[Block] = [Facts(facts)]
    if orders:
        blocks.append(Timeline([TimelineEntry(int(one.order_date.timestamp()), _line(one)) for one in orders]))
        tracked = [Link(f"Follow {one.order_number}", one.tracking_url) for one in orders if one.tracking_url]
        blocks += [Links(tracked)] if tracked else []
    return PanelDocument("Orders", blocks, "warn" if any(one.financial_status == "failed" for one in orders[:1]) else "neutral")


def _spent(value: object, orders: list[OrderView]) -> str:
    return f"{value} {orders[0].currency}" if orders else str(value)


def _line(order: OrderView) -> str:
    items = ", ".join(f"{item.quantity} × {item.title}" for item in order.items[:3])
    state = order.status if order.status == "cancelled" else f"{order.financial_status}, {order.fulfillment_status}"
    return f"{order.order_number} · {order.total_price} {order.currency} · {state} · {items}"[:500]
