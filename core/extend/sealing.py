"""The contract of a sealed column: secrets of others that an owner keeps, so that they can be sealed anew by another key."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """`column` of `table` (whose rows have an `id`) holds what `core.auth.sealing.seal` made, or an empty text.

    `purpose(row)`: what that was sealed for; the row has `organization_id` and the columns in `reads`.

    Raises:
        ValueError: names that cannot be.
    """

    table: str
    column: str
    purpose: Callable[[Mapping[str, Any]], str]
    reads: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not all(map(IDENTIFIER.match, (self.table, self.column, *self.reads))):
            raise ValueError(f"sealed column {self.table[:60]}.{self.column[:60]}: this is no name of a column")

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"
