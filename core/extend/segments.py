"""The contract of a segment field: one thing that contacts can be chosen by, of core or of a module.

A field is SQL of constants and nothing else: what people choose travels as parameters, which core adds, and so does the organization.
`k` is the contact's row, `e` a row of things that happened; nothing beside them can be named.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "moment", "choice", "tags", "custom", "facts"]
Value = Literal["text", "texts", "number", "moment", "days", "any", "none", "times"]
"""What an operator compares with: a text, a list of them, a number, a time (ISO 8601), a number of days, a text or number or yes or no; nothing;
or how often (`times`, `days`, `where` beside it)."""


@dataclass(frozen=True, slots=True)
class Operator:
    """`opposite` of: it holds exactly where that one does not, also where there is no value at all."""

    label: str
    value: Value
    opposite: str = ""


IS_SET: dict[str, Operator] = {
    "is_set": Operator("is known", "none"),
    "is_not_set": Operator("is not known", "none", opposite="is_set"),
}
CHOSEN: dict[str, Operator] = {
    "is": Operator("is", "text"),
    "is_not": Operator("is not", "text", opposite="is"),
    "is_one_of": Operator("is one of", "texts"),
    "is_none_of": Operator("is none of", "texts", opposite="is_one_of"),
}
WORDS: dict[str, Operator] = {
    "contains": Operator("contains", "text"),
    "not_contains": Operator("does not contain", "text", opposite="contains"),
    "starts_with": Operator("begins with", "text"),
    "ends_with": Operator("ends with", "text"),
}
ORDER: dict[str, Operator] = {
    "lt": Operator("is less than", "number"),
    "lte": Operator("is at most", "number"),
    "gt": Operator("is more than", "number"),
    "gte": Operator("is at least", "number"),
}
OPERATORS: Mapping[Kind, Mapping[str, Operator]] = {
    "text": CHOSEN | WORDS | IS_SET,
    "choice": CHOSEN | IS_SET,
    "number": {"is": Operator("is", "number"), "is_not": Operator("is not", "number", opposite="is")} | ORDER | IS_SET,
    "moment": {
        "before": Operator("is before", "moment"),
        "after": Operator("is after", "moment"),
        "in_last_days": Operator("is in the last days", "days"),
        "not_in_last_days": Operator("is not in the last days", "days", opposite="in_last_days"),
    }
    | IS_SET,
    "tags": {
        "has": Operator("has", "text"),
        "has_not": Operator("has not", "text", opposite="has"),
        "has_any": Operator("has one of", "texts"),
        "has_all": Operator("has all of", "texts"),
        "has_none": Operator("has none of", "texts", opposite="has_any"),
    }
    | IS_SET,
    "custom": CHOSEN | {"is": Operator("is", "any"), "is_not": Operator("is not", "any", opposite="is")} | WORDS | ORDER | IS_SET,
    "facts": {
        "did": Operator("at least so many times", "times"),
        "did_not": Operator("fewer times than that", "times", opposite="did"),
    },
}
"""By kind of field, and by name. Words are compared without regard to capitals; tags and choices as they are written."""

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}(?:\.[a-z][a-z0-9_]{0,39})?\Z")
IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")
LABEL_MAX = 80


def _is_bare(sql: str) -> bool:
    """Neither a parameter, nor the end of a statement, nor a comment."""
    return not any(mark in sql for mark in ("$", ";", "--", "/*", "\x00"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Rows of things that happened to contacts: `table` has `organization_id`, and these columns. `where`: which of its rows, over `e`.

    Core filters by the organization, the contact and the time, so that table wants an index that begins with the organization and the contact.
    """

    table: str
    contact: str = "contact_id"
    at: str = "at"
    where: str = "true"


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentField:
    """`sql` is the value, over `k`; for `facts` the rows in its place, and `properties` (of other kinds, over `e`) by which they can be chosen.

    `name` is unique among all modules and begins with its owner's (`commerce.paid`); that of a property is unique within its field.
    `label` and `group` are for people. `choices`: values that there are, with their labels; of a `choice` and nothing else.

    Raises:
        ValueError: a name or label that cannot be, SQL that is more than an expression, or parts that do not belong together.
    """

    name: str
    label: str
    kind: Kind
    group: str = ""
    sql: str = ""
    choices: Mapping[str, str] | None = None
    facts: Facts | None = None
    properties: Sequence["SegmentField"] = ()

    def __post_init__(self) -> None:
        if not NAME.match(self.name) or not 0 < len(self.label) <= LABEL_MAX or not self.label.isprintable():
            raise ValueError(f"segment field {self.name[:90]!r}: its name or its label cannot be")
        if (self.kind == "facts") != (self.facts is not None) or (self.kind == "facts") == bool(self.sql):
            raise ValueError(f"segment field {self.name}: facts have rows, all others have an expression")
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"segment field {self.name}: a choice has choices, and nothing else has")
        if any(part.kind in {"facts", "custom", "tags"} for part in self.properties) or (self.properties and self.facts is None):
            raise ValueError(f"segment field {self.name}: only facts have properties, and those are plain values")
        parts = [self.sql] if self.facts is None else [self.facts.where]
        names = [] if self.facts is None else [self.facts.table, self.facts.contact, self.facts.at]
        if not all(map(_is_bare, parts)) or not all(map(IDENTIFIER.match, names)):
            raise ValueError(f"segment field {self.name}: this is not one expression of constants")
