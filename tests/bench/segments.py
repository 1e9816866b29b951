"""Segments over a million contacts of one organization and ten million things that they did: counts, first pages and explanations.

Wall time of the queries that requests call, in a process connected as a web process is; row-level security is on. Each kind of tree is asked in turn,
with other values each time, so that nothing but pages of the database is warm. What took too long is counted as what it took, and as `partial`.
"""

import random
import time
from collections.abc import Awaitable, Callable
from statistics import median, quantiles
from typing import Any

import asyncpg

from core.access import Actor, ActorKind
from core.embedded.servers import Urls
from core.segments import audience
from tests.bench import ground
from tests.bench.loading import fill
from tests.bench.measure import Options

CONTACTS = 1_000_000
EVENTS_EACH = 10

FILL = """
INSERT INTO organizations (id, name, slug) VALUES (1, 'Shop', 'shop-1');
INSERT INTO users (id, name, email) VALUES (1, 'Ada', 'ada@example.com');
INSERT INTO memberships (organization_id, user_id, role) VALUES (1, 1, 'admin');

-- The older, the more they bought; a twentieth is of importance, a fifth left no address.
INSERT INTO contacts (organization_id, first_name, last_name, email, tags, custom_fields, subscription_status, source, last_order_date,
                      total_order_value, order_count, created_at)
SELECT 1, (ARRAY['Ida', 'Theo', 'Una', 'Carla', 'Jon'])[1 + k % 5], 'Customer ' || k,
    CASE WHEN r < 0.8 THEN 'c' || k || (ARRAY['@example.com', '@example.net', '@mail.example.org'])[1 + k % 3] END,
    CASE WHEN r < 0.05 THEN ARRAY['vip', 'early'] WHEN r < 0.3 THEN ARRAY['early'] WHEN r > 0.999 THEN ARRAY['rare'] ELSE ARRAY[]::text[] END,
    jsonb_build_object('city', 'City ' || (r * 100)::int, 'points', (s * 1000)::int), CASE WHEN s < 0.9 THEN 'subscribed' ELSE 'unsubscribed' END,
    CASE WHEN r < 0.5 THEN 'widget' ELSE 'import' END, CASE WHEN b > 0 THEN now() - s * 700 * interval '1 day' END, b * 19.9, b,
    now() - ({n} - k) * interval '900 days' / {n}
FROM (SELECT k, r, s, (s * s * s * 12 * ({n} - k) / {n})::int AS b FROM (SELECT k, random() AS r, random() AS s FROM generate_series(1, {n}) k) d) c;

-- In the order of their time, over two years; a tenth of the contacts did half of it.
INSERT INTO analytics_events (organization_id, kind, entity, entity_id, contact_id, metadata, at)
SELECT 1, (ARRAY['message_received', 'message_received', 'message_received', 'message_received', 'message_sent', 'message_sent', 'message_sent',
    'ticket_created', 'ticket_resolved', 'ai_answered'])[1 + (r * 9.99)::int % 10], 'conversation', 1,
    1 + (least(0.999999, CASE WHEN s < 0.5 THEN s / 5 ELSE s END) * {n})::bigint,
    CASE WHEN (s * 1e6)::int % 2 = 0 THEN '{{"channel": "chat", "handler": "human"}}'::jsonb
         ELSE '{{"channel": "email", "handler": "ai"}}'::jsonb END, at
FROM (SELECT random() AS r, random() AS s, now() - 730 * (1 - e::float8 / ({n} * {each})) * interval '1 day' AS at
      FROM generate_series(1, {n} * {each}) e) d;

INSERT INTO segments (id, organization_id, name, kind) VALUES (1, 1, 'List', 'static');
INSERT INTO segment_members (organization_id, segment_id, contact_id)
SELECT 1, 1, k FROM generate_series(1, {n}) k WHERE k % 10 = 0;
"""
BIG = ["contacts", "analytics_events", "segment_members"]
ADMIN = Actor(kind=ActorKind.user, organization_id=1, id=1, role="admin")

Tree = dict[str, Any]


def _field(name: str, op: str, value: Any, **more: Any) -> Tree:
    return {"field": f"contact.{name}", "op": op, "value": value} | more


def _did(name: str, times: int, days: int | None = None, **more: Any) -> Tree:
    return {"field": f"analytics.{name}", "op": "did", "times": times} | ({} if days is None else {"days": days}) | more


KINDS: dict[str, Callable[[random.Random], Tree]] = {
    "everybody": lambda dice: {"all": []},
    "tag": lambda dice: _field("tags", "has", dice.choice(["vip", "early"])),
    "rare_tag": lambda dice: {"all": [_field("tags", "has", "rare"), _field("order_count", "gte", dice.randint(1, 4))]},
    "words": lambda dice: _field("email", "ends_with", dice.choice(["@example.net", "@example.com"])),
    "nobody": lambda dice: _field("email", "contains", f"nobody-{dice.random()}"),
    "own_field": lambda dice: _field("custom", "is", f"City {dice.randint(1, 99)}", key="city"),
    "orders": lambda dice: {"all": [_field("order_count", "gte", dice.randint(2, 5)), _field("last_order_date", "in_last_days", 180)]},
    "did_lately": lambda dice: _did("wrote", dice.randint(1, 3), dice.choice([7, 30])),
    "did_often": lambda dice: _did("wrote", dice.randint(5, 20)),
    "did_not": lambda dice: {"not": _did("began_conversation", 1, dice.choice([90, 365]))},
    "did_by_mail": lambda dice: _did("wrote", 2, 90, where=[{"field": "channel", "op": "is", "value": "email"}]),
    "listed": lambda dice: {"all": [{"segment": 1}, _field("subscription_status", "is", "subscribed")]},
    "mixed": lambda dice: {"all": [
        _field("subscription_status", "is", "subscribed"), {"any": [_field("tags", "has", "vip"), _did("wrote", dice.randint(2, 5), 60)]},
        {"not": _did("was_resolved", 1, 30)}, {"not": {"segment": 1}},
    ]},
}  # fmt: skip


async def run(options: Options) -> dict[str, Any]:
    """Milliseconds, p50 and p95 over all kinds of trees, and of each kind; `--n`: contacts, of whom each did ten things."""
    n = options.n or CONTACTS
    async with ground.bench_data("segments", _builder(n), contacts=n) as urls, ground.connected(urls):
        return {"contacts": n, "events": n * EVENTS_EACH} | await _measure(n, max(3, options.rounds))


def _builder(n: int) -> Callable[[Urls], Awaitable[None]]:
    async def build(urls: Urls) -> None:
        connection = await asyncpg.connect(urls.database)
        await fill(connection, FILL.format(n=n, each=EVENTS_EACH), BIG, [*BIG, "segments"])
        await connection.close()

    return build


async def _measure(n: int, rounds: int) -> dict[str, Any]:
    dice = random.Random(7)
    took: dict[str, dict[str, list[float]]] = {"count": {}, "preview": {}, "explain": {}}
    partial: dict[str, int] = {}
    for kind, tree in KINDS.items():
        await audience.preview(ADMIN, tree(dice), None, 25)  # the connection's own catalog
        for _ in range(rounds):
            asked = tree(dice)
            counted = await _timed(took["count"].setdefault(kind, []), audience.count(ADMIN, asked))
            page = await _timed(took["preview"].setdefault(kind, []), audience.preview(ADMIN, asked, None, 25))
            await _timed(took["explain"].setdefault(kind, []), audience.explain(ADMIN, asked, dice.randint(1, n)))
            for name, answer in (("count", counted), ("preview", page)):
                if not answer.exact:
                    partial[f"{name}_{kind}"] = partial.get(f"{name}_{kind}", 0) + 1
    figures: dict[str, Any] = {}
    for name, kinds in took.items():
        together = [ms for each in kinds.values() for ms in each]
        figures[f"{name}_p50_ms"] = round(median(together), 1)
        figures[f"{name}_p95_ms"] = round(quantiles(together, n=20)[-1], 1)
        figures[name] = {kind: [round(median(each), 1), round(max(each), 1)] for kind, each in kinds.items()}
    return figures | {"partial": partial}


async def _timed(took: list[float], asked: Awaitable[Any]) -> Any:
    began = time.perf_counter()
    answer = await asked
    took.append((time.perf_counter() - began) * 1000)
    return answer
