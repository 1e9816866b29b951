"""Reports, made of rollups alone. Admins and users read the organization's, agents what counts to them."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from core import replica
from core.access import MARKETERS, STAFF, Actor
from core.database import Unit
from core.errors import Forbidden, Invalid
from modules.analytics.counting.cells import HOURLY
from modules.analytics.metrics import BY_KEY, Metric
from modules.analytics.others import UNITS
from modules.analytics.reports import naming, sums
from modules.analytics.reports.layouts import LAYOUTS, Broken, Layout, Plotted
from modules.analytics.reports.structs import (
    DAYS_MAX,
    BusyHours,
    Measure,
    Name,
    Report,
    ReportLine,
    ReportPlot,
    ReportQuestion,
    ReportTable,
    Step,
    TableColumn,
    TableRow,
)

FRESH_S = 30.0
KEPT = 500
ROWS = 50
WAITING_MAX = 10_000
STANDING = """
SELECT coalesce((SELECT s.zone FROM analytics_states s WHERE s.organization_id = $1), 'UTC'),
       (SELECT s.counted_at FROM analytics_states s WHERE s.organization_id = $1),
       (SELECT count(*) FROM (SELECT FROM analytics_pending p WHERE p.organization_id = $1 LIMIT $2) w),
       NOT EXISTS (SELECT FROM analytics_rollups r WHERE r.organization_id = $1)
"""
CURRENCIES = """
SELECT r.key, r.metric, coalesce(sum(r.value) FILTER (WHERE r.day >= $5), 0)::bigint, coalesce(sum(r.value) FILTER (WHERE r.day < $5), 0)::bigint
FROM analytics_rollups r
WHERE r.organization_id = $1 AND r.metric = ANY ($2::text[]) AND r.dimension = $3 AND r.hour = -1 AND r.day BETWEEN $4 AND $6
GROUP BY 1, 2
"""
BUSY_FORMULA = "messages that customers wrote, by the hour and day of the week in which they came"

_kept: OrderedDict[tuple[Any, ...], tuple[float, Report]] = OrderedDict()
"""Answers of the last half minute, by who may read what: figures need not be newer than that."""


class _Standing(msgspec.Struct):
    zone: str
    counted_at: datetime | None
    waiting: int
    is_empty: bool


class _Asked(msgspec.Struct, frozen=True):
    """What a report is about, once it is settled who asks."""

    actor: Actor
    layout: Layout
    dimension: str
    key: str
    before: date
    since: date
    until: date

    @property
    def step(self) -> Step:
        days = (self.until - self.since).days + 1
        return "hour" if days <= 2 else "day" if days <= 92 else "week" if days <= 370 else "month"


def forget() -> None:
    """Of this process's own answers; others' are half a minute old at most."""
    _kept.clear()


async def today(actor: Actor) -> date:
    """On the organization's own calendar."""
    async with replica.read(actor) as asked:
        return datetime.now(ZoneInfo((await _standing(asked.db, actor)).zone)).date()


async def report(actor: Actor, name: Name, question: ReportQuestion) -> Report:
    """A report, as it was at most half a minute ago.

    Raises:
        Forbidden: the actor is no member of staff, or an agent who asks for what is not his own.
        Invalid: the days are too many or in the wrong order, or it cannot be narrowed so.
    """
    layout = LAYOUTS[name]
    actor.require(*STAFF)
    is_own = actor.role not in MARKETERS
    _check(layout, question, is_own=is_own)
    by, key = ("agent", str(actor.user_id or 0)) if is_own else (question.by, question.key if question.by else "")
    kept = (actor.organization_id, name, by, key, is_own, question.since, question.until)
    found = _kept.get(kept)
    if found is not None and found[0] > time.monotonic():
        return await naming.named(actor, found[1])
    before = question.since - timedelta(days=question.days)
    asked = _Asked(actor, layout, by or "all", key, before, question.since, question.until)
    answer = await _report(asked, name, question, is_own=is_own)
    _kept[kept] = (time.monotonic() + FRESH_S, answer)
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return await naming.named(actor, answer)


def _check(layout: Layout, question: ReportQuestion, *, is_own: bool) -> None:
    if is_own and not layout.own:
        raise Forbidden("agents read their own figures only")
    if question.since > question.until:
        raise Invalid("the first day comes after the last", code="bad_range")
    if question.days > DAYS_MAX or question.since.year < 2000 or question.until.year > 9000:
        raise Invalid(f"at most {DAYS_MAX} days", code="bad_range")
    if question.by is not None and question.by not in layout.narrowed:
        raise Invalid("this report cannot be narrowed to that", code="cannot_narrow")
    if question.by is not None and not question.key:
        raise Invalid("say which one to narrow it to", code="cannot_narrow")


async def _report(asked: _Asked, name: Name, question: ReportQuestion, *, is_own: bool) -> Report:
    actor, layout = asked.actor, asked.layout
    async with replica.read(actor) as reading:
        db = reading.db
        standing = await _standing(db, actor)
        numbers = await _numbers(db, asked)
        plots = [await _plot(db, asked, plot) for plot in layout.plots]
        is_whole = asked.dimension == "all"
        tables = [await _table(db, asked, table) for table in layout.tables] if is_whole else []
        if layout.money and is_whole:
            more, table = await _money(db, asked, layout.money)
            numbers += more
            tables.insert(0, table)
        named = {} if is_whole else await sums.names(db, actor, asked.dimension, [asked.key])
        busy = None
        if layout.busy:
            counts = await sums.busy(db, actor, asked.dimension, asked.key, asked.since, asked.until)
            busy = BusyHours(counts, BUSY_FORMULA)
        return Report(
            name=name, scope="own" if is_own else "organization", zone=standing.zone, since=asked.since, until=asked.until,
            before_since=asked.before,
            by=None if is_own else question.by, key="" if is_own else asked.key, key_label=named.get(asked.key, ""), numbers=numbers, plots=plots,
            tables=tables, busy=busy, counted_at=standing.counted_at, waiting=standing.waiting, replica_lag_s=reading.lag_s,
            is_empty=standing.is_empty,
        )  # fmt: skip


async def _standing(db: Unit, actor: Actor) -> _Standing:
    return (await db.fetch(_Standing, STANDING, actor.organization_id, WAITING_MAX))[0]


async def _numbers(db: Unit, asked: _Asked) -> list[Measure]:
    wanted = asked.layout.numbers
    now, then = await sums.totals(db, asked.actor, wanted, asked.dimension, asked.key, asked.before, asked.since, asked.until)
    return [_number(BY_KEY[key], sums.value_of(BY_KEY[key], now), sums.value_of(BY_KEY[key], then)) for key in wanted]


def _number(metric: Metric, value: float | None, before: float | None) -> Measure:
    return Measure(metric.key, metric.label, metric.unit, value, before, metric.formula, metric.better)


async def _plot(db: Unit, asked: _Asked, plot: Plotted) -> ReportPlot:
    metrics = [BY_KEY[key] for key in plot.metrics]
    step: Step = "day" if asked.step == "hour" and not HOURLY.issuperset(plot.metrics) else asked.step
    found = await sums.steps(db, asked.actor, plot.metrics, asked.dimension, asked.key, asked.since, asked.until, step)
    at = _moments(asked.since, asked.until, step)
    lines = [
        ReportLine(metric.key, metric.label, metric.formula, [sums.value_of(metric, found.get(moment, {})) for moment in at])
        for metric in metrics
    ]
    for metric, line in zip(metrics, lines, strict=True):
        if metric.way == "stock":
            line.values = await _stock(db, asked, metric, [sums.change_of(metric, found.get(moment, {})) for moment in at])
    return ReportPlot(plot.key, plot.label, metrics[0].unit, step, at, lines)


async def _stock(db: Unit, asked: _Asked, metric: Metric, changes: Sequence[int]) -> list[float | None]:
    """What there was before the first step, and then with each step's change."""
    last = asked.since - timedelta(days=1)
    rows = await db.fetch_rows(sums.STOCK, asked.actor.organization_id, metric.of[0], asked.dimension, asked.key, asked.since, last)
    held, values = int(rows[0][0]), []
    for change in changes:
        held += change
        values.append(float(max(0, held)))
    return list(values)


def _moments(since: date, until: date, step: Step) -> list[int]:
    """Every step from the one that holds `since` to the one that holds `until`."""
    if step == "hour":
        first = _midnight(since)
        return list(range(first, first + ((until - since).days + 1) * 86_400, 3600))
    moments, day = [], _first(since, step)
    while day <= until:
        moments.append(_midnight(day))
        day = _first(day + timedelta(days={"day": 1, "week": 7, "month": 32}[step]), step)
    return moments


def _first(day: date, step: Step) -> date:
    return day - timedelta(days=day.weekday()) if step == "week" else day.replace(day=1) if step == "month" else day


def _midnight(day: date) -> int:
    return int(datetime.combine(day, clock.min, UTC).timestamp())


async def _table(db: Unit, asked: _Asked, table: Broken) -> ReportTable:
    found = await sums.broken_down(db, asked.actor, table.metrics, table.dimension, asked.since, asked.until)
    metrics = [BY_KEY[key] for key in table.metrics]
    rows = [TableRow(key, "", [sums.value_of(metric, its) for metric in metrics]) for key, its in found.items()]
    rows = sorted((row for row in rows if any(row.values)), key=lambda row: (-(row.values[0] or 0), row.key))
    shown = rows[:ROWS]
    named = await sums.names(db, asked.actor, table.dimension, [row.key for row in shown])
    for row in shown:
        row.label = named.get(row.key, "")
    columns = [TableColumn(metric.key, metric.label, metric.unit, metric.formula) for metric in metrics]
    return ReportTable(table.dimension, table.label, columns, shown, table.narrows, is_cut=len(rows) > ROWS)


async def _money(db: Unit, asked: _Asked, formulas: Any) -> tuple[list[Measure], ReportTable]:
    """A number for each sum in the currency that most came in, and all currencies as a table."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    values = (list(formulas), "currency", asked.before, asked.since, asked.until)
    for currency, metric, now, then in await db.fetch_rows(CURRENCIES, asked.actor.organization_id, *values):
        found.setdefault(currency, {})[metric] = (now / UNITS, then / UNITS)
    ordered = sorted(found, key=lambda currency: (-found[currency].get("revenue", (0.0, 0.0))[0], currency))
    labels = {"revenue": "Revenue", "refunded": "Given back", "attributed": "Revenue after mail"}
    numbers = [
        Measure(
            key,
            labels[key],
            "money",
            *found[currency].get(key, (0.0, 0.0)),
            formula,
            "less" if key == "refunded" else "more",
            currency,
        )
        for currency in ordered[:1]
        for key, formula in formulas.items()
    ]
    columns = [TableColumn(key, labels[key], "money", formula) for key, formula in formulas.items()]
    rows = [
        TableRow(currency, currency, [found[currency].get(key, (0.0, 0.0))[0] for key in formulas]) for currency in ordered[:ROWS]
    ]
    return numbers, ReportTable("currency", "Money", columns, rows, is_cut=len(ordered) > ROWS)
