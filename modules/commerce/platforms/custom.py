"""A shop of one's own: our JSON, signed together with its time. The amounts are text, the times carry their zone."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

from modules.commerce.facts import Buyer, Cart, Customer, Fact, Financial, Fulfilment, Item, Order, Refund, Shipment, Status
from modules.commerce.platforms import reading
from modules.commerce.platforms.contract import Announced, ForgedError, Platform, decoded, fingerprint
from modules.commerce.platforms.reading import MalformedError

TOLERANCE_S = 300


def statement(when: str, raw: bytes) -> bytes:
    return b"lacasa webhook 1\n" + when.encode() + b"\n" + raw


def verify(headers: Mapping[str, str], raw: bytes, secrets: Sequence[str], now: float) -> None:
    """`X-Lacasa-Time` in seconds, and `X-Lacasa-Signature`: hexadecimal HMAC-SHA256 over both; five minutes old at most, or ahead."""
    when, given, right = headers.get("x-lacasa-time", ""), headers.get("x-lacasa-signature", ""), False
    for secret in secrets:
        made = hmac.digest(secret.encode(), statement(when, raw), "sha256").hex().encode()
        right |= hmac.compare_digest(made, given.encode("utf-8", "replace"))
    if not right or not (when.isascii() and when.isdigit() and len(when) <= 12 and abs(now - int(when)) <= TOLERANCE_S):
        raise ForgedError


def announce(headers: Mapping[str, str], raw: bytes) -> Announced:
    given = reading.mapping(decoded(raw), "the delivery")
    topic = reading.name(given.get("type"), "the delivery's type")
    delivery = headers.get("x-lacasa-delivery", "")[:100]
    return Announced(topic, f"id {delivery}" if delivery else f"body {fingerprint(raw)}")


def _one_of(value: Any, kinds: Any, otherwise: str) -> Any:
    if value is None:
        return otherwise
    if value not in get_args(kinds):
        raise MalformedError(f"{str(value)[:40]!r} is none of {', '.join(get_args(kinds))}")
    return value


def _buyer(value: Any) -> Buyer:
    given = value if isinstance(value, dict) else {}
    return Buyer(
        reading.text(given.get("id"), 100), reading.email(given.get("email")), reading.text(given.get("first_name"), 100),
        reading.text(given.get("last_name"), 100), reading.text(given.get("phone"), 40),
    )  # fmt: skip


def _items(value: Any) -> list[Item]:
    return [
        Item(
            reading.text(one.get("id"), 100), reading.text(one.get("title")), reading.text(one.get("sku"), 100),
            reading.count(one.get("quantity")), reading.money(one.get("price")), reading.text(one.get("product_id"), 100),
        )
        for one in reading.listed(value)
    ]  # fmt: skip


def order(delivery: Mapping[str, Any]) -> list[Fact]:
    given = reading.mapping(delivery.get("order"), "the order")
    external_id, changed_at = reading.name(given.get("id"), "the order"), reading.moment(given.get("updated_at"), "the order")
    return [
        Order(
            external_id=external_id,
            number=reading.text(given.get("number"), 60) or external_id,
            status=_one_of(given.get("status"), Status, "open"),
            financial_status=_one_of(given.get("financial_status"), Financial, "pending"),
            fulfillment_status=_one_of(given.get("fulfillment_status"), Fulfilment, "unfulfilled"),
            total=reading.money(given.get("total")),
            currency=reading.currency(given.get("currency")),
            placed_at=reading.maybe_moment(given.get("placed_at")) or changed_at,
            changed_at=changed_at,
            buyer=_buyer(given.get("buyer")),
            items=_items(given.get("items")),
            shipments=[
                Shipment(
                    reading.name(one.get("id"), "the shipment"), external_id, reading.text(one.get("status"), 30),
                    reading.maybe_moment(one.get("updated_at")) or changed_at, reading.text(one.get("carrier"), 100),
                    reading.text(one.get("tracking_number"), 100), reading.url(one.get("tracking_url")),
                )
                for one in reading.listed(given.get("shipments"))
            ],
            refunds=[
                Refund(
                    reading.name(one.get("id"), "the refund"), external_id, reading.money(one.get("amount")),
                    reading.maybe_moment(one.get("at")) or changed_at, reading.text(one.get("reason")),
                )
                for one in reading.listed(given.get("refunds"))
            ],
            shipping_address=reading.address(given.get("shipping_address")),
            url=reading.url(given.get("url")),
            cart=reading.text(given.get("cart"), 100),
            is_test=given.get("is_test") is True,
            raw=dict(given),
        )
    ]  # fmt: skip


def cart(delivery: Mapping[str, Any]) -> list[Fact]:
    given = reading.mapping(delivery.get("cart"), "the cart")
    changed_at = reading.moment(given.get("updated_at"), "the cart")
    return [
        Cart(
            external_id=reading.name(given.get("id"), "the cart"),
            buyer=_buyer(given.get("buyer")),
            total=reading.money(given.get("total")),
            currency=reading.currency(given.get("currency")),
            begun_at=reading.maybe_moment(given.get("begun_at")) or changed_at,
            changed_at=changed_at,
            items=_items(given.get("items")),
            url=reading.url(given.get("url")),
            completed_at=reading.maybe_moment(given.get("completed_at")),
        )
    ]


def customer(delivery: Mapping[str, Any]) -> list[Fact]:
    given = reading.mapping(delivery.get("customer"), "the customer")
    reading.name(given.get("id"), "the customer")
    return [Customer(_buyer(given), reading.moment(given.get("updated_at"), "the customer"))]


TOPICS: dict[str, Callable[[Mapping[str, Any]], list[Fact]]] = {
    "order.updated": order,
    "cart.updated": cart,
    "customer.updated": customer,
}
PLATFORM = Platform(name="custom", verify=verify, announce=announce, topics=TOPICS)
