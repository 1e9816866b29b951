"""What reports read: rollups and names, nothing that grows with what happened in a day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from core.access import Actor
from core.database import Unit
from modules.analytics.counting import histograms
from modules.analytics.counting.cells import WHOLE_DAY
from modules.analytics.metrics import BY_KEY, Metric
from modules.analytics.reports.structs import Step

Sums = dict[str, dict[int, int]]
"""By the name of what was counted, and its bucket."""

TOTALS = """
SELECT r.metric, r.bucket, coalesce(sum(r.value) FILTER (WHERE r.day >= $6), 0)::bigint, coalesce(sum(r.value) FILTER (WHERE r.day < $6), 0)::bigint
FROM analytics_rollups r
WHERE r.organization_id = $1 AND r.metric = ANY ($2::text[]) AND r.dimension = $3 AND r.hour = -1 AND r.key = $4 AND r.day BETWEEN $5 AND $7
GROUP BY 1, 2
"""
STOCK = """
SELECT coalesce(sum(r.value), 0)::bigint, coalesce(sum(r.value) FILTER (WHERE r.day < $5), 0)::bigint FROM analytics_rollups r
WHERE r.organization_id = $1 AND r.metric = $2 AND r.dimension = $3 AND r.hour = -1 AND r.key = $4 AND r.day <= $6
"""
SERIES = {
    "hour": "(r.day + make_interval(hours => r.hour))",
    "day": "r.day::timestamp",
    "week": "date_trunc('week', r.day::timestamp)",
    "month": "date_trunc('month', r.day::timestamp)",
}
STEPS = """
SELECT extract(epoch FROM {moment})::bigint, r.metric, r.bucket, sum(r.value)::bigint FROM analytics_rollups r
WHERE r.organization_id = $1 AND r.metric = ANY ($2::text[]) AND r.dimension = $3 AND r.hour {hours} AND r.key = $4 AND r.day BETWEEN $5 AND $6
GROUP BY 1, 2, 3
"""
BROKEN = """
SELECT r.key, r.metric, r.bucket, sum(r.value)::bigint FROM analytics_rollups r
WHERE r.organization_id = $1 AND r.metric = ANY ($2::text[]) AND r.dimension = $3 AND r.hour = -1 AND r.day BETWEEN $4 AND $5
GROUP BY 1, 2, 3
"""
BUSY = """
SELECT extract(isodow FROM r.day)::int, r.hour, sum(r.value)::bigint FROM analytics_rollups r
WHERE r.organization_id = $1 AND r.metric = 'received' AND r.dimension = $2 AND r.hour >= 0 AND r.key = $3 AND r.day BETWEEN $4 AND $5
GROUP BY 1, 2
"""
NAMES = {
    "inbox": "SELECT i.id::text, i.name FROM inboxes i WHERE i.organization_id = $1 AND i.id::text = ANY ($2::text[])",
    "team": "SELECT t.id::text, t.name FROM teams t WHERE t.organization_id = $1 AND t.id::text = ANY ($2::text[])",
    "agent": """SELECT u.id::text, u.name FROM memberships m JOIN users u ON u.id = m.user_id
                WHERE m.organization_id = $1 AND m.user_id::text = ANY ($2::text[])""",
}


def needed(metrics: Iterable[str]) -> list[str]:
    """The names of what must be read for them."""
    return sorted({name for key in metrics for name in (*BY_KEY[key].of, *BY_KEY[key].over)})


async def totals(
    db: Unit, actor: Actor, metrics: Sequence[str], dimension: str, key: str, before: date, since: date, until: date
) -> tuple[Sums, Sums]:
    """Of the days from `since`, and of those before."""
    now: Sums = defaultdict(dict)
    then: Sums = defaultdict(dict)
    rows = await db.fetch_rows(TOTALS, actor.organization_id, needed(metrics), dimension, key, before, since, until)
    for metric, bucket, value, earlier in rows:
        now[metric][bucket], then[metric][bucket] = value, earlier
    for metric in (BY_KEY[each] for each in metrics):
        if metric.way == "stock":
            rows = await db.fetch_rows(STOCK, actor.organization_id, metric.of[0], dimension, key, since, until)
            now[metric.of[0]], then[metric.of[0]] = {0: rows[0][0]}, {0: rows[0][1]}
    return now, then


async def steps(
    db: Unit, actor: Actor, metrics: Sequence[str], dimension: str, key: str, since: date, until: date, step: Step
) -> dict[int, Sums]:
    """By each step's beginning, in seconds."""
    found: dict[int, Sums] = defaultdict(lambda: defaultdict(dict))
    sql = STEPS.format(moment=SERIES[step], hours=">= 0" if step == "hour" else f"= {WHOLE_DAY}")
    for at, metric, bucket, value in await db.fetch_rows(sql, actor.organization_id, needed(metrics), dimension, key, since, until):
        found[at][metric][bucket] = value
    return found


async def broken_down(db: Unit, actor: Actor, metrics: Sequence[str], dimension: str, since: date, until: date) -> dict[str, Sums]:
    """By key of the dimension. What is a stock is counted from the first day on."""
    stocks = [name for name in metrics if BY_KEY[name].way == "stock"]
    found: dict[str, Sums] = defaultdict(lambda: defaultdict(dict))
    for names, first in (([name for name in metrics if name not in stocks], since), (stocks, date.min)):
        if names:
            for key, metric, bucket, value in await db.fetch_rows(
                BROKEN, actor.organization_id, needed(names), dimension, first, until
            ):
                found[key][metric][bucket] = value
    return found


async def busy(db: Unit, actor: Actor, dimension: str, key: str, since: date, until: date) -> list[list[int]]:
    """By day of the week, Monday first, and hour."""
    counts = [[0] * 24 for _ in range(7)]
    for day, hour, value in await db.fetch_rows(BUSY, actor.organization_id, dimension, key, since, until):
        counts[day - 1][hour] = max(0, value)
    return counts


async def names(db: Unit, actor: Actor, dimension: str, keys: Sequence[str]) -> dict[str, str]:
    """What they are called; words are called what they are."""
    if dimension not in NAMES:
        return {}
    return {row[0]: row[1] for row in await db.fetch_rows(NAMES[dimension], actor.organization_id, list(keys))}


def value_of(metric: Metric, found: Sums) -> float | None:
    """The number that its formula makes of sums; None where there is nothing to count."""
    if metric.way in ("p50", "p90"):
        counts: dict[int, int] = defaultdict(int)
        for name in metric.of:
            for bucket, count in found.get(name, {}).items():
                counts[bucket] += count
        return histograms.percentile({bucket: count for bucket, count in counts.items() if count > 0}, int(metric.way[1:]) / 100)
    value = _sum(found, metric.of)
    if metric.way != "share":
        return max(0, value)
    over = _sum(found, metric.over)
    return max(0, value) / over if over > 0 else None


def change_of(metric: Metric, found: Sums) -> int:
    """By how much a stock grew or shrank."""
    return _sum(found, metric.of)


def _sum(found: Sums, names_of: Iterable[str]) -> int:
    return sum(sum(found.get(name, {}).values()) for name in names_of)
