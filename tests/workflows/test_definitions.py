"""Definitions: both spellings, errors at their exact path, limits, and whatever else may be sent in place of one."""

import copy
import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.extend import registry
from modules.workflows.definition.reading import Reading, read

DESIGN = {
    "triggerType": "abandoned_cart",
    "steps": [
        {"type": "delay", "config": {"hours": 1}},
        {"type": "email", "config": {"subject": "You left something", "templateId": 7}},
        {
            "type": "condition",
            "config": {"field": "contact.orderCount", "operator": "greaterThan", "value": 0},
            "trueBranch": [{"type": "tag", "config": {"add": ["regular"]}}],
            "falseBranch": [{"type": "delay", "config": {"days": 1}}, {"type": "email", "config": {"subject": "10 % off"}}],
        },
    ],
}


def understood(raw: Any) -> Reading:
    return read(raw, registry.steps(), registry.triggers())


def wrong(raw: Any) -> list[tuple[str, bool]]:
    return [(problem.path, problem.missing) for problem in understood(raw).problems]


def test_the_designs_spelling_loads_unchanged_and_names_what_is_missing() -> None:
    given_json = copy.deepcopy(DESIGN)
    found = understood(given_json)
    assert given_json == DESIGN, "what is given is not written into"
    assert found.definition is not None
    alone = read(DESIGN, registry.steps(), {})
    assert [(problem.path, problem.missing) for problem in alone.problems] == [("$.triggerType", True)]
    nodes = found.definition.nodes
    assert list(nodes) == ["1", "2", "3", "3.true.1", "3.false.1", "3.false.2"]
    assert nodes["3"].branches == {"true": "3.true.1", "false": "3.false.1"}
    assert nodes["3.true.1"].next is None
    assert nodes["3.false.1"].next == "3.false.2"


def test_ids_are_given_once_and_stay() -> None:
    found = understood(DESIGN)
    assert understood(found.json).json == found.json
    assert found.json["steps"][2]["trueBranch"][0]["id"] == "3.true.1"


def test_a_step_may_do_without_config_and_a_branch_may_name_a_step() -> None:
    steps = [
        {"id": "a", "type": "condition", "field": "contact.email", "operator": "exists", "trueBranch": "c"},
        {"id": "b", "type": "delay", "duration": 2, "unit": "days"},
        {"id": "c", "type": "tag", "tag": "vip"},
    ]
    found = understood({"steps": steps})
    assert found.problems == []
    assert found.definition is not None
    assert found.definition.nodes["a"].branches == {"true": "c", "false": "b"}


TAG = {"type": "tag", "config": {"add": ["a"]}}
CONDITION = {"type": "condition", "config": {"field": "contact.email", "operator": "exists"}}


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (7, "$"),
        ({"steps": {}}, "$.steps"),
        ({"stepz": []}, "$.stepz"),
        ({"steps": [TAG, TAG, {"type": "delay", "config": {"hours": "2"}}]}, "$.steps[2].config.hours"),
        ({"steps": [{"type": "delay", "hours": -1}]}, "$.steps[0].hours"),
        ({"steps": [{"type": "delay", "config": {}}]}, "$.steps[0].config"),
        ({"steps": [{"type": "delay", "config": {"days": 9999}}]}, "$.steps[0].config"),
        ({"steps": [{"type": "delay", "config": {"hours": 1, "weekdays": ["mon", "someday"]}}]}, "$.steps[0].config.weekdays[1]"),
        ({"steps": [{"type": "nothing"}]}, "$.steps[0].type"),
        ({"steps": ["tag"]}, "$.steps[0]"),
        ({"steps": [{"id": "a b", **TAG}]}, "$.steps[0].id"),
        ({"steps": [{"id": "a", **TAG}, {"id": "a", **TAG}]}, "$.steps[1].id"),
        ({"steps": [TAG | {"add": ["b"]}]}, "$.steps[0].add"),
        ({"steps": [TAG | {"onFailure": "explode"}]}, "$.steps[0].onFailure"),
        ({"steps": [CONDITION | {"trueBranch": [TAG, {"type": "tag", "config": {"add": [5]}}]}]}, "$.steps[0].trueBranch[1].config.add[0]"),
        ({"steps": [CONDITION | {"branches": {"maybe": []}}]}, "$.steps[0].branches.maybe"),
        ({"steps": [CONDITION | {"trueBranch": "nowhere"}]}, "$.steps[0].trueBranch"),
        ({"steps": [{"id": "a", **CONDITION, "trueBranch": "a"}]}, "$.steps[0]"),
        ({"steps": [{"type": "condition", "config": {"all": [{"field": "a", "operator": "equals"}]}}]}, "$.steps[0].config.all[0]"),
        ({"steps": [{"type": "condition", "config": {"field": "a", "operator": "ish", "value": 1}}]}, "$.steps[0].config.operator"),
        ({"steps": [{"type": "webhook", "config": {"url": "ftp://example.com/"}}]}, "$.steps[0].config.url"),
        ({"steps": [{"type": "webhook", "config": {"url": "https://a.example/", "headers": {"Host": "b"}}}]}, "$.steps[0].config.headers.Host"),
        ({"steps": [{"type": "updateContact", "config": {"firstName": 5}}]}, "$.steps[0].config.firstName"),
        ({"steps": [{"type": "update_contact", "config": {"firstName": "A", "first_name": "B"}}]}, "$.steps[0].config"),
        ({"trigger": {"type": "unheard_of"}, "steps": []}, "$.trigger.type"),
        ({"trigger": {"type": "welcome", "config": {"sources": 5}}, "steps": []}, "$.trigger.config.sources"),
        ({"trigger": {"type": "welcome", "filter": {"field": "a"}}, "steps": []}, "$.trigger.filter"),
        ({"steps": [], "goals": [{}]}, "$.goals[0]"),
        ({"steps": [], "exits": ["order.created", {"event": "Order"}]}, "$.exits[1].event"),
        ({"steps": [], "quietHours": {"start": "25:00", "end": "08:00"}}, "$.quietHours.start"),
        ({"steps": [], "zone": "Mars/Olympus"}, "$.zone"),
        ({"steps": [], "cap": {"count": 0, "hours": 1}}, "$.cap.count"),
        ({"steps": [TAG] * 201}, "$.steps"),
        ({"steps": [TAG | {"label": "x" * 140_000}]}, "$"),
    ],
)  # fmt: skip
def test_an_error_says_just_where_it_is(raw: Any, path: str) -> None:
    assert (path, False) in wrong(raw)
    assert understood(raw).definition is None


def test_branches_stand_in_each_other_to_a_limit() -> None:
    inner: dict[str, Any] = TAG
    for _ in range(12):
        inner = CONDITION | {"trueBranch": [inner]}
    assert [path for path, _ in wrong({"steps": [inner]})] == ["$.steps[0]" + ".trueBranch[0]" * 10 + ".trueBranch"]


NAMES = st.sampled_from(["on", "vip", "late", "Größe"])
CONDITIONS = st.recursive(
    st.builds(lambda field, value: {"field": field, "operator": "equals", "value": value}, st.sampled_from(["contact.email", "order.total"]), NAMES),
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=4,
)  # fmt: skip
PLAIN = st.one_of(
    st.builds(lambda name: {"type": "tag", "config": {"add": [name]}}, NAMES),
    st.builds(lambda hours: {"type": "delay", "config": {"hours": hours}}, st.integers(1, 100)),
    st.builds(lambda minutes: {"type": "delay", "minutes": minutes}, st.integers(1, 100)),
    st.builds(lambda reason: {"type": "exit", "config": {"reason": reason}}, st.sampled_from(["enough", "bought"])),
)


def _branching(inner: Any) -> Any:
    lists = st.lists(inner, max_size=3)
    condition = st.builds(
        lambda config, yes, no, camel: {"type": "condition", "config": config, "trueBranch" if camel else "true_branch": yes, "falseBranch": no},
        CONDITIONS, lists, lists, st.booleans(),
    )  # fmt: skip
    wait = st.builds(
        lambda yes, no: {"type": "waitUntilEvent", "config": {"event": "order.created", "days": 2}, "branches": {"happened": yes, "timeout": no}},
        lists, lists,
    )  # fmt: skip
    return st.one_of(condition, wait)


STEPS = st.lists(st.recursive(PLAIN, _branching, max_leaves=12), max_size=5)


@given(steps=STEPS, seed=st.integers(0, 2**32))
@settings(max_examples=300, deadline=None)
def test_every_definition_that_is_in_order_is_a_graph_that_ends(steps: list[Any], seed: int) -> None:
    found = understood({"steps": steps})
    assert found.problems == []
    assert found.definition is not None
    nodes = found.definition.nodes
    assert len(nodes) == len(_all(steps))
    assert understood(found.json).definition is not None
    assert understood(msgspec.json.decode(msgspec.json.encode(found.json))).json == found.json
    choose = random.Random(seed)
    here, been = found.definition.first, []
    while here is not None:
        assert here not in been
        been.append(here)
        node = nodes[here]
        here = choose.choice([*node.branches.values()]) if node.branches else node.next


def _all(steps: list[Any]) -> list[Any]:
    found = []
    for step in steps:
        found.append(step)
        for key in ("trueBranch", "true_branch", "falseBranch"):
            found += _all(step.get(key, []))
        for inner in step.get("branches", {}).values():
            found += _all(inner)
    return found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-9, 9) | st.sampled_from(["tag", "delay", "a", "1", ""]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["type", "id", "config", "steps", "trueBranch", "branches", "hours", "add", "trigger", "goals", "all", "zone", "cap"]),
        inner, max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(raw=JSON)
@settings(max_examples=500, deadline=None)
def test_whatever_else_is_sent_is_refused_with_a_path(raw: Any) -> None:
    found = understood(raw)
    assert (found.definition is None) == any(not problem.missing for problem in found.problems)
    assert all(problem.path.startswith("$") for problem in found.problems)
    msgspec.json.encode(found.json)


@given(steps=st.lists(PLAIN, min_size=1, max_size=6), place=st.integers(0, 5), wrong_value=st.sampled_from([None, "x", [], {}]))
@settings(max_examples=100, deadline=None)
def test_one_fault_in_a_good_definition_is_found_at_its_place_alone(steps: list[Any], place: int, wrong_value: Any) -> None:
    place %= len(steps)
    spoilt = [*steps[:place], {"type": "delay", "config": {"hours": wrong_value}}, *steps[place:]]
    assert wrong({"steps": spoilt}) == [(f"$.steps[{place}].config.hours", False)]
