"""What commerce shows beside a conversation, as data."""

from core.access import STAFF, Actor
from core.contacts import queries as contacts
from core.extend.panels import Block, Fact, Facts, Link, Links, PanelDocument, Timeline, TimelineEntry
from modules.commerce import queries
from modules.commerce.facts import Item
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
    currency = next((f" {one.currency}" for one in orders if _counts(one)), "")
    facts = [Fact("Orders", str(contact.order_count)), Fact("Bought for", f"{contact.total_order_value}{currency}")]
    if cart := await queries.open_cart(actor, contact_id):
        facts.append(Fact("Cart", f"{cart.total_price} {cart.currency}, {cart.state}: {_items(cart.items)}"[:500]))
    blocks: list[Block] = [Facts(facts)]
    if orders:
        blocks.append(Timeline([TimelineEntry(int(one.order_date.timestamp()), _line(one)) for one in orders]))
        tracked = [Link(f"Follow {one.order_number}", one.tracking_url) for one in orders if one.tracking_url]
        blocks += [Links(tracked)] if tracked else []
    return PanelDocument("Orders", blocks, "warn" if any(one.financial_status == "failed" for one in orders[:1]) else "neutral")


def _counts(order: OrderView) -> bool:
    """As `buyers.COUNT` has it."""
    return not order.is_test and order.status != "cancelled" and order.financial_status not in {"voided", "failed"}


def _line(order: OrderView) -> str:
    state = order.status if order.status == "cancelled" else f"{order.financial_status}, {order.fulfillment_status}"
    return f"{order.order_number} · {order.total_price} {order.currency} · {state} · {_items(order.items)}"[:500]


def _items(items: list[Item]) -> str:
    return ", ".join(f"{item.quantity} × {item.title}" for item in items[:3])
