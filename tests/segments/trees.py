"""Any tree that can be written over the people of `people.py`."""

from typing import Any

from hypothesis import strategies as st

from core.extend.segments import OPERATORS
from tests.segments.oracle import DID, KINDS
from tests.segments.people import CHANNELS, KEYS, NUMBERS, STATUSES, TAGS, TEXTS, WORDS

Tree = dict[str, Any]
texts = st.sampled_from([*TEXTS, *WORDS])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "texts": st.lists(texts, min_size=1, max_size=4),
    "number": st.sampled_from(NUMBERS),
    "moment": st.sampled_from(["2024-02-29", "2026-01-01T00:00:00Z", "2025-06-30T12:00:00+02:00", "2100-01-01"]),
    "days": st.sampled_from([1, 7, 30, 365, 3650]),
    "any": st.one_of(texts, st.sampled_from(NUMBERS), st.booleans()),
}
OF_KIND = {"choice": st.sampled_from(STATUSES), "tags": st.sampled_from(TAGS)}


def _value(kind: str, wanted: str) -> st.SearchStrategy[Any]:
    one = OF_KIND.get(kind)
    if one is None or wanted not in {"text", "texts"}:
        return VALUES[wanted]
    return one if wanted == "text" else st.lists(one, min_size=1, max_size=3)


@st.composite
def _compared(draw: st.DrawFn) -> Tree:
    name = draw(st.sampled_from(sorted(KINDS)))
    kind = KINDS[name]
    op = draw(st.sampled_from(sorted(OPERATORS[kind])))
    wanted = OPERATORS[kind][op].value
    clause: Tree = {"field": f"contact.{name}", "op": op}
    if kind == "custom":
        clause["key"] = draw(st.sampled_from(KEYS))
    return clause if wanted == "none" else clause | {"value": draw(_value(kind, wanted))}


@st.composite
def _did(draw: st.DrawFn) -> Tree:
    clause: Tree = {"field": f"village.{draw(st.sampled_from(DID))}", "op": draw(st.sampled_from(["did", "did_not"]))}
    clause |= draw(st.fixed_dictionaries({}, optional={"times": st.integers(1, 4), "days": VALUES["days"]}))
    where = st.fixed_dictionaries({
        "field": st.just("channel"), "op": st.sampled_from(["is", "is_not"]), "value": st.sampled_from(CHANNELS),
    })  # fmt: skip
    return clause | draw(st.fixed_dictionaries({}, optional={"where": st.lists(where, max_size=2)}))


def trees(*segment_ids: int, leaves: int = 8) -> st.SearchStrategy[Tree]:
    """`segment_ids`: those that it may name."""
    named = [st.sampled_from(segment_ids).map(lambda number: {"segment": number})] if segment_ids else []
    return st.recursive(
        st.one_of(_compared(), _compared(), _did(), *named),
        lambda part: st.one_of(
            st.lists(part, min_size=1, max_size=4).map(lambda parts: {"all": parts}),
            st.lists(part, min_size=1, max_size=4).map(lambda parts: {"any": parts}),
            part.map(lambda one: {"not": one}),
        ),
        max_leaves=leaves,
    ).filter(lambda tree: _depth(tree) <= 8)


def _depth(tree: Tree) -> int:
    below = tree.get("all") or tree.get("any") or ([tree["not"]] if "not" in tree else [])
    return 1 + max(map(_depth, below), default=0)
