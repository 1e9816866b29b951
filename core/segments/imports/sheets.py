"""Reading a sheet of contacts: bytes of CSV, as spreadsheets write it, to a heading and rows."""

import csv
import io
from collections.abc import Iterator

import msgspec

from core.errors import Invalid

ROWS_MAX = 5000
COLUMNS_MAX = 100
CELL_MAX = 2000
BYTES_MAX = 4 * 1024 * 1024
ROWS_SHOWN, CELL_SHOWN = 5, 80
"""Rows that are shown of a file before it is taken in, and letters of each of their cells."""
DELIMITERS = ",;\t"
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""How a file begins that says its own charset."""


class Row(msgspec.Struct, frozen=True):
    """`line`: where it begins in the file, from 1 on."""

    line: int
    cells: list[str]


class Sheet(msgspec.Struct, frozen=True):
    """`heading`: what the columns are called; as many empty names where the first row is a contact already."""

    heading: list[str]
    rows: list[Row]


def read(content: bytes) -> Sheet:
    """The sheet in a file: UTF-8, UTF-16 with its mark, or what Windows writes in the West; with commas, semicolons or tabs.

    Raises:
        Invalid: `no_sheet`, there is none in it; `too_many_rows`, `too_many_columns`, or `too_long`, with the `line`.
    """
    text = _decoded(content)
    rows = list(_rows(text))
    if not rows:
        raise Invalid("there are no rows in this file", code="no_sheet")
    width = max(len(row.cells) for row in rows)
    if width > COLUMNS_MAX:
        raise Invalid(f"a row has at most {COLUMNS_MAX} columns", code="too_many_columns")
    if any("@" in cell for cell in rows[0].cells):
        return Sheet([""] * width, rows)
    heading = rows[0].cells + [""] * (width - len(rows[0].cells))
    return Sheet(heading, rows[1:])


def sample(sheet: Sheet) -> list[list[str]]:
    """The first rows, as far as people need them to know their columns."""
    return [shown(row.cells) for row in sheet.rows[:ROWS_SHOWN]]


def shown(cells: list[str]) -> list[str]:
    return [cell[:CELL_SHOWN] for cell in cells]


def _decoded(content: bytes) -> str:
    charset = next((name for mark, name in MARKS.items() if content.startswith(mark)), "")
    try:
        text = content.decode(charset or "utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Invalid("this is no text", code="no_sheet")
    return text


def _rows(text: str) -> Iterator[Row]:
    """Those with anything in them."""
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    count, line = 0, 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                count += 1
                if count > ROWS_MAX + 1:
                    raise Invalid(f"a file has at most {ROWS_MAX} rows: please split it", code="too_many_rows")
                if max(map(len, stripped)) > CELL_MAX:
                    raise Invalid(f"line {line} has a cell of more than {CELL_MAX} characters", code="too_long", line=line)
                yield Row(line, stripped)
            line = reader.line_num + 1
    except csv.Error:
        raise Invalid(f"line {line} is no row of a sheet", code="no_sheet", line=line) from None
