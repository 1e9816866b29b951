"""What the AI agent may look up for a customer: where his orders are."""

import re

import msgspec

from core.contacts import queries as contacts
from core.extend.panels import Fact
from core.extend.tools import AgentTool, Scope, Told
from modules.commerce import queries
from modules.commerce.structs import OrderView

ASKED = re.compile(
    r"\b(?:where(?:'s| is| are)|track|status of|when (?:will|does)|has)\b[^.?!]{0,60}"
    r"\b(?:my|the|our) (?:order|parcel|package|delivery|shipment)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"#\s?([A-Za-z0-9-]{1,20})\b")
NEWEST = 5


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`number`: of the order that was named; empty: the newest."""

    number: str = ""


def recognize(text: str) -> Wanted | None:
    asked = text[:2000]
    if not ASKED.search(asked):
        return None
    found = NUMBER.search(asked)
    return Wanted(found[1] if found else "")


async def run(scope: Scope, wanted: Wanted) -> Told | None:
    """Only of a contact whom a system of ours vouches for: an address that somebody typed shows nobody's orders."""
    contact = await contacts.get(scope.actor, scope.contact_id)
    if contact.external_id is None:
        return None
    orders = await queries.of_contact(scope.actor, scope.contact_id, NEWEST)
    meant = [one for one in orders if not wanted.number or one.order_number.lstrip("#").lower() == wanted.number.lower()]
    return _told(meant[0]) if meant else None


def _told(order: OrderView) -> Told:
    state = {"fulfilled": "is on its way", "partial": "is partly on its way"}.get(
        order.fulfillment_status, "has not been shipped yet"
    )
    state = "was cancelled" if order.status == "cancelled" else state
    follow = f" You can follow it [here]({order.tracking_url})." if order.tracking_url else ""
    facts = [Fact("Order", order.order_number), Fact("Payment", order.financial_status), Fact("Shipment", order.fulfillment_status)]
    return Told(f"Your order {order.order_number} {state}.{follow}", facts)


FIND_ORDER = AgentTool(
    name="commerce.find_order", title="Find an order", arguments=Wanted, changes=False, recognize=recognize, run=run
)
