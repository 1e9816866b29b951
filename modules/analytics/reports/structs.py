"""What crosses the edge about reports."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from modules.analytics.metrics import Unit

Name = Literal["overview", "helpdesk", "ai", "email", "orders", "workflows"]
By = Literal["inbox", "team", "agent", "tag", "channel", "mailing", "workflow"]
Step = Literal["hour", "day", "week", "month"]
Scope = Literal["organization", "own"]
DAYS_MAX = 731
KEEP_MIN = 90


class ReportQuestion(msgspec.Struct, frozen=True):
    """Which days, both included, of the organization's own calendar; `by` and `key`: only what counts to one inbox, team, agent, tag,
    channel, mailing or workflow."""

    since: date
    until: date
    by: By | None = None
    key: str = ""

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1


class Measure(msgspec.Struct):
    """One number. `value` and `before` (the same number of days before) are null where there is nothing to count. A share lies between 0 and 1,
    money is in its currency. `better`: whether more or less of it is good news; empty: neither."""

    key: str
    label: str
    unit: Unit
    value: float | None
    before: float | None
    formula: str
    better: Literal["more", "less", ""]
    currency: str = ""


class ReportLine(msgspec.Struct):
    key: str
    label: str
    formula: str
    values: list[float | None]


class ReportPlot(msgspec.Struct):
    """Lines over time. `at`: seconds since 1970 of each step's beginning, as if the organization's clock were UTC."""

    key: str
    label: str
    unit: Unit
    step: Step
    at: list[int]
    lines: list[ReportLine]


class TableColumn(msgspec.Struct):
    key: str
    label: str
    unit: Unit
    formula: str


class TableRow(msgspec.Struct):
    """`key` is an id, a word or a currency; `label` its name, empty where it has none any more."""

    key: str
    label: str
    values: list[float | None]


class ReportTable(msgspec.Struct):
    """`narrows`: its rows are what the report can be narrowed to. `is_cut`: there are more rows than are shown."""

    key: str
    label: str
    columns: list[TableColumn]
    rows: list[TableRow]
    narrows: By | None = None
    is_cut: bool = False


class BusyHours(msgspec.Struct):
    """How many messages of customers came in each hour of each day of the week: 7 (Monday first) times 24."""

    counts: list[list[int]]
    formula: str


class Report(msgspec.Struct):
    """`before_since` is where the days begin that it is compared with. `scope` own: only what counts to the asking agent.

    `key_label`: what it is narrowed to is called so; empty: it has no name.

    `counted_at`: all that was written down until then is in it; `waiting`: how many facts are not yet. `replica_lag_s`: how old the answer of a
    copy of the database is; null: the database itself was asked. `is_empty`: nothing was ever counted.
    """

    name: Name
    scope: Scope
    zone: str
    since: date
    until: date
    before_since: date
    by: By | None
    key: str
    key_label: str
    numbers: list[Measure]
    plots: list[ReportPlot]
    tables: list[ReportTable]
    busy: BusyHours | None
    counted_at: datetime | None
    waiting: int
    replica_lag_s: float | None
    is_empty: bool


class AnalyticsSettings(msgspec.Struct):
    """`keep_days` null: for ever. `rebuilt_at`: when everything was added up anew last."""

    zone: str
    keep_days: int | None
    rebuilt_at: datetime | None


KeepDays = Annotated[int, msgspec.Meta(ge=KEEP_MIN, le=36_500)]


class AnalyticsSettingsChange(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged. `keep_days` null: for ever."""

    zone: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] | msgspec.UnsetType = msgspec.UNSET
    keep_days: KeepDays | msgspec.UnsetType | None = msgspec.UNSET


class Forgetting(msgspec.Struct):
    """What would go, or has gone: figures of days before `before`, and facts of conversations that were done before it."""

    before: date
    rollups: int
    facts: int
