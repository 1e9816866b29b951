"""What crosses the edge about segments."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from core import texts
from core.contacts.structs import ContactView
from core.extend.segments import Kind, Value

SegmentKind = Literal["dynamic", "static"]
SegmentName = Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=texts.NAME)]
Description = Annotated[str, msgspec.Meta(max_length=500, pattern=texts.TEXT)]
Tree = Annotated[
    dict[str, Any],
    msgspec.Meta(description='See core/segments/README.md. `{"all": []}` is everybody.', extra={"limited_by": "tree.parse"}),
]
Number = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
Ids = Annotated[list[Number], msgspec.Meta(max_length=1000)]


class OperatorView(msgspec.Struct):
    name: str
    label: str
    value: Value


class ChoiceView(msgspec.Struct):
    value: str
    label: str


class PropertyView(msgspec.Struct):
    """What one comparison looks at."""

    name: str
    label: str
    kind: Kind
    operators: list[OperatorView]
    choices: list[ChoiceView]


class FieldView(PropertyView):
    """`known`: tags, or names of own fields, that the newest contacts have. `properties`: by what its rows can be chosen, of `facts`."""

    group: str
    known: list[str]
    properties: list[PropertyView]


class SegmentSummary(msgspec.Struct, frozen=True):
    id: int
    name: str
    description: str
    kind: SegmentKind
    version: int
    created_by: int | None
    created_at: datetime
    updated_at: datetime


class SegmentView(SegmentSummary, frozen=True):
    """`tree`: null of a list."""

    tree: dict[str, Any] | None


class SegmentPage(msgspec.Struct):
    items: list[SegmentSummary]
    next: str | None


class SegmentInput(msgspec.Struct, forbid_unknown_fields=True):
    """With a `tree`, or without one, as a list that contacts are put on."""

    name: SegmentName
    description: Description = ""
    tree: Tree | None = None


class SegmentChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged. `version`: the one the writer has read; if there is a newer one, 409 `newer_version`."""

    version: int
    name: SegmentName | msgspec.UnsetType = msgspec.UNSET
    description: Description | msgspec.UnsetType = msgspec.UNSET
    tree: Tree | msgspec.UnsetType = msgspec.UNSET


class CountInput(msgspec.Struct, forbid_unknown_fields=True):
    tree: Tree


class PreviewInput(msgspec.Struct, forbid_unknown_fields=True):
    tree: Tree
    cursor: Annotated[str, msgspec.Meta(max_length=400)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 25


class ExplainInput(msgspec.Struct, forbid_unknown_fields=True):
    tree: Tree
    contact_id: Number


class CountView(msgspec.Struct):
    """`exact` false: there was no time to look at all contacts, and there are at least so many."""

    count: int
    exact: bool


class PreviewPage(msgspec.Struct):
    """Newest contacts first. `exact` false: there was no time to look further, so there may be more behind `next`, however few these are."""

    items: list[ContactView]
    next: str | None
    exact: bool


class ClauseView(msgspec.Struct):
    """A part of the tree. `found`: what a comparison looked at: a value, or how often it happened; null where there is none."""

    path: str
    holds: bool
    found: Any = None


class Explanation(msgspec.Struct):
    """Whether a contact is in, and why: every part of the tree, in the order of their paths."""

    holds: bool
    clauses: list[ClauseView]


class MemberChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Who is put on a list and who is taken off it; whoever stands in both is taken off. Safe to repeat."""

    add: Ids = []
    remove: Ids = []


class MembersChanged(msgspec.Struct):
    """How many were not on the list before, and how many were."""

    added: int
    removed: int
