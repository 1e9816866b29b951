"""The contract of whoever refers to segments: what of his keeps one from being deleted, so that whoever wanted to delete it finds it."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import msgspec

from core.access import Actor

KIND = re.compile(r"[a-z][a-z_]{0,29}\Z")


class SegmentUse(msgspec.Struct, frozen=True):
    """Something that refers to a segment. `kind`: `campaign`; `path`: its page, below `/app`."""

    kind: str
    id: int
    name: str
    path: str


class SegmentUses(msgspec.Struct, frozen=True):
    """Some of what refers to a segment, newest first, and how many there are in all, shown or not."""

    shown: Sequence[SegmentUse]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentUser:
    """`uses(actor, segment_id, most)`: what refers to it now, of what the actor may see at most so many; only reads.

    Raises:
        ValueError: a kind that cannot be.
    """

    kind: str
    uses: Callable[[Actor, int, int], Awaitable[SegmentUses]]

    def __post_init__(self) -> None:
        if not KIND.match(self.kind):
            raise ValueError(f"segment user {self.kind[:60]!r}: its kind cannot be")

    @property
    def name(self) -> str:
        return self.kind
