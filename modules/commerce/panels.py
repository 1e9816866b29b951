"""What commerce shows beside a conversation, as data."""

from decimal import Decimal

from core.access import STAFF, Actor
from core.contacts import queries as contacts
from core.extend.panels import Block, Entries, Entry, Fact, Facts, Link, Links, Mark, PanelDocument, Tone
from modules.commerce import queries
from modules.commerce.facts import PAID, Financial, Fulfilment, Item
from modules.commerce.structs import OrderView

SHOWN = 10
CENTS = Decimal("0.01")
MONEY: dict[Financial, str] = {
    "pending": "not paid", "failed": "payment failed", "authorized": "authorized", "partially_paid": "partly paid", "paid": "paid",
    "partially_refunded": "partly refunded", "refunded": "refunded", "voided": "voided",
}  # fmt: skip
SENT: dict[Fulfilment, str] = {"unfulfilled": "not sent", "partial": "partly sent", "fulfilled": "sent"}
"""In words that the page knows in other languages."""


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
        blocks.append(Entries([_entry(one) for one in orders]))
        tracked = [Link(f"Follow {one.order_number}", one.tracking_url) for one in orders if one.tracking_url]
        blocks += [Links(tracked)] if tracked else []
    return PanelDocument("Orders", blocks, "warn" if any(one.financial_status == "failed" for one in orders[:1]) else "neutral")


def _counts(order: OrderView) -> bool:
    """As `buyers.COUNT` has it."""
    return not order.is_test and order.status != "cancelled" and order.financial_status not in {"voided", "failed"}


def _entry(order: OrderView) -> Entry:
    title = f"{order.order_number} · {order.total_price.quantize(CENTS)} {order.currency}"
    return Entry(
        title, _items(order.items)[:500], int(order.order_date.timestamp()), f"/app/orders?order={order.id}", _marks(order)
    )


def _marks(order: OrderView) -> list[Mark]:
    if order.status == "cancelled":
        return [Mark("cancelled", "warn")]
    money: Tone = "good" if order.financial_status in PAID else "warn" if order.financial_status == "failed" else "neutral"
    sent: Tone = "good" if order.fulfillment_status == "fulfilled" else "neutral"
    return [Mark(MONEY[order.financial_status], money), Mark(SENT[order.fulfillment_status], sent)]


def _items(items: list[Item]) -> str:
    return ", ".join(f"{item.quantity} × {item.title}" for item in items[:3])
