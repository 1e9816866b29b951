"""What a clause compares with: from JSON to what SQL takes, or refused."""

import math
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import msgspec

from core.extend.segments import SegmentField, Value

TEXT_MAX = 500
TEXTS_MAX = 500
NUMBER_MAX = 10**15
DAYS_MAX = 3650

Moment = datetime


class WrongValueError(Exception):
    """`place`: where in the value, `[3]` or empty."""

    def __init__(self, code: str, detail: str, place: str = "") -> None:
        super().__init__(detail)
        self.code, self.detail, self.place = code, detail, place


def read(kind: Value, raw: Any, field: SegmentField) -> Any:
    """The value of an operator that wants `kind`: str, list of str, Decimal, datetime in UTC, int (days), bool, or None.

    Raises:
        WrongValueError: it is none.
    """
    if kind == "none":
        return None
    if kind == "text":
        return _text(raw, field, "")
    if kind == "texts":
        return _texts(raw, field)
    if kind == "number":
        return _number(raw)
    if kind == "moment":
        return _moment(raw)
    if kind == "days":
        return _days(raw)
    return _any(raw, field)


def _text(raw: Any, field: SegmentField, place: str) -> str:
    if not isinstance(raw, str) or not 0 < len(raw) <= TEXT_MAX or "\x00" in raw:
        raise WrongValueError("no_text", f"a text of at most {TEXT_MAX} characters was expected here", place)
    if field.choices is not None and raw not in field.choices:
        raise WrongValueError("unknown_choice", f"{field.label} is one of {', '.join(field.choices)}", place)
    return raw


def _texts(raw: Any, field: SegmentField) -> list[str]:
    if not isinstance(raw, list) or not 0 < len(raw) <= TEXTS_MAX:
        raise WrongValueError("no_list", f"a list of one to {TEXTS_MAX} texts was expected here")
    return [_text(each, field, f"[{place}]") for place, each in enumerate(raw)]


def _number(raw: Any) -> Decimal:
    """Of a float the digits that were written: 0.1 is a tenth."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or abs(raw) > NUMBER_MAX or not math.isfinite(raw):
        raise WrongValueError("no_number", "a number was expected here")
    return Decimal(repr(raw))


def _moment(raw: Any) -> datetime:
    """A time with its zone; a day alone begins at midnight UTC."""
    try:
        if isinstance(raw, str) and len(raw) == len("2026-01-31"):
            return datetime.combine(msgspec.convert(raw, date), time(), UTC)
        moment = msgspec.convert(raw, datetime)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        pass
    raise WrongValueError("no_moment", "a day or a time with its zone was expected here, as 2026-01-31 or 2026-01-31T09:00:00Z")


def _days(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= DAYS_MAX:
        raise WrongValueError("no_days", f"a number of days from 1 to {DAYS_MAX} was expected here")
    return raw


def _any(raw: Any, field: SegmentField) -> str | Decimal | bool:
    if isinstance(raw, bool):
        return raw
    return _text(raw, field, "") if isinstance(raw, str) else _number(raw)
