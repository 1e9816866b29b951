"""Stripe: events signed together with their time. A charge is an order here, a checkout session a cart; amounts are in the smallest coin."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from modules.commerce.facts import Buyer, Cart, Customer, Fact, Financial, Order, Status
from modules.commerce.platforms import reading
from modules.commerce.platforms.contract import Announced, ForgedError, Platform, decoded

TOLERANCE_S = 300
SIGNATURES_MAX = 10
WHOLE = frozenset(["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"])
THOUSANDS = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])
"""Coins of which there are none smaller, and those with a thousand."""


def verify(headers: Mapping[str, str], raw: bytes, secrets: Sequence[str], now: float) -> None:
    """`t=…,v1=…[,v1=…]` over `t.body`, in hexadecimal; five minutes old at most, or ahead."""
    pairs = [part.strip().partition("=") for part in headers.get("stripe-signature", "")[:2000].split(",")]
    when = next((value for name, _, value in pairs if name == "t"), "")
    given = [value for name, _, value in pairs if name == "v1"][:SIGNATURES_MAX]
    right = False
    for secret in secrets:
        made = hmac.digest(secret.encode(), when.encode() + b"." + raw, "sha256").hex().encode()
        for one in given:
            right |= hmac.compare_digest(made, one.encode("utf-8", "replace"))
    if not right or not (when.isascii() and when.isdigit() and len(when) <= 12 and abs(now - int(when)) <= TOLERANCE_S):
        raise ForgedError


def announce(headers: Mapping[str, str], raw: bytes) -> Announced:
    del headers
    given = reading.mapping(decoded(raw), "the event")
    return Announced(reading.name(given.get("type"), "the event's type"), f"id {reading.name(given.get('id'), 'the event')}")


def amount(value: Any, currency: str) -> Decimal:
    if currency in WHOLE:
        return Decimal(reading.count(value))
    return Decimal(reading.count(value)) / (1000 if currency in THOUSANDS else 100)


def coins(value: Decimal, currency: str) -> int:
    """What `amount` reads as `value`."""
    return int(value * (1 if currency in WHOLE else 1000 if currency in THOUSANDS else 100))


def _told(event: Mapping[str, Any]) -> tuple[Mapping[str, Any], datetime]:
    given = reading.mapping(reading.mapping(event.get("data"), "the event's data").get("object"), "the event's object")
    return given, reading.moment(event.get("created"), "the event")


def charge(event: Mapping[str, Any]) -> list[Fact]:
    given, at = _told(event)
    external_id, currency = reading.name(given.get("id"), "the charge"), reading.currency(given.get("currency"))
    total, refunded = amount(given.get("amount"), currency), amount(given.get("amount_refunded"), currency)
    financial = _financial(given, total, refunded)
    status: Status = "cancelled" if financial in {"failed", "voided"} else "open"
    return [
        Order(
            external_id=external_id,
            number=reading.text(given.get("receipt_number"), 60) or external_id,
            status=status,
            financial_status=financial,
            fulfillment_status="unfulfilled",
            total=total,
            currency=currency,
            placed_at=reading.moment(given.get("created"), "the charge"),
            changed_at=at,
            buyer=_buyer(given, given.get("billing_details"), given.get("receipt_email")),
            refunded=refunded,
            shipping_address=_address(given.get("shipping")),
            url=reading.url(given.get("receipt_url")),
            is_test=given.get("livemode") is False,
            raw=dict(given),
        )
    ]


def _financial(given: Mapping[str, Any], total: Decimal, refunded: Decimal) -> Financial:
    if given.get("status") == "failed":
        return "failed"
    if given.get("status") != "succeeded":
        return "pending"
    if refunded:
        captured = given.get("captured") is True
        return "refunded" if refunded >= total and captured else "partially_refunded" if captured else "voided"
    return "paid" if given.get("captured") is True else "authorized"


def _buyer(given: Mapping[str, Any], details: Any, email: Any) -> Buyer:
    known = details if isinstance(details, dict) else {}
    first, _, last = reading.text(known.get("name"), 200).partition(" ")
    return Buyer(
        external_id=reading.text(given.get("customer"), 100),
        email=reading.email(known.get("email")) or reading.email(email),
        first_name=first[:100],
        last_name=last[:100],
        phone=reading.text(known.get("phone"), 40),
    )


def _address(value: Any) -> dict[str, str]:
    shipping = value if isinstance(value, dict) else {}
    given = shipping.get("address")
    given = given if isinstance(given, dict) else {}
    names = {"address1": "line1", "address2": "line2", "zip": "postal_code", "province": "state", "country_code": "country"}
    return reading.address({**given, **{ours: given.get(theirs) for ours, theirs in names.items()}, "name": shipping.get("name")})


def session(event: Mapping[str, Any]) -> list[Fact]:
    """Only sessions in which something is bought."""
    given, at = _told(event)
    external_id = reading.name(given.get("id"), "the session")
    if given.get("mode") == "setup" or not given.get("currency"):
        return []
    currency = reading.currency(given.get("currency"))
    return [
        Cart(
            external_id=external_id,
            buyer=_buyer(given, given.get("customer_details"), given.get("customer_email")),
            total=amount(given.get("amount_total"), currency),
            currency=currency,
            begun_at=reading.moment(given.get("created"), "the session"),
            changed_at=at,
            url=_recovery(given.get("after_expiration")),
            completed_at=at if given.get("status") == "complete" else None,
        )
    ]


def _recovery(value: Any) -> str:
    """Where an expired session can be taken up again, if its maker allows that."""
    recovery = value.get("recovery") if isinstance(value, dict) else None
    return reading.url(recovery.get("url")) if isinstance(recovery, dict) else ""


def customer(event: Mapping[str, Any]) -> list[Fact]:
    given, at = _told(event)
    return [Customer(_buyer({"customer": reading.name(given.get("id"), "the customer")}, given, None), at)]


CHARGES = ("succeeded", "captured", "updated", "refunded", "failed", "pending", "expired")
SESSIONS = ("completed", "expired", "async_payment_succeeded", "async_payment_failed")
TOPICS: dict[str, Callable[[Mapping[str, Any]], list[Fact]]] = {
    **{f"charge.{topic}": charge for topic in CHARGES},
    **{f"checkout.session.{topic}": session for topic in SESSIONS},
    "customer.created": customer,
    "customer.updated": customer,
}
PLATFORM = Platform(name="stripe", verify=verify, announce=announce, topics=TOPICS)
