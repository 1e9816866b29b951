"""A tree is taken as it was meant, or refused with the exact place of what is wrong."""

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Invalid
from core.extend import registry
from core.extend.segments import Facts, SegmentField
from core.segments import queries
from core.segments.tree import DEPTH_MAX, NODES_MAX, PROBLEMS_MAX
from tests.segments.trees import Tree, trees

VIP = {"field": "contact.tags", "op": "has", "value": "vip"}
WROTE = {"field": "village.wrote", "op": "did"}
EMAIL = {"field": "contact.email", "op": "is"}
SINCE = {"field": "contact.created_at", "op": "after"}


def deep(levels: int) -> Tree:
    tree: Tree = VIP
    for _ in range(levels - 1):
        tree = {"not": tree}
    return tree


def problems(raw: Any) -> list[dict[str, str]]:
    with pytest.raises(Invalid) as refused:
        queries.parsed(raw)
    error = refused.value
    assert error.reason == "bad_segment"
    found: list[dict[str, str]] = error.extra["problems"]
    assert error.extra["path"] == found[0]["path"]
    assert error.detail == f"{found[0]['path']}: {found[0]['detail']}"
    return found


WRONG = [
    ([], "$", "no_object"),
    ({}, "$", "no_head"),
    ({"all": [], "any": [VIP]}, "$", "no_head"),
    ({"any": []}, "$.any", "empty"),
    ({"all": [{"all": []}]}, "$.all[0].all", "empty"),
    ({"all": {"0": VIP}}, "$.all", "no_list"),
    ({"all": [VIP, 3]}, "$.all[1]", "no_object"),
    ({"not": [VIP]}, "$.not", "no_object"),
    ({"not": VIP, "why": 1}, "$.why", "unknown_member"),
    ({"segment": "7"}, "$.segment", "no_whole_number"),
    ({"segment": True}, "$.segment", "no_whole_number"),
    ({"segment": 2**63}, "$.segment", "no_whole_number"),
    ({"all": [VIP, {"field": "contact.shoe_size", "op": "is"}]}, "$.all[1].field", "unknown_field"),
    ({"field": ["contact.email"], "op": "is"}, "$.field", "unknown_field"),
    ({"field": "contact.email", "op": "has"}, "$.op", "unknown_operator"),
    ({"field": "contact.email"}, "$.op", "unknown_operator"),
    ({"field": "contact.email", "op": ["is"]}, "$.op", "unknown_operator"),
    (EMAIL, "$.value", "no_text"),
    (EMAIL | {"value": ""}, "$.value", "no_text"),
    (EMAIL | {"value": "x" * 501}, "$.value", "no_text"),
    (EMAIL | {"value": "a\0b"}, "$.value", "no_text"),
    (EMAIL | {"value": 1}, "$.value", "no_text"),
    (EMAIL | {"value": "a", "key": "b"}, "$.key", "unknown_member"),
    ({"any": [VIP, {"field": "contact.tags", "op": "has_any", "value": ["a", ""]}]}, "$.any[1].value[1]", "no_text"),
    ({"field": "contact.tags", "op": "has_any", "value": []}, "$.value", "no_list"),
    ({"field": "contact.subscription_status", "op": "is", "value": "gone"}, "$.value", "unknown_choice"),
    ({"field": "contact.subscription_status", "op": "is_one_of", "value": ["bounced", "gone"]}, "$.value[1]", "unknown_choice"),
    ({"field": "contact.order_count", "op": "gte", "value": "3"}, "$.value", "no_number"),
    ({"field": "contact.order_count", "op": "gte", "value": True}, "$.value", "no_number"),
    ({"field": "contact.order_count", "op": "gte", "value": 1e16}, "$.value", "no_number"),
    ({"field": "contact.order_count", "op": "gte", "value": float("nan")}, "$.value", "no_number"),
    ({"field": "contact.order_count", "op": "gte", "value": 10**400}, "$.value", "no_number"),
    (SINCE | {"value": "yesterday"}, "$.value", "no_moment"),
    (SINCE | {"value": "2026-01-01T00:00:00"}, "$.value", "no_moment"),
    (SINCE | {"value": "2026-02-30"}, "$.value", "no_moment"),
    (SINCE | {"value": "0001-01-01T00:00:00+14:00"}, "$.value", "no_moment"),
    ({"field": "contact.created_at", "op": "in_last_days", "value": 0}, "$.value", "no_days"),
    ({"field": "contact.created_at", "op": "in_last_days", "value": 1.5}, "$.value", "no_days"),
    ({"field": "contact.custom", "op": "is_set"}, "$.key", "no_key"),
    ({"field": "contact.custom", "key": "x" * 61, "op": "is_set"}, "$.key", "no_key"),
    ({"field": "contact.custom", "key": "city", "op": "is", "value": None}, "$.value", "no_number"),
    ({"field": "contact.email", "op": "is_set", "value": True}, "$.value", "unknown_member"),
    (WROTE | {"times": 0}, "$.times", "no_whole_number"),
    (WROTE | {"times": 1001}, "$.times", "no_whole_number"),
    (WROTE | {"days": 0}, "$.days", "no_whole_number"),
    (WROTE | {"value": 1}, "$.value", "unknown_member"),
    (WROTE | {"where": {"field": "channel"}}, "$.where", "no_list"),
    (WROTE | {"where": [1]}, "$.where[0]", "no_object"),
    (WROTE | {"where": [{"field": "handler", "op": "is", "value": "ai"}]}, "$.where[0].field", "unknown_field"),
    (WROTE | {"where": [{"field": "channel", "op": "is", "value": "fax"}]}, "$.where[0].value", "unknown_choice"),
    (deep(DEPTH_MAX + 1), "$" + ".not" * DEPTH_MAX, "too_deep"),
    ({"all": [VIP] * NODES_MAX}, f"$.all[{NODES_MAX - 1}]", "too_many_nodes"),
]


@pytest.mark.parametrize(("raw", "path", "code"), WRONG, ids=lambda value: str(value)[:60])
def test_what_is_wrong_is_told_with_its_place(raw: Any, path: str, code: str) -> None:
    first = problems(raw)[0]
    assert (first["path"], first["code"]) == (path, code)


def test_the_largest_and_deepest_trees_are_taken() -> None:
    queries.parsed(deep(DEPTH_MAX))
    queries.parsed({"all": [VIP] * (NODES_MAX - 1)})


def test_several_mistakes_are_told_at_once_and_not_too_many() -> None:
    found = problems({"any": [{"field": "nothing"}, EMAIL, VIP, {"not": {"segment": 0}}]})
    assert [problem["path"] for problem in found] == ["$.any[0].field", "$.any[1].value", "$.any[3].not.segment"]
    assert len(problems({"any": [EMAIL] * 150})) == PROBLEMS_MAX


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["contact.email", "is"]),
    lambda part: (
        st.lists(part, max_size=4)
        | st.dictionaries(
            st.sampled_from(["all", "any", "not", "segment", "field", "op", "value", "where", "key"]), part, max_size=4
        )
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(raw=JUNK)
def test_whatever_is_sent_is_a_tree_or_refused(raw: Any) -> None:
    with suppress(Invalid):
        queries.parsed(raw)


@settings(deadline=None)
@given(tree=trees(1), which=st.integers(0, 1000))
def test_one_mistake_in_a_tree_that_was_right_is_found_where_it_is(tree: Tree, which: int) -> None:
    queries.parsed(tree)
    broken = copy.deepcopy(tree)
    places = list(_clauses(broken, "$"))
    if places:
        path, clause = places[which % len(places)]
        clause["op"] = "resembles"
        assert problems(broken)[0]["path"] == f"{path}.op"


def _clauses(tree: Tree, path: str) -> Any:
    if "field" in tree:
        yield path, tree
    for head in ("all", "any"):
        for number, part in enumerate(tree.get(head, [])):
            yield from _clauses(part, f"{path}.{head}[{number}]")
    if "not" in tree:
        yield from _clauses(tree["not"], f"{path}.not")


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Shop.paid"},
        {"label": ""},
        {"label": "a\nb"},
        {"sql": ""},
        {"sql": "k.email = $1"},
        {"sql": "k.email; DROP TABLE contacts"},
        {"sql": "k.email -- why"},
        {"kind": "choice"},
        {"choices": {"a": "A"}},
        {"kind": "facts"},
        {"facts": Facts(table="orders")},
        {"kind": "facts", "sql": "", "facts": Facts(table="orders o, contacts")},
        {"kind": "facts", "sql": "", "facts": Facts(table="orders", where="true; SELECT 1")},
        {"properties": [SegmentField(name="total", label="Total", kind="number", sql="e.total")]},
    ],
    ids=str,
)
def test_a_field_that_is_more_than_an_expression_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="segment field"):
        SegmentField(**({"name": "shop.paid", "label": "Paid", "kind": "text", "sql": "k.email"} | values))


def test_names_of_fields_begin_with_their_owners() -> None:
    for name, module in registry.installed().items():
        owner = "contact" if name == "core" else name
        assert {field.name.partition(".")[0] for field in module.segment_fields} <= {owner}
