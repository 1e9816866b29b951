"""Reports over a year of 1,000,000 conversations' rollups, facts added up per second, and what writing a fact down costs a subscriber.

Wall time of the query that a request calls, never from what a process kept of its last answer; row-level security is on. Rollups are made as dense as
so many conversations make them: of every day, each key of each dimension, and of every hour what is kept by the hour.
"""

import random
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median, quantiles
from typing import Any

import asyncpg

from core.access import Actor, ActorKind
from core.database import transaction
from core.embedded.servers import Urls
from modules.analytics import actions
from modules.analytics.counting import rollups
from modules.analytics.reports import queries
from modules.analytics.reports.layouts import LAYOUTS
from modules.analytics.reports.structs import ReportQuestion
from tests.bench import ground
from tests.bench.loading import fill
from tests.bench.measure import Options

CONVERSATIONS = 1_000_000
DAYS = 365
FACTS_EACH = 8
KINDS = (
    "ticket_created",
    "message_received",
    "ai_answered",
    "handed_off",
    "message_sent",
    "message_received",
    "message_sent",
    "ticket_resolved",
)
WRITES = 400

FILL = """
INSERT INTO organizations (id, name, slug) VALUES (1, 'Shop', 'shop-1');
INSERT INTO users (id, name, email) SELECT k, 'Agent ' || k, 'agent' || k || '@example.com' FROM generate_series(1, 40) k;
INSERT INTO memberships (organization_id, user_id, role) SELECT 1, k, 'admin' FROM generate_series(1, 40) k;
INSERT INTO analytics_states (organization_id, rules) VALUES (1, {rules});

-- 86 keys; each has its share of the day's conversations. Times lie in a dozen buckets of a day.
INSERT INTO analytics_rollups (organization_id, metric, dimension, key, day, hour, bucket, value)
SELECT 1, m.metric, d.dimension, k.key::text, current_date - day, -1, b.bucket,
       greatest(1, ({n}::float8 / {days} / d.keys / m.buckets * (0.5 + random()))::bigint)
FROM (VALUES ('all', 1), ('inbox', 5), ('team', 8), ('agent', 40), ('tag', 30), ('channel', 2)) AS d (dimension, keys)
CROSS JOIN LATERAL (SELECT CASE WHEN d.dimension = 'all' THEN '' ELSE n::text END AS key FROM generate_series(1, d.keys) n) k
CROSS JOIN generate_series(0, {days} - 1) AS day
CROSS JOIN (VALUES ('opened', 1), ('received', 1), ('sent', 1), ('resolved', 1), ('resolved_by_ai', 1), ('reopened', 1), ('ai_answered', 1),
    ('handed_off', 1), ('backlog', 1), ('ai_confirmed', 1), ('ai_assumed', 1), ('ai_abandoned', 1), ('ai_handed_over', 1),
    ('first_response_people', 12), ('first_response_ai', 12), ('next_response_people', 12), ('resolution_people', 12), ('resolution_ai', 12)
    ) AS m (metric, buckets)
CROSS JOIN LATERAL (SELECT CASE WHEN m.buckets = 1 THEN 0 ELSE 30 + 5 * n END AS bucket FROM generate_series(1, m.buckets) n) b;

INSERT INTO analytics_rollups (organization_id, metric, dimension, key, day, hour, bucket, value)
SELECT 1, r.metric, r.dimension, r.key, r.day, h, 0, greatest(1, r.value / 24) FROM analytics_rollups r CROSS JOIN generate_series(0, 23) h
WHERE r.metric IN ('opened', 'received', 'sent', 'resolved', 'reopened', 'ai_answered');
"""
BARE = "INSERT INTO analytics_events (organization_id, kind, entity, entity_id, metadata, at) VALUES ($1, $2, 'conversation', $3, $4, $5)"
BIG = ["analytics_rollups"]
ADMIN = Actor(kind=ActorKind.user, organization_id=1, id=1, role="admin")


async def run(options: Options) -> dict[str, Any]:
    """`--n`: conversations. Milliseconds per report (p50 and p95 over ranges of 7 to 365 days, and narrowed to an agent), facts added up per second,
    and the time to write one down beside the bare row."""
    n = options.n or CONVERSATIONS
    async with ground.bench_data("analytics", _builder(n), conversations=n) as urls, ground.connected(urls):
        figures = await _reports(max(3, options.rounds))
        return {"conversations": n} | figures | await _writing() | await _counting()


def _builder(n: int) -> Callable[[Urls], Awaitable[None]]:
    async def build(urls: Urls) -> None:
        connection = await asyncpg.connect(urls.database)
        await fill(connection, FILL.format(n=n, days=DAYS, rules=rollups.RULES), BIG, BIG)
        await connection.close()

    return build


async def _reports(rounds: int) -> dict[str, Any]:
    today, dice = datetime.now(UTC).date(), random.Random(7)
    took: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        for name, layout in LAYOUTS.items():
            for days in (7, 30, 90, 365):
                asked = _asked(today - timedelta(days=dice.randint(0, 3)), days)
                spent = await _timed(queries.report(ADMIN, name, asked))
                if turn:
                    took.setdefault(name, []).append(spent)
                    took.setdefault(f"days_{days}", []).append(spent)
            if layout.own and turn:
                narrowed = ReportQuestion(today - timedelta(days=364), today, "agent", str(dice.randint(1, 40)))
                took.setdefault("narrowed", []).append(await _timed(queries.report(ADMIN, name, narrowed)))
    together = [ms for name in LAYOUTS for ms in took[name]]
    return {
        "overview_p95_ms": round(quantiles(took["overview"], n=20)[-1], 1),
        "report_p50_ms": round(median(together), 1),
        "report_p95_ms": round(quantiles(together, n=20)[-1], 1),
        "reports": {name: [round(median(each), 1), round(max(each), 1)] for name, each in took.items()},
    }


def _asked(until: date, days: int) -> ReportQuestion:
    return ReportQuestion(until - timedelta(days=days - 1), until)


async def _timed(asked: Awaitable[Any]) -> float:
    queries.forget()
    began = time.perf_counter()
    await asked
    return (time.perf_counter() - began) * 1000


def _held(number: int, version: int) -> dict[str, Any]:
    return {
        "version": version, "seq": version, "channel": "chat", "inbox_id": 1 + number % 5, "team_id": 1 + number % 8, "assignee_id": 1 + number % 40,
        "tags": [str(1 + number % 30)], "status": "resolved" if version == FACTS_EACH else "open", "read": 0, "by": "visitor", "handler": "human",
    }  # fmt: skip


async def _writing() -> dict[str, Any]:
    """A fact with its place in the queue, beside the row alone, in turn."""
    ours, bare, at = [], [], datetime.now(UTC)
    for number in range(WRITES):
        began = time.perf_counter()
        await actions.write(
            ADMIN,
            "ticket_seen",
            "conversation",
            10_000_000 + number,
            at=at,
            contact_id=None,
            user_id=None,
            metadata=_held(number, 1),
        )
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        async with transaction(ADMIN) as db:
            await db.execute(BARE, 1, "ticket_seen", 20_000_000 + number, _held(number, 1), at)
        bare.append(time.perf_counter() - began)
    return {"write_us": round(median(ours) * 1e6), "write_ratio": round(median(ours) / median(bare), 2)}


async def _counting() -> dict[str, Any]:
    """Facts of conversations that are told from beginning to end, added up in batches as a worker does."""
    await _all_counted()
    began, at, count = time.time_ns(), datetime.now(UTC) - timedelta(hours=2), 2500
    async with transaction(ADMIN) as db:
        values = [
            (
                1, kind, "conversation", began + number, None, 1 + number % 40, _held(number, version),
                at + timedelta(seconds=40 * version + number % 600),
            )
            for number in range(count)
            for version, kind in enumerate(KINDS, 1)
        ]  # fmt: skip
        await db.connection.executemany(actions.INSERT, values)
    started, cpu = time.perf_counter(), time.process_time()
    counted = await _all_counted()
    wall, used = time.perf_counter() - started, time.process_time() - cpu
    return {"counted": counted, "counted_per_s": round(counted / wall), "counted_per_cpu_s": round(counted / used)}


async def _all_counted() -> int:
    counted = 0
    while found := await rollups.count(ADMIN):
        counted += found
    return counted
