"""A tree as SQL. Every value is a parameter; fields are constants of their owners; whatever is unknown (NULL) does not hold.

A clause is never NULL, so NOT is the plain opposite, and what happened stands in joins of sums by contact: PostgreSQL then hashes two sets
wherever the clause stands, below OR and NOT too, where a subquery would be run for each contact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from core.extend.segments import OPERATORS, Facts
from core.segments.tree import Clause, Group, Member, Negation, Node

FIRST, LAST = 0, 2**63 - 1
RANGE = "k.organization_id = $1 AND k.id >= $2 AND k.id < $3"


@dataclass(frozen=True, slots=True)
class Part:
    """A segment that a tree names: a list where `node` is None."""

    segment_id: int
    node: Node | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A clause as SQL: whether it holds, and what it looked at, as JSON."""

    path: str
    holds: str
    found: str


@dataclass(frozen=True, slots=True)
class Selection:
    """`FROM contacts k {joins} WHERE {RANGE} AND {holds}` finds those contacts of the organization that have ids from `$2` to below `$3`."""

    node: Node
    joins: str
    holds: str
    leaves: tuple[Leaf, ...]
    parameters: tuple[Any, ...]

    def rows(self, columns: str) -> str:
        """A statement of those contacts, in no order."""
        return f"SELECT {columns} FROM contacts k {self.joins} WHERE {RANGE} AND {self.holds}"

    def arguments(self, first: int = FIRST, last: int = LAST) -> list[Any]:
        """Its arguments, for contacts with ids from `first` to below `last`."""
        organization_id, *rest = self.parameters
        return [organization_id, first, last, *rest]


def selection(organization_id: int, node: Node, parts: Mapping[int, Part], now: datetime) -> Selection:
    """The contacts of this organization that a tree chooses, as of `now`. `parts`: all segments that it names, and those that they name."""
    compiler = _Compiler(organization_id, parts, now)
    holds = compiler.node(node)
    return Selection(node, " ".join(compiler.joins), holds, tuple(compiler.leaves), tuple(compiler.parameters))


class _Compiler:
    """`$1` is the organization, `$2` and `$3` the range of contacts; values come after. Each must stand in the statement: PostgreSQL insists."""

    def __init__(self, organization_id: int, parts: Mapping[int, Part], now: datetime) -> None:
        self.parameters: list[Any] = [organization_id]
        self.joins: list[str] = []
        self.leaves: list[Leaf] = []
        self._parts = parts
        self._now = now
        self._inside = 0

    def bind(self, value: Any, kind: str) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters) + 2}::{kind}"

    def node(self, node: Node) -> str:
        if isinstance(node, Group):
            parts = [self.node(part) for part in node.parts]
            return f"({(' AND ' if node.head == 'all' else ' OR ').join(parts)})" if parts else "true"
        if isinstance(node, Negation):
            return f"(NOT {self.node(node.part)})"
        holds, found = self._member(node) if isinstance(node, Member) else self._clause(node)
        if not self._inside:
            self.leaves.append(Leaf(node.path, holds, found))
        return holds

    def _member(self, node: Member) -> tuple[str, str]:
        part = self._parts[node.segment_id]
        if part.node is not None:
            self._inside += 1
            holds = self.node(part.node)
            self._inside -= 1
            return holds, "NULL::jsonb"
        alias = f"j{len(self.joins)}"
        number = self.bind(node.segment_id, "bigint")
        self.joins.append(
            f"LEFT JOIN segment_members {alias} ON {alias}.organization_id = $1 AND {alias}.segment_id = {number} "
            f"AND {alias}.contact_id = k.id AND {alias}.contact_id >= $2 AND {alias}.contact_id < $3"
        )
        return f"({alias}.id IS NOT NULL)", "NULL::jsonb"

    def _clause(self, clause: Clause) -> tuple[str, str]:
        if clause.field.facts is not None:
            return self._facts(clause, clause.field.facts)
        if clause.field.kind != "custom":
            return self._value(clause), f"to_jsonb({clause.field.sql})"
        key = self.bind(clause.key, "text")
        return _whole(clause, self._own(clause, f"({clause.field.sql})", key)), f"({clause.field.sql} -> {key})"

    def _value(self, clause: Clause) -> str:
        return _whole(clause, self._compared(clause.field.kind, f"({clause.field.sql})", _positive(clause), clause.value))

    def _compared(self, kind: str, x: str, op: str, value: Any) -> str:
        if op == "is_set":
            return {"text": f"{x} <> ''", "choice": f"{x} <> ''", "tags": f"cardinality({x}) > 0"}.get(kind, f"{x} IS NOT NULL")
        if kind == "text":
            return self._text(x, op, value)
        if kind == "choice":
            return f"{x} = ANY ({self.bind([value] if op == 'is' else value, 'text[]')})"
        if kind == "tags":
            return self._tags(x, op, value)
        return self._moment(x, op, value) if kind == "moment" else self._number(x, op, value)

    def _text(self, x: str, op: str, value: Any) -> str:
        if op == "is_one_of":
            return f"lower({x}) IN (SELECT lower(v) FROM unnest({self.bind(value, 'text[]')}) v)"
        v = f"lower({self.bind(value, 'text')})"
        return {
            "is": f"lower({x}) = {v}",
            "contains": f"strpos(lower({x}), {v}) > 0",
            "starts_with": f"starts_with(lower({x}), {v})",
            "ends_with": f"right(lower({x}), length({v})) = {v}",
        }[op]

    def _number(self, x: str, op: str, value: Any) -> str:
        sign = {"is": "=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}[op]
        return f"{x} {sign} {self.bind(value, 'numeric')}"

    def _moment(self, x: str, op: str, value: Any) -> str:
        if op == "in_last_days":
            return f"{x} > {self._ago(value)} AND {x} <= {self._ago(0)}"
        return f"{x} {'<' if op == 'before' else '>'} {self.bind(value, 'timestamptz')}"

    def _ago(self, days: int) -> str:
        return self.bind(self._now - timedelta(days=days), "timestamptz")

    def _tags(self, x: str, op: str, value: Any) -> str:
        v = self.bind([value] if op == "has" else value, "text[]")
        return f"{x} @> {v}" if op in {"has", "has_all"} else f"{x} && {v}"

    def _own(self, clause: Clause, x: str, key: str) -> str:
        """An own field, whose kind is that of what it is compared with: a text is no number."""
        kind, op, value = f"jsonb_typeof({x} -> {key})", _positive(clause), clause.value
        if op == "is_set":
            return f"({x} ->> {key}) <> ''"
        if isinstance(value, bool):
            return f"({x} -> {key}) = to_jsonb({self.bind(value, 'boolean')})"
        if isinstance(value, Decimal):
            return f"CASE WHEN {kind} = 'number' THEN {self._number(f'({x} ->> {key})::numeric', op, value)} END"
        return f"{kind} = 'string' AND {self._text(f'({x} ->> {key})', op, value)}"

    def _facts(self, clause: Clause, facts: Facts) -> tuple[str, str]:
        alias = f"j{len(self.joins)}"
        self.joins.append("")
        conditions = [
            "e.organization_id = $1", f"e.{facts.contact} >= $2 AND e.{facts.contact} < $3", f"({facts.where})",
            f"e.{facts.at} <= {self._ago(0)}",
        ]  # fmt: skip
        if clause.days is not None:
            conditions.append(f"e.{facts.at} > {self._ago(clause.days)}")
        conditions += [self._value(part) for part in clause.where]
        rows = f"SELECT e.{facts.contact} AS contact_id, count(*) AS n FROM {facts.table} e WHERE {' AND '.join(conditions)} GROUP BY 1"
        self.joins[int(alias[1:])] = f"LEFT JOIN ({rows}) {alias} ON {alias}.contact_id = k.id"
        holds = f"(coalesce({alias}.n, 0) >= {self.bind(clause.times, 'bigint')})"
        return (f"(NOT {holds})" if clause.op == "did_not" else holds), f"to_jsonb(coalesce({alias}.n, 0))"


def _positive(clause: Clause) -> str:
    """Its operator, or that which it is the opposite of."""
    return OPERATORS[clause.field.kind][clause.op].opposite or clause.op


def _whole(clause: Clause, positive: str) -> str:
    """What is unknown does not hold, and the opposite of what does not hold does."""
    return (
        f"(NOT coalesce({positive}, false))" if OPERATORS[clause.field.kind][clause.op].opposite else f"coalesce({positive}, false)"
    )
