"""WooCommerce: webhooks signed over their raw body, a first one that only asks whether anybody is there, and no name that tells two apart."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from modules.commerce.facts import Buyer, Customer, Fact, Financial, Fulfilment, Item, Order, Refund, Status
from modules.commerce.platforms import reading
from modules.commerce.platforms.contract import Announced, ForgedError, Platform, decoded, fingerprint, is_signed
from modules.commerce.platforms.reading import MalformedError

PING_MAX = 200
MEANS: dict[str, tuple[Status, Financial, Fulfilment]] = {
    "pending": ("open", "pending", "unfulfilled"),
    "on-hold": ("open", "pending", "unfulfilled"),
    "processing": ("open", "paid", "unfulfilled"),
    "completed": ("closed", "paid", "fulfilled"),
    "cancelled": ("cancelled", "voided", "unfulfilled"),
    "refunded": ("closed", "refunded", "unfulfilled"),
    "failed": ("open", "failed", "unfulfilled"),
    "trash": ("cancelled", "voided", "unfulfilled"),
}
"""A shop may add words of its own: those are open and pending until it says more."""


def verify(headers: Mapping[str, str], raw: bytes, secrets: Sequence[str], now: float) -> None:
    """No time is signed: what comes again changes nothing."""
    del now
    if not is_signed(raw, headers.get("x-wc-webhook-signature", ""), secrets):
        raise ForgedError


def is_ping(headers: Mapping[str, str], raw: bytes) -> bool:
    """`webhook_id=7`, without a signature: nothing of it is kept."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/x-www-form-urlencoded" and len(raw) <= PING_MAX and raw.startswith(b"webhook_id=")


def announce(headers: Mapping[str, str], raw: bytes) -> Announced:
    """Its Delivery-ID is the same for all of one second, so a delivery is known by what it says of what, and when that was changed."""
    topic = headers.get("x-wc-webhook-topic", "")[:100]
    if not topic:
        raise MalformedError("no topic is named")
    given = decoded(raw)
    given = given if isinstance(given, dict) else {}
    parts = (topic, reading.text(given.get("id"), 100), reading.text(given.get("date_modified_gmt"), 40))
    return Announced(topic, f"said {fingerprint(*(part.encode() for part in parts), raw)}")


def order(given: Mapping[str, Any]) -> list[Fact]:
    external_id = reading.name(given.get("id"), "the order")
    status, financial, fulfilment = MEANS.get(str(given.get("status")), ("open", "pending", "unfulfilled"))
    changed_at = _moment(given, "date_modified")
    total, refunds = reading.money(given.get("total")), _refunds(given, external_id, changed_at)
    refunded = sum((one.amount for one in refunds), Decimal(0))
    if financial == "paid" and refunded:
        financial = "refunded" if refunded >= total else "partially_refunded"
    return [
        Order(
            external_id=external_id,
            number=reading.text(given.get("number"), 60) or external_id,
            status=status,
            financial_status=financial,
            fulfillment_status=fulfilment,
            total=total,
            currency=reading.currency(given.get("currency")),
            placed_at=_moment(given, "date_created"),
            changed_at=changed_at,
            buyer=_buyer(given.get("billing"), given.get("customer_id")),
            items=_items(given.get("line_items")),
            refunds=refunds,
            refunded=total if status == "closed" and financial == "refunded" else None,
            shipping_address=_address(given.get("shipping")),
            raw=dict(given),
        )
    ]


def _moment(given: Mapping[str, Any], name: str) -> datetime:
    """Times with `_gmt` are UTC without saying so; the others are the shop's own, which nobody can tell."""
    return reading.moment(given.get(f"{name}_gmt"), "the order")


def _refunds(given: Mapping[str, Any], order_id: str, at: datetime) -> list[Refund]:
    """Within an order a refund has no time of its own, and its amount is below zero."""
    return [
        Refund(
            reading.name(one.get("id"), "the refund"),
            order_id,
            abs(reading.money(one.get("total"))),
            at,
            reading.text(one.get("reason")),
        )
        for one in reading.listed(given.get("refunds"))
    ]


def _items(value: Any) -> list[Item]:
    return [
        Item(
            external_id=reading.text(one.get("id"), 100),
            title=reading.text(one.get("name")),
            sku=reading.text(one.get("sku"), 100),
            quantity=reading.count(one.get("quantity")),
            price=reading.money(one.get("price")),
            product_id=reading.text(one.get("product_id"), 100),
        )
        for one in reading.listed(value)
    ]


def _buyer(value: Any, customer_id: Any) -> Buyer:
    """A guest is customer 0."""
    given = value if isinstance(value, dict) else {}
    return Buyer(
        external_id=known if (known := reading.text(customer_id, 100)) != "0" else "",
        email=reading.email(given.get("email")),
        first_name=reading.text(given.get("first_name"), 100),
        last_name=reading.text(given.get("last_name"), 100),
        phone=reading.text(given.get("phone"), 40),
    )


def _address(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    name = " ".join(filter(None, (reading.text(value.get("first_name")), reading.text(value.get("last_name")))))
    return reading.address(
        {**value, "name": name, "province": value.get("state"), "zip": value.get("postcode"), "country_code": value.get("country")}
    )


def order_gone(given: Mapping[str, Any]) -> list[Fact]:
    """Nothing but its number is told of what was deleted: it stays here as it was, for what was bought was bought."""
    reading.name(given.get("id"), "the order")
    return []


def customer(given: Mapping[str, Any]) -> list[Fact]:
    reading.name(given.get("id"), "the customer")
    changed_at = reading.maybe_moment(given.get("date_modified_gmt")) or reading.maybe_moment(given.get("date_created_gmt"))
    person = {
        **_billing(given),
        "email": given.get("email"),
        "first_name": given.get("first_name"),
        "last_name": given.get("last_name"),
    }
    return [Customer(_buyer(person, given.get("id")), changed_at or datetime.fromtimestamp(0, UTC))]


def _billing(given: Mapping[str, Any]) -> dict[str, Any]:
    found = given.get("billing")
    return found if isinstance(found, dict) else {}


TOPICS: dict[str, Callable[[Mapping[str, Any]], list[Fact]]] = {
    "order.created": order,
    "order.updated": order,
    "order.restored": order,
    "order.deleted": order_gone,
    "customer.created": customer,
    "customer.updated": customer,
}
PLATFORM = Platform(name="woocommerce", verify=verify, announce=announce, topics=TOPICS, is_ping=is_ping)
