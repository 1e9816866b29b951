"""The contract of names: what an owner's things are called, for those who show figures or lists of them and do not know the owner."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from core.access import Actor

KIND = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """`called(actor, ids)`: by id what those of up to a few hundred are called that the actor may see; of others, nothing. It raises for none.

    Raises:
        ValueError: a kind that cannot be.
    """

    kind: str
    called: Callable[[Actor, Sequence[int]], Awaitable[Mapping[int, str]]]

    def __post_init__(self) -> None:
        if not KIND.match(self.kind):
            raise ValueError(f"names of {self.kind[:60]!r}: this is no kind")

    @property
    def name(self) -> str:
        return self.kind
