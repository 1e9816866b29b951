"""Reading JSON that a shop wrote: each value as what it has to be, within a length, or the delivery is malformed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

TEXT_MAX = 300
URL_MAX = 2000
ITEMS_MAX = 500
MONEY_MAX = Decimal("9999999999.99")
ADDRESS = ("name", "company", "address1", "address2", "city", "province", "zip", "country", "country_code")


class MalformedError(Exception):
    """What came cannot be such an object; the words say where."""


def mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise MalformedError(f"{where} is no object")
    return value


def listed(value: Any) -> list[Mapping[str, Any]]:
    """Its objects, 500 at most; nothing where it is no list."""
    return [one for one in value[:ITEMS_MAX] if isinstance(one, dict)] if isinstance(value, list) else []


def text(value: Any, most: int = TEXT_MAX) -> str:
    """On one line, without what no text field takes; empty where it is none. Numbers are names as well."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in str(value)[: most * 4]).split())[:most]


def name(value: Any, where: str) -> str:
    """What an object is called in the shop."""
    found = text(value, 100)
    if not found:
        raise MalformedError(f"{where} has no id")
    return found


def email(value: Any) -> str:
    found = text(value, 320).lower()
    return found if found.count("@") == 1 and " " not in found and not found.startswith("@") and not found.endswith("@") else ""


def url(value: Any) -> str:
    """An address that may be shown as a link; else empty."""
    found = text(value, URL_MAX)
    return found if found.startswith(("https://", "http://")) else ""


def money(value: Any) -> Decimal:
    """Nothing is zero. A shop writes amounts as text or numbers.

    Raises:
        MalformedError: it is no amount, or larger than any.
    """
    if value is None or value == "":
        return Decimal(0)
    try:
        found = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
        if found.is_finite() and abs(found) <= MONEY_MAX:
            return found.quantize(Decimal("0.01") if found == found.quantize(Decimal("0.01")) else Decimal("0.001"))
    except InvalidOperation:
        pass
    raise MalformedError("an amount is none")


def count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000_000 else 0


def currency(value: Any) -> str:
    found = text(value, 3).upper()
    if len(found) != 3 or not found.isascii() or not found.isalpha():
        raise MalformedError("the currency is none")
    return found


def moment(value: Any, where: str) -> datetime:
    """A time with its zone; without one it is UTC; seconds since 1970 count too.

    Raises:
        MalformedError: it is no time.
    """
    found = maybe_moment(value)
    if found is None:
        raise MalformedError(f"{where} has no time")
    return found


def maybe_moment(value: Any) -> datetime | None:
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        if not isinstance(value, str) or len(value) > 40:
            return None
        at = datetime.fromisoformat(value)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def address(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    found = {field: text(value.get(field)) for field in ADDRESS}
    return {field: line for field, line in found.items() if line}
