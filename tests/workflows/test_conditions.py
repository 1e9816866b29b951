"""What a condition makes of values, and of those that are not there."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.workflows.definition.conditions import SPELLINGS, Compared, Condition, check, judge

VALUES: dict[str, Any] = {
    "contact": {"email": "ida@example.com", "order_count": 3, "total_order_value": "120.50", "tags": ["vip"], "created_at": "2026-03-01T10:00:00Z",
                "custom_fields": {"favouriteColor": "red", "is_b2b": True}, "phone": None},
    "order": {"total": 12.5},
}  # fmt: skip


def holds(field: str, operator: str, value: Any = msgspec.UNSET) -> bool:
    condition = Condition(field=field, operator=operator, value=value)
    assert list(check(condition)) == []
    return judge(condition, VALUES).holds


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected"),
    [
        ("contact.orderCount", "equals", 3, True),
        ("contact.order_count", "greater_than", 2, True),
        ("contact.order_count", ">", 3, False),
        ("contact.order_count", "greaterThanOrEqual", 3, True),
        ("contact.totalOrderValue", "less_than", 120.6, True),
        ("contact.total_order_value", "equals", "120.50", True),
        ("contact.email", "ends_with", "@example.com", True),
        ("contact.email", "contains", "@other", False),
        ("contact.tags", "contains", "vip", True),
        ("contact.tags", "not_contains", "vip", False),
        ("contact.email", "in", ["a", "ida@example.com"], True),
        ("contact.email", "not_in", ["a"], True),
        ("contact.customFields.favouriteColor", "equals", "red", True),
        ("contact.custom_fields.is_b2b", "equals", True, True),
        ("contact.custom_fields.is_b2b", "equals", 1, False),
        ("contact.created_at", "greater_than", "2026-02-01", True),
        ("contact.created_at", "less_than", "2026-02-01", False),
        ("order.total", "at_most", 12.5, True),
        ("contact.phone", "equals", None, True),
        ("contact.nothing", "equals", 5, False),
        ("contact.nothing", "not_equals", 5, True),
        ("contact.nothing", "greater_than", 0, False),
        ("contact.email.more", "equals", "x", False),
    ],
)
def test_comparisons(field: str, operator: str, value: Any, expected: bool) -> None:
    assert holds(field, operator, value) is expected


def test_what_is_empty_does_not_exist() -> None:
    assert holds("contact.email", "exists")
    assert not holds("contact.phone", "exists")
    assert holds("contact.nothing", "not_exists")


def test_the_clause_that_decided_is_told() -> None:
    paid, known = Condition(field="order.total", operator="gt", value=50), Condition(field="contact.email", operator="exists")
    verdict = judge(Condition(all=[known, paid]), VALUES)
    assert not verdict.holds
    assert verdict.because == (Compared("order.total", "greater_than", False, "12.5", "50"),)
    assert judge(Condition(any=[paid, known]), VALUES).holds
    assert judge(Condition(none=paid), VALUES).holds


FIELDS = st.sampled_from(
    ["contact.email", "contact.order_count", "contact.tags", "contact.nothing", "contact", "order.total", "contact.custom_fields"]
)
ANY = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["1e999999", "Infinity", "NaN", "-0"])
)


@given(
    field=FIELDS,
    operator=st.sampled_from([name for name in SPELLINGS if name not in {"exists", "not_exists", "in", "not_in"}]),
    value=ANY,
)
@settings(max_examples=500, deadline=None)
def test_nothing_that_is_compared_breaks_it_and_not_is_the_opposite(field: str, operator: str, value: Any) -> None:
    condition = Condition(field=field, operator=operator, value=value)
    if list(check(condition)):
        return
    assert judge(Condition(none=condition), VALUES).holds is not judge(condition, VALUES).holds
