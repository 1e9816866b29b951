"""Shopify: webhooks signed over their raw body, named by headers. Amounts are text, times carry their zone."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from modules.commerce.facts import (
    Buyer,
    Cart,
    CartGone,
    Customer,
    Erase,
    Fact,
    Financial,
    Fulfilment,
    Gone,
    Item,
    Order,
    Refund,
    Request,
    Shipment,
    Status,
)
from modules.commerce.platforms import reading
from modules.commerce.platforms.contract import Announced, ForgedError, Platform, fingerprint, is_signed
from modules.commerce.platforms.reading import MalformedError

FINANCIAL: dict[str, Financial] = {
    "pending": "pending", "authorized": "authorized", "partially_paid": "partially_paid", "paid": "paid",
    "partially_refunded": "partially_refunded", "refunded": "refunded", "voided": "voided", "expired": "voided",
}  # fmt: skip
FULFILMENT: dict[str, Fulfilment] = {"fulfilled": "fulfilled", "partial": "partial"}
DOMAIN = ".myshopify.com"


def shop_of(headers: Mapping[str, str]) -> str:
    """The shop that a delivery says it is from; empty where it says none."""
    found = _header(headers, "shop-domain").lower()
    return found if found.endswith(DOMAIN) and len(found) <= 255 else ""


def _header(headers: Mapping[str, str], name: str) -> str:
    """Its newer products leave the `X-` away."""
    return headers.get(f"x-shopify-{name}") or headers.get(f"shopify-{name}", "")


def verify(headers: Mapping[str, str], raw: bytes, secrets: Sequence[str], now: float) -> None:
    """No time is signed: what comes again is known by its name in the ledger."""
    del now
    if not is_signed(raw, _header(headers, "hmac-sha256"), secrets):
        raise ForgedError


def announce(headers: Mapping[str, str], raw: bytes) -> Announced:
    """One happening may be told under several topics, and under one topic by several subscriptions."""
    topic = _header(headers, "topic")[:100]
    if not topic:
        raise MalformedError("no topic is named")
    delivery, happening = _header(headers, "webhook-id")[:100], _header(headers, "event-id")[:100]
    return Announced(
        topic,
        f"id {delivery}" if delivery else f"body {fingerprint(topic.encode(), raw)}",
        f"{topic} {happening}" if happening else "",
    )


def buyer(value: Any, *, email: Any = None, phone: Any = None) -> Buyer:
    given = value if isinstance(value, dict) else {}
    return Buyer(
        external_id=reading.text(given.get("id"), 100),
        email=reading.email(given.get("email")) or reading.email(email),
        first_name=reading.text(given.get("first_name"), 100),
        last_name=reading.text(given.get("last_name"), 100),
        phone=reading.text(given.get("phone") or phone, 40),
    )


def order(given: Mapping[str, Any]) -> list[Fact]:
    external_id = reading.name(given.get("id"), "the order")
    refunds = [refund for one in reading.listed(given.get("refunds")) for refund in _refunds(one, external_id)]
    total = reading.money(given.get("total_price"))
    changed_at = reading.moment(given.get("updated_at"), "the order")
    return [
        Order(
            external_id=external_id,
            number=reading.text(given.get("name") or given.get("order_number"), 60) or external_id,
            status=_status(given),
            financial_status=FINANCIAL.get(str(given.get("financial_status")), "pending"),
            fulfillment_status=FULFILMENT.get(str(given.get("fulfillment_status")), "unfulfilled"),
            total=total,
            currency=reading.currency(given.get("currency")),
            placed_at=reading.maybe_moment(given.get("processed_at")) or reading.moment(given.get("created_at"), "the order"),
            changed_at=changed_at,
            buyer=buyer(given.get("customer"), email=given.get("email") or given.get("contact_email"), phone=given.get("phone")),
            items=_items(given.get("line_items")),
            shipments=[
                one for entry in reading.listed(given.get("fulfillments")) for one in shipment({**entry, "order_id": external_id})
            ],
            refunds=refunds,
            shipping_address=reading.address(given.get("shipping_address")),
            url=reading.url(given.get("order_status_url")),
            cart=reading.text(given.get("checkout_token"), 100),
            is_test=given.get("test") is True,
            raw=dict(given),
        )
    ]


def _status(given: Mapping[str, Any]) -> Status:
    if given.get("cancelled_at"):
        return "cancelled"
    return "closed" if given.get("closed_at") else "open"


def _items(value: Any) -> list[Item]:
    return [
        Item(
            external_id=reading.text(one.get("id"), 100),
            title=reading.text(one.get("name") or one.get("title")),
            sku=reading.text(one.get("sku"), 100),
            quantity=reading.count(one.get("quantity")),
            price=reading.money(one.get("price")),
            product_id=reading.text(one.get("product_id"), 100),
        )
        for one in reading.listed(value)
    ]


def shipment(given: Mapping[str, Any]) -> list[Shipment]:
    changed_at = reading.maybe_moment(given.get("updated_at")) or reading.moment(given.get("created_at"), "the fulfilment")
    return [
        Shipment(
            external_id=reading.name(given.get("id"), "the fulfilment"),
            order_id=reading.name(given.get("order_id"), "the fulfilment's order"),
            status=reading.text(given.get("status"), 30),
            changed_at=changed_at,
            carrier=reading.text(given.get("tracking_company"), 100),
            tracking_number=reading.text(given.get("tracking_number"), 100),
            tracking_url=reading.url(given.get("tracking_url")),
        )
    ]


def refund(given: Mapping[str, Any]) -> list[Fact]:
    return [*_refunds(given, reading.name(given.get("order_id"), "the refund's order"))]


def _refunds(given: Mapping[str, Any], order_id: str) -> list[Refund]:
    """Money went back where a transaction says so; a refund may also be of goods alone."""
    paid_back = sum(
        (
            reading.money(one.get("amount"))
            for one in reading.listed(given.get("transactions"))
            if one.get("kind") == "refund" and one.get("status", "success") == "success"
        ),
        Decimal(0),
    )
    at = reading.maybe_moment(given.get("processed_at")) or reading.moment(given.get("created_at"), "the refund")
    return [Refund(reading.name(given.get("id"), "the refund"), order_id, paid_back, at, reading.text(given.get("note")))]


def cart(given: Mapping[str, Any]) -> list[Fact]:
    begun_at = reading.moment(given.get("created_at"), "the checkout")
    return [
        Cart(
            external_id=reading.name(given.get("token") or given.get("id"), "the checkout"),
            buyer=buyer(given.get("customer"), email=given.get("email"), phone=given.get("phone")),
            total=reading.money(given.get("total_price")),
            currency=reading.currency(given.get("currency") or given.get("presentment_currency")),
            begun_at=begun_at,
            changed_at=reading.maybe_moment(given.get("updated_at")) or begun_at,
            items=_items(given.get("line_items")),
            url=reading.url(given.get("abandoned_checkout_url")),
            completed_at=reading.maybe_moment(given.get("completed_at")),
        )
    ]


def cart_gone(given: Mapping[str, Any]) -> list[Fact]:
    return [CartGone(reading.name(given.get("token") or given.get("id"), "the checkout"))]


def customer(given: Mapping[str, Any]) -> list[Fact]:
    reading.name(given.get("id"), "the customer")
    return [Customer(buyer(given), reading.moment(given.get("updated_at"), "the customer"))]


def erase(given: Mapping[str, Any]) -> list[Fact]:
    return [Erase(buyer(reading.mapping(given.get("customer"), "the customer")), _orders(given.get("orders_to_redact")))]


def erase_all(given: Mapping[str, Any]) -> list[Fact]:
    del given
    return [Erase()]


def request(given: Mapping[str, Any]) -> list[Fact]:
    return [Request(buyer(reading.mapping(given.get("customer"), "the customer")), _orders(given.get("orders_requested")))]


def _orders(value: Any) -> list[str]:
    return [name for one in value[: reading.ITEMS_MAX] if (name := reading.text(one, 100))] if isinstance(value, list) else []


def gone(given: Mapping[str, Any]) -> list[Fact]:
    del given
    return [Gone()]


COMPLIANCE = ("customers/data_request", "customers/redact", "shop/redact")
"""What the law asks for: named in the app's own settings, and told also by a shop that has thrown us out."""
ORDERS = ("create", "updated", "paid", "cancelled", "fulfilled", "partially_fulfilled")
TOPICS: dict[str, Callable[[Mapping[str, Any]], list[Fact]]] = {
    **{f"orders/{topic}": order for topic in ORDERS},
    "refunds/create": refund,
    "fulfillments/create": lambda given: [*shipment(given)],
    "fulfillments/update": lambda given: [*shipment(given)],
    "checkouts/create": cart,
    "checkouts/update": cart,
    "checkouts/delete": cart_gone,
    "customers/create": customer,
    "customers/update": customer,
    "app/uninstalled": gone,
    "customers/data_request": request,
    "customers/redact": erase,
    "shop/redact": erase_all,
}
PLATFORM = Platform(name="shopify", verify=verify, announce=announce, topics=TOPICS)
