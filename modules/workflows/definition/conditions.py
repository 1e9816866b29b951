"""Conditions over what is known of somebody: one comparison, or `all`, `any` and `not` of some."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from core import texts
from modules.workflows.definition.spelling import snake
from modules.workflows.saying import say

DEPTH_MAX = 5
CLAUSES_MAX = 50
VALUES_MAX = 100
NUMBER_MAX = 40
SHOWN_MAX = 60
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=texts.LINE)]
Word = Annotated[str, msgspec.Meta(max_length=40)]

SPELLINGS: dict[str, tuple[str, ...]] = {
    "equals": ("eq", "==", "=", "is", "equal"),
    "not_equals": ("ne", "neq", "!=", "<>", "is_not", "not_equal"),
    "greater_than": ("gt", ">", "greater", "more_than"),
    "greater_or_equal": ("gte", ">=", "greater_than_or_equal", "at_least"),
    "less_than": ("lt", "<", "less"),
    "less_or_equal": ("lte", "<=", "less_than_or_equal", "at_most"),
    "contains": ("includes", "has"),
    "not_contains": ("not_includes", "has_not"),
    "starts_with": ("begins_with",),
    "ends_with": (),
    "in": ("one_of",),
    "not_in": ("none_of",),
    "exists": ("is_set", "is_not_empty"),
    "not_exists": ("is_not_set", "is_empty"),
}
OPERATORS = {other: name for name, others in SPELLINGS.items() for other in (name, *others)}
ALONE = {"exists", "not_exists"}
LISTS = {"in", "not_in"}


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Either `field`, `operator` and (but for `exists`, `not_exists`) `value`; or one of `all`, `any`, `not`."""

    field: Name | msgspec.UnsetType = msgspec.UNSET
    operator: Word | msgspec.UnsetType = msgspec.UNSET
    value: Any = msgspec.UNSET
    all: "list[Condition] | msgspec.UnsetType" = msgspec.UNSET
    any: "list[Condition] | msgspec.UnsetType" = msgspec.UNSET
    none: "Condition | msgspec.UnsetType" = msgspec.field(default=msgspec.UNSET, name="not")


class Compared(msgspec.Struct, frozen=True, omit_defaults=True):
    """A comparison and how it ended. `found` is what stood there, `wanted` what it was compared with: as JSON, cut short; empty: nothing."""

    field: str
    operator: str
    holds: bool
    found: str = ""
    wanted: str = ""


class Verdict(msgspec.Struct, frozen=True):
    """`because`: the comparisons that decided it."""

    holds: bool
    because: "tuple[Compared, ...]"

    @property
    def said(self) -> str:
        """What decided it, as rows keep it."""
        return say("compared", comparisons=[msgspec.to_builtins(one) for one in self.because])


def check(condition: Condition, depth: int = 1) -> Iterator[tuple[str, str]]:
    """What is wrong with a condition, as (path below it, sentence)."""
    if depth > DEPTH_MAX:
        yield "", f"conditions stand at most {DEPTH_MAX} deep in each other"
        return
    if depth == 1 and _size(condition) > CLAUSES_MAX:
        yield "", f"a condition has at most {CLAUSES_MAX} parts"
        return
    forms = [name for name in ("field", "all", "any", "none") if getattr(condition, name) is not msgspec.UNSET]
    if len(forms) != 1:
        yield "", "a condition has either a field or one of all, any and not"
        return
    if forms == ["field"]:
        yield from _comparison(condition)
        return
    if condition.operator is not msgspec.UNSET or condition.value is not msgspec.UNSET:
        yield "", "only a field is compared with something"
    for path, part in _parts(condition):
        for below, message in check(part, depth + 1):
            yield path + below, message
    if forms[0] in {"all", "any"} and not _parts(condition):
        yield f".{forms[0]}", "at least one condition is needed"


def _size(condition: Condition) -> int:
    size, waiting = 0, [condition]
    while waiting and size <= CLAUSES_MAX:
        size += 1
        waiting += [part for _, part in _parts(waiting.pop())]
    return size


def _parts(condition: Condition) -> list[tuple[str, Condition]]:
    if isinstance(condition.none, Condition):
        return [(".not", condition.none)]
    for name, parts in (("all", condition.all), ("any", condition.any)):
        if isinstance(parts, list):
            return [(f".{name}[{number}]", part) for number, part in enumerate(parts)]
    return []


def _comparison(condition: Condition) -> Iterator[tuple[str, str]]:
    if not isinstance(condition.operator, str):
        yield "", "Object missing required field `operator`"
        return
    operator = OPERATORS.get(snake(condition.operator))
    if operator is None:
        yield ".operator", f"Unknown operator {condition.operator!r}: one of {', '.join(SPELLINGS)}"
    elif operator in LISTS:
        if not isinstance(condition.value, list) or not 0 < len(condition.value) <= VALUES_MAX:
            yield ".value", f"Expected `array` of at most {VALUES_MAX} values"
    elif operator not in ALONE:
        if condition.value is msgspec.UNSET:
            yield "", "Object missing required field `value`"
        elif isinstance(condition.value, list | dict):
            yield ".value", "Expected one value"
        elif isinstance(condition.value, str) and len(condition.value) > 1000:
            yield ".value", "Expected `str` of length <= 1000"


def judge(condition: Condition, values: Mapping[str, Any]) -> Verdict:
    """Whether it holds, for a condition that `check` found nothing wrong with."""
    if isinstance(condition.none, Condition):
        verdict = judge(condition.none, values)
        return Verdict(not verdict.holds, verdict.because)
    if isinstance(condition.field, str):
        return _compared(condition, values)
    parts = [part for _, part in _parts(condition)]
    wanted = isinstance(condition.any, list)
    verdicts = [judge(part, values) for part in parts]
    deciding = next((verdict for verdict in verdicts if verdict.holds == wanted), None)
    if deciding is not None:
        return deciding
    return Verdict(not wanted, tuple(one for verdict in verdicts for one in verdict.because))


def value_of(values: Mapping[str, Any], field: str) -> Any:
    """What stands there, in whichever spelling; UNSET: nothing."""
    here: Any = values
    for part in field.split("."):
        if not isinstance(here, Mapping):
            return msgspec.UNSET
        here = here.get(part, here.get(snake(part), msgspec.UNSET))
    return here


def _compared(condition: Condition, values: Mapping[str, Any]) -> Verdict:
    field, operator = str(condition.field), OPERATORS[snake(str(condition.operator))]
    value = value_of(values, field)
    holds = _holds(operator, value, condition.value)
    found = "" if value is msgspec.UNSET or value is None else msgspec.json.encode(value).decode()[:SHOWN_MAX]
    wanted = "" if operator in ALONE else msgspec.json.encode(condition.value).decode()[:SHOWN_MAX]
    return Verdict(holds, (Compared(field, operator, holds, found, wanted),))


def _holds(operator: str, value: Any, wanted: Any) -> bool:
    if operator.startswith("not_"):
        return not _holds(operator.removeprefix("not_"), value, wanted)
    if operator == "exists":
        return value is not msgspec.UNSET and value is not None and value != "" and value != []
    if value is msgspec.UNSET:
        return operator == "equals" and wanted is None
    if operator == "equals":
        return _equal(value, wanted)
    if operator == "in":
        return any(_equal(value, one) for one in wanted)
    if operator == "contains":
        return any(_equal(one, wanted) for one in value) if isinstance(value, list) else _text(value, wanted, str.__contains__)
    if operator == "starts_with":
        return _text(value, wanted, str.startswith)
    if operator == "ends_with":
        return _text(value, wanted, str.endswith)
    return _ordered(operator, value, wanted)


def _text(value: Any, wanted: Any, test: Any) -> bool:
    return isinstance(value, str) and isinstance(wanted, str) and bool(test(value, wanted))


def _equal(value: Any, wanted: Any) -> bool:
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, str) and isinstance(wanted, str):
        return value == wanted
    one, other = _number(value), _number(wanted)
    return one == other if one is not None and other is not None else value == wanted


def _ordered(operator: str, value: Any, wanted: Any) -> bool:
    one: Any
    other: Any
    one, other = _number(value), _number(wanted)
    if one is None or other is None:
        one, other = _moment(value), _moment(wanted)
    if one is None or other is None:
        return False
    match operator:
        case "greater_than":
            return bool(one > other)
        case "greater_or_equal":
            return bool(one >= other)
        case "less_than":
            return bool(one < other)
        case _:
            return bool(one <= other)


def _number(value: Any) -> Decimal | None:
    """A number, also one that stands as text (money does)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value)) if len(str(value)) <= NUMBER_MAX else None
    except ArithmeticError:
        return None
    return number if number is not None and number.is_finite() else None


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
