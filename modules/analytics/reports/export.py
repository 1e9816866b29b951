"""A report's table, or its numbers over time, as CSV. Nothing in it is a formula to a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from core.errors import NotFound
from modules.analytics.reports.structs import Report, ReportPlot, ReportTable

NUMBERS = "numbers"
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Writer(Protocol):
    def writerow(self, row: Sequence[str], /) -> object: ...


def to_csv(report: Report, part: str) -> str:
    """`part`: `numbers`, or the key of one of its plots or tables.

    Raises:
        NotFound: the report has no such part.
    """
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    if part == NUMBERS:
        rows.writerow(["Name", "Value", "Before", "Unit", "Formula"])
        for number in report.numbers:
            unit = number.currency or number.unit
            rows.writerow([harmless(number.label), _number(number.value), _number(number.before), unit, harmless(number.formula)])
        return written.getvalue()
    for plot in report.plots:
        if plot.key == part:
            _plot(rows, plot)
            return written.getvalue()
    for table in report.tables:
        if table.key == part:
            _table(rows, table)
            return written.getvalue()
    raise NotFound("this report has no such part")


def harmless(text: str) -> str:
    """Text that a spreadsheet takes for text: tags and names are written by anybody."""
    return f"'{text}" if text.startswith(FORMULAS) else text


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def _plot(rows: Writer, plot: ReportPlot) -> None:
    rows.writerow(["From", *(harmless(line.label) for line in plot.lines)])
    for place, at in enumerate(plot.at):
        moment = datetime.fromtimestamp(at, UTC)
        shown = moment.strftime("%Y-%m-%d %H:%M") if plot.step == "hour" else moment.date().isoformat()
        rows.writerow([shown, *(_number(line.values[place]) for line in plot.lines)])


def _table(rows: Writer, table: ReportTable) -> None:
    rows.writerow(["Key", "Name", *(harmless(column.label) for column in table.columns)])
    for row in table.rows:
        rows.writerow([harmless(row.key), harmless(row.label), *(_number(value) for value in row.values)])
