"""Merge tags: `{{ contact.first_name | there }}`. A name, perhaps words in its place where there is no value, and nothing else, ever.

Names are those of merge fields; `contact.orderCount` is `contact.order_count`. After the name of a `map` comes one of its own, as it is written.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Literal, NamedTuple

import msgspec

from core.extend.merging import MergeField

OPENING = "{{"
TAG = re.compile(r"\{\{([^{}\r\n]{1,400})\}\}")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
NAME_MAX, KEY_MAX, FALLBACK_MAX, FAULTS_MAX = 160, 60, 200, 50
TAGS_MAX = 500
"""Tags of one template, all places where they stand: each may become a long value, in HTML and in text."""
FaultCode = Literal[
    "bad_tag", "unknown_tag", "tag_not_here", "list_needed", "bad_link", "link_needed", "items_or_source", "html_too_complex",
    "too_many_tags",
]  # fmt: skip


class Fault(msgspec.Struct, frozen=True):
    """What of a template cannot be. `path`: the field, `blocks[2].text`; `at`, `length`: where in it, in characters; `suggestion`: a known name."""

    code: FaultCode
    path: str
    at: int
    length: int
    words: str
    suggestion: str = ""


class Tag(NamedTuple):
    """`key`: the name within a `map`; else empty."""

    field: MergeField
    key: str
    fallback: str
    at: int
    length: int


Piece = str | Tag


class Scope:
    """Reads the tags of one field of a template, and notes what cannot be."""

    def __init__(
        self,
        fields: Mapping[str, MergeField],
        path: str = "",
        faults: list[Fault] | None = None,
        count: Iterator[int] | None = None,
    ) -> None:
        self.fields = fields
        self.path = path
        self.faults: list[Fault] = [] if faults is None else faults
        self.count = itertools.count(1) if count is None else count
        """Of tags so far, in all fields of a template."""

    def of(self, path: str) -> "Scope":
        """The same for another field."""
        return Scope(self.fields, path, self.faults, self.count)

    def fault(self, code: FaultCode, at: int, length: int, words: str, suggestion: str = "") -> None:
        if len(self.faults) < FAULTS_MAX:
            self.faults.append(Fault(code, self.path, at, length, words, suggestion))

    def cut(self, source: str, offset: int = 0) -> list[Piece]:
        """The words and tags of a text. `offset`: where in the field it begins."""
        pieces: list[Piece] = []
        at = 0
        while (opens := source.find(OPENING, at)) != -1:
            if opens > at:
                pieces.append(source[at:opens])
            tag, at = self.tag(source, opens, offset)
            if tag is not None:
                pieces.append(tag)
        if at < len(source):
            pieces.append(source[at:])
        return pieces

    def tag(self, source: str, at: int, offset: int = 0) -> tuple[Tag | None, int]:
        """The tag that begins at `at`, and where it ends."""
        found = TAG.match(source, at)
        if found is None:
            self.fault("bad_tag", offset + at, len(OPENING), "a tag begins here that is none: {{ contact.first_name | fallback }}")
            return None, at + len(OPENING)
        name, _, fallback = found.group(1).partition("|")
        return self.named(name.strip(), fallback.strip(), offset + at, found.end() - at), found.end()

    def named(self, name: str, fallback: str, at: int, length: int) -> Tag | None:
        """The tag of a name; None: there is no field of that name, which is noted."""
        if "|" in fallback or len(fallback) > FALLBACK_MAX or not 0 < len(name) <= NAME_MAX:
            self.fault("bad_tag", at, length, f"one name, and one fallback of at most {FALLBACK_MAX} characters")
            return None
        found = self._resolved(name)
        if found is None:
            self.fault("unknown_tag", at, length, f"there is no {name}", self._near(name))
            return None
        if next(self.count) > TAGS_MAX:
            self.fault("too_many_tags", at, length, f"a template has at most {TAGS_MAX} tags")
            return None
        return Tag(*found, fallback, at, length)

    def _near(self, name: str) -> str:
        if len(self.faults) >= FAULTS_MAX:
            return ""  # it takes a while, and is told to nobody
        near = get_close_matches(_snake(name), [one for one in self.fields if not one.startswith("mail.")], 1, 0.6)
        return near[0] if near else ""

    def _resolved(self, name: str) -> tuple[MergeField, str] | None:
        found = self.fields.get(name) or self.fields.get(_snake(name))
        if found is not None:
            return None if found.kind == "map" else (found, "")
        for field in self.fields.values():
            if field.kind == "map":
                depth = field.name.count(".") + 1
                parts = name.split(".", depth)
                if (
                    len(parts) == depth + 1
                    and _snake(".".join(parts[:depth])) == field.name
                    and 0 < len(parts[depth].strip()) <= KEY_MAX
                ):
                    return field, parts[depth].strip()
        return None


def _snake(name: str) -> str:
    return HUMP.sub("_", name).lower()
