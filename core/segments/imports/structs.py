"""What crosses the edge about imports."""

from typing import Annotated, Literal

import msgspec
from litestar.params import QueryParameter

from core import texts

Existing = Literal["keep", "update"]
Reason = Literal["no_address", "bad_address", "bad_value", "twice_in_file", "plan_limit"]
Columns = Annotated[
    list[Annotated[str, msgspec.Meta(max_length=80, pattern=texts.TEXT)]] | None,
    QueryParameter(
        max_items=100,
        description="What each column is: email, first_name, last_name, phone, tags, custom.<name>, number.<name>, or empty: left out. "
        "Not given: guessed from the heading.",
    ),
]


class ColumnView(msgspec.Struct):
    """`target`: what the column becomes; empty where it is left out."""

    heading: str
    target: str


class SkippedView(msgspec.Struct):
    """Rows that nothing is done with, and why; `lines` of the first of them, and what is wrong with the very first."""

    reason: Reason
    count: int
    lines: list[int]
    detail: str


class WrongRow(msgspec.Struct):
    """A row that nothing is done with: where it begins in the file, and why."""

    line: int
    reason: Reason
    detail: str


class ImportReport(msgspec.Struct):
    """What was done, or (`dry_run`) would be. `rows` = `created` + `matched` + all that were skipped.

    `created`: contacts that nobody knew; `matched`: rows of known ones, of whom `updated` were changed. `added` to the list were those that did not
    stand on it (`already`). `sample`: cells of the first rows; `wrong`: each row that was skipped.
    """

    dry_run: bool
    columns: list[ColumnView]
    rows: int
    created: int
    matched: int
    updated: int
    added: int
    already: int
    skipped: list[SkippedView]
    sample: list[list[str]] = []
    wrong: list[WrongRow] = []
