"""A segment's tree: read from JSON, refused with the exact place of what is wrong in it.

    {"all": [{"field": "contact.tags", "op": "has", "value": "vip"},
             {"not": {"field": "analytics.wrote", "op": "did", "times": 2, "days": 30}},
             {"any": [{"segment": 7}, {"field": "contact.custom", "key": "city", "op": "is", "value": "Graz"}]}]}

`{"all": []}` is everybody. What is told apart here: `all`, `any`, `not`, `segment` (who is in another one), and clauses.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from core.errors import Invalid
from core.extend.segments import OPERATORS, SegmentField
from core.segments import values

DEPTH_MAX = 8
NODES_MAX = 200
"""Nodes of one tree; with all that it refers to it has at most as many."""
FACTS_MAX = 20
"""Clauses about what happened, of one tree with all that it refers to: each is a join."""
WHERE_MAX = 5
TIMES_MAX = 1000
KEY_MAX = 60
PROBLEMS_MAX = 20
ID_MAX = 2**63 - 1
HEADS = ("all", "any", "not", "segment", "field")

Fields = Mapping[str, SegmentField]
Plain = str | Decimal | bool | values.Moment | int | list[str] | None
"""A value as SQL takes it."""


class Problem(msgspec.Struct, frozen=True):
    """What is wrong, and where: `$.all[2].value`."""

    path: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison. `times`, `days` and `where` are of facts, `key` of own fields; `days` None: ever."""

    path: str
    field: SegmentField
    op: str
    value: Plain = None
    key: str = ""
    times: int = 1
    days: int | None = None
    where: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """Whoever is in another segment."""

    path: str
    segment_id: int


@dataclass(frozen=True, slots=True)
class Group:
    """`all` of the parts hold, or `any` of them."""

    path: str
    head: str
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    path: str
    part: "Node"


Node = Clause | Member | Group | Negation


def refused(problems: list[Problem]) -> Invalid:
    first = problems[0]
    return Invalid(f"{first.path}: {first.detail}", code="bad_segment", path=first.path, problems=msgspec.to_builtins(problems))


def parse(raw: Any, fields: Fields) -> Node:
    """The tree that JSON says.

    Raises:
        Invalid: `bad_segment`, with `path` and `problems` (the first twenty).
    """
    reader = _Reader(fields)
    node = reader.node(raw, "$", 1)
    if reader.problems or node is None:
        raise refused(reader.problems)
    return node


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in the order of their paths."""
    yield node
    if isinstance(node, Group):
        for part in node.parts:
            yield from walk(part)
    elif isinstance(node, Negation):
        yield from walk(node.part)


class _MisplacedError(Exception):
    """Nothing more can be read of this node."""

    def __init__(self, path: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = Problem(path, code, detail)


class _Reader:
    """Reads on after a mistake where it can, so that whoever sent a tree hears of several at once."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._nodes = 0
        self.problems: list[Problem] = []

    def _wrong(self, problem: Problem) -> None:
        if len(self.problems) < PROBLEMS_MAX:
            self.problems.append(problem)

    def node(self, raw: Any, path: str, depth: int) -> Node | None:
        self._nodes += 1
        try:
            return self._node(raw, path, depth) if self._nodes <= NODES_MAX + 1 else None
        except _MisplacedError as error:
            self._wrong(error.problem)
        return None

    def _node(self, raw: Any, path: str, depth: int) -> Node | None:
        if self._nodes > NODES_MAX:
            raise _MisplacedError(path, "too_many_nodes", f"a segment has at most {NODES_MAX} parts")
        if depth > DEPTH_MAX:
            raise _MisplacedError(path, "too_deep", f"a segment nests at most {DEPTH_MAX} deep")
        if not isinstance(raw, dict):
            raise _MisplacedError(path, "no_object", "an object was expected here")
        found = [head for head in HEADS if head in raw]
        if len(found) != 1:
            raise _MisplacedError(path, "no_head", f"exactly one of {', '.join(HEADS)} must stand here")
        if found[0] in {"all", "any"}:
            return self._group(found[0], raw, path, depth)
        if found[0] == "not":
            self._only(raw, path, "not")
            part = self.node(raw["not"], f"{path}.not", depth + 1)
            return None if part is None else Negation(path, part)
        if found[0] == "segment":
            self._only(raw, path, "segment")
            return Member(path, _whole(raw["segment"], f"{path}.segment", ID_MAX))
        return self._clause(raw, path, self._fields)

    def _only(self, raw: dict[str, Any], path: str, *known: str) -> None:
        for name in raw:
            if name not in known:
                shown = name if name.isidentifier() and len(name) <= KEY_MAX else "…"
                self._wrong(Problem(f"{path}.{shown}", "unknown_member", "nothing of this name belongs here"))

    def _group(self, head: str, raw: dict[str, Any], path: str, depth: int) -> Group:
        self._only(raw, path, head)
        listed, here = raw[head], f"{path}.{head}"
        if not isinstance(listed, list):
            raise _MisplacedError(here, "no_list", "a list was expected here")
        if not listed and (head == "any" or depth > 1):
            raise _MisplacedError(here, "empty", "this list must not be empty")
        read = [self.node(part, f"{here}[{place}]", depth + 1) for place, part in enumerate(listed[: NODES_MAX + 1])]
        return Group(path, head, tuple(part for part in read if part is not None))

    def _clause(self, raw: dict[str, Any], path: str, fields: Fields) -> Clause:
        name, op = raw["field"], raw.get("op")
        field = fields.get(name) if isinstance(name, str) else None
        if field is None:
            raise _MisplacedError(f"{path}.field", "unknown_field", "there is no field of this name")
        operator = OPERATORS[field.kind].get(op) if isinstance(op, str) else None
        if not isinstance(op, str) or operator is None:
            possible = ", ".join(OPERATORS[field.kind])
            raise _MisplacedError(f"{path}.op", "unknown_operator", f"{field.label} is compared by one of {possible}")
        if operator.value == "times":
            return self._facts(raw, path, field, op)
        own = ("key",) if field.kind == "custom" else ()
        self._only(raw, path, "field", "op", *own, *(() if operator.value == "none" else ("value",)))
        key = _key(raw, path) if own else ""
        try:
            return Clause(path, field, op, values.read(operator.value, raw.get("value"), field), key)
        except values.WrongValueError as error:
            raise _MisplacedError(f"{path}.value{error.place}", error.code, error.detail) from None

    def _facts(self, raw: dict[str, Any], path: str, field: SegmentField, op: str) -> Clause:
        self._only(raw, path, "field", "op", "times", "days", "where")
        times = _whole(raw.get("times", 1), f"{path}.times", TIMES_MAX)
        days = None if raw.get("days") is None else _whole(raw["days"], f"{path}.days", values.DAYS_MAX)
        where = tuple(self._where(raw.get("where", []), f"{path}.where", field))
        return Clause(path, field, op, times=times, days=days, where=where)

    def _where(self, raw: Any, path: str, field: SegmentField) -> Iterator[Clause]:
        if not isinstance(raw, list) or len(raw) > WHERE_MAX:
            raise _MisplacedError(path, "no_list", f"a list of at most {WHERE_MAX} was expected here")
        fields = {part.name: part for part in field.properties}
        for place, part in enumerate(raw):
            try:
                yield self._property(part, f"{path}[{place}]", fields)
            except _MisplacedError as error:
                self._wrong(error.problem)

    def _property(self, raw: Any, path: str, fields: Fields) -> Clause:
        if not isinstance(raw, dict) or "field" not in raw:
            raise _MisplacedError(path, "no_object", "an object with a field was expected here")
        return self._clause(raw, path, fields)


def _whole(raw: Any, path: str, most: int) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= most:
        raise _MisplacedError(path, "no_whole_number", f"a whole number from 1 to {most} was expected here")
    return raw


def _key(raw: dict[str, Any], path: str) -> str:
    key = raw.get("key")
    if not isinstance(key, str) or not 0 < len(key) <= KEY_MAX or "\x00" in key:
        raise _MisplacedError(
            f"{path}.key", "no_key", f"the name of an own field was expected here, of at most {KEY_MAX} characters"
        )
    return key
