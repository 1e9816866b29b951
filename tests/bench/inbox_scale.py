"""Lists, threads and counts over a million conversations, as PostgreSQL itself times them: EXPLAIN ANALYZE inside a request's transaction.

Row-level security is on, the statements are those of our queries, planned for the arguments that they are asked with. Each figure is the median over
the actors of a crowd: admins, agents of everything, and narrow agents who see one inbox of twenty.
"""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from statistics import median
from typing import Any

import asyncpg
import msgspec

from core.access import Actor, ActorKind
from core.conversations import counters, listing, queries
from core.conversations.listing import Filters
from core.conversations.structs import Sort
from core.embedded.servers import Urls
from core.messages import queries as messages
from core.pages import encode_cursor
from tests.bench import ground
from tests.bench.loading import fill
from tests.bench.measure import Options

CONVERSATIONS = 1_000_000
ORGANIZATIONS = 50
INBOXES = 20
PAGE, THREAD = 30, 40
"""What the inbox asks for."""
DEEP_PAGES = 40
ASKERS = 12

FILL = """
CREATE TEMP TABLE shares AS SELECT o, 1.0 / (o + 2.6) AS share FROM generate_series(1, {organizations}) o;
CREATE TEMP TABLE sizes AS SELECT o, greatest(40, ({n} * share / (SELECT sum(share) FROM shares))::int) AS n FROM shares;
CREATE TEMP TABLE agents AS SELECT o, least(60, 4 + n / 2500) AS n FROM sizes;

INSERT INTO organizations (id, name, slug) SELECT o, 'Shop ' || o, 'shop-' || o FROM sizes;
INSERT INTO users (id, name, email) SELECT o * 1000 + a, 'Agent', o || '-' || a || '@example.com' FROM agents, generate_series(1, n) a;
INSERT INTO memberships (organization_id, user_id, role) SELECT o, o * 1000 + a, 'agent' FROM agents, generate_series(1, n) a;
INSERT INTO inboxes (id, organization_id, name, widget_key) SELECT o * 100 + i, o, 'Inbox ' || i, 'key-' || o || '-' || i
    FROM sizes, generate_series(1, {inboxes}) i;
INSERT INTO teams (id, organization_id, name) SELECT o * 100 + t, o, 'Team ' || t FROM sizes, generate_series(1, 5) t;
INSERT INTO contacts (organization_id, first_name, last_name, email)
    SELECT o, 'Carla', 'Customer ' || k, 'c' || k || '@example.com' FROM sizes, generate_series(1, n / 5 + 1) k;
CREATE TEMP TABLE people AS SELECT id, organization_id AS o, row_number() OVER (PARTITION BY organization_id ORDER BY id) AS k FROM contacts;
CREATE INDEX ON people (o, k);
INSERT INTO event_clock (organization_id, position) SELECT o, n * 8 FROM sizes;

-- In the order in which they came to be: of all organizations mixed, over two years. Nine of ten are done with.
CREATE TEMP TABLE coming AS SELECT o, row_number() OVER (PARTITION BY o ORDER BY at, r) AS number, at, r FROM (
    SELECT o, now() - 730 * random() * interval '1 day' AS at, random() AS r FROM sizes, generate_series(1, n)) c;
CREATE TEMP TABLE born AS SELECT c.*, row_number() OVER (ORDER BY at) AS id,
    CASE WHEN now() - at < interval '40 days' AND r < 0.75 OR r < 0.012 THEN CASE WHEN r < 0.008 OR random() < 0.6 THEN 'open' ELSE 'pending' END
         WHEN r < 0.8 THEN 'resolved' ELSE 'closed' END AS status,
    1 + (random() * random() * {inboxes})::int % {inboxes} AS inbox, random() AS who, random() AS size FROM coming c;
CREATE INDEX ON born (id);
ANALYZE people;
ANALYZE born;
ANALYZE agents;
ANALYZE sizes;
ALTER TABLE conversations DISABLE TRIGGER USER;
INSERT INTO conversations (id, organization_id, number, token, client_id, inbox_id, contact_id, contact_name, subject, status,
    priority, assignee_id, team_id, handler, snoozed_until, waiting_since, preview, last_seq, public_seq, last_activity_at,
    first_response_at, resolved_at, version, created_at)
SELECT b.id, b.o, b.number, 'token-of-conversation-' || b.id, 'first-message-of-' || b.id, b.o * 100 + b.inbox, p.id, 'Carla Customer ' || p.k,
    'Where is my parcel number ' || b.id, b.status,
    CASE WHEN b.who < 0.05 THEN 'urgent' WHEN b.who < 0.2 THEN 'high' WHEN b.who < 0.9 THEN 'medium' ELSE 'low' END,
    CASE WHEN b.who > 0.35 OR b.status IN ('pending', 'resolved', 'closed') THEN b.o * 1000 + 1 + (b.r * 1e6)::int % a.n END,
    CASE WHEN b.size < 0.3 THEN b.o * 100 + 1 + (b.r * 1e5)::int % 5 END,
    CASE WHEN b.who < 0.1 AND b.status = 'open' THEN 'ai' ELSE 'human' END,
    CASE WHEN b.status = 'open' AND b.size < 0.1 THEN now() + interval '3 days' END,
    CASE WHEN b.status = 'open' AND b.size < 0.8 THEN b.at END,
    'It should have been here on Monday, says your mail.', m.n, m.n, least(now(), b.at + m.n * interval '40 minutes'), b.at, NULL, m.n, b.at
FROM born b JOIN agents a USING (o) JOIN sizes s USING (o) JOIN people p ON p.o = b.o AND p.k = 1 + (b.r * 1e7)::int % (s.n / 5 + 1),
    LATERAL (SELECT CASE WHEN b.size > 0.998 THEN 200 ELSE 2 + (b.size * 5)::int END AS n) m
ORDER BY b.id;
ALTER TABLE conversations ENABLE TRIGGER USER;

-- Messages too in the order of their time, so that a thread's lie apart as they do in life.
CREATE TEMP TABLE said AS SELECT c.id, c.organization_id AS o, c.contact_id, c.assignee_id, seq, c.created_at + seq * interval '40 minutes' AS at
    FROM conversations c, generate_series(1, c.last_seq) seq;
INSERT INTO messages (organization_id, conversation_id, seq, sender_type, sender_id, sender_name, content, client_id, file_count, created_at)
SELECT o, id, seq, CASE WHEN seq % 2 = 1 THEN 'contact' ELSE 'user' END, contact_id, 'Carla Customer',
    repeat('A sentence about a parcel. ', 1 + (id % 6)::int), 'message-' || seq || '-' || id, (seq % 40 = 2)::int, at FROM said ORDER BY at;
INSERT INTO files (organization_id, message_id, token, name, content_type, size, sha256, owner_kind, owner_key)
SELECT organization_id, id, 'file-' || id, 'receipt.pdf', 'application/pdf', 1000, '', 'user', '1' FROM messages WHERE file_count > 0;
INSERT INTO timeline_entries (organization_id, conversation_id, after_seq, kind, by, data, created_at)
SELECT c.organization_id, c.id, g, 'assigned', '{{"kind": "user", "id": 1, "name": "Theo"}}', '{{"assignee_id": 1}}', c.created_at
    FROM conversations c, generate_series(1, 2) g ORDER BY c.created_at;
INSERT INTO read_marks (organization_id, conversation_id, user_id, seq, active)
SELECT organization_id, id, assignee_id, last_seq - (id % 3 = 0)::int, {active} FROM conversations c WHERE assignee_id IS NOT NULL
UNION ALL SELECT organization_id, id, organization_id * 1000 + 1 + (id % 3), last_seq, {active} FROM conversations c
    WHERE id % 4 < 3 AND assignee_id IS DISTINCT FROM organization_id * 1000 + 1 + (id % 3);
SELECT setval(pg_get_serial_sequence('conversations', 'id'), (SELECT max(id) FROM conversations));
INSERT INTO conversation_counts (organization_id, assignee_id, inbox_id, team_id, holder, n, folded)
SELECT organization_id, assignee_id, inbox_id, team_id, holder, count(*), true FROM ({rows}) counted
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;
"""


BIG = ["conversations", "messages", "read_marks", "files", "timeline_entries"]
VACUUM = [
    "conversations",
    "messages",
    "read_marks",
    "files",
    "timeline_entries",
    "conversation_counts",
    "contacts",
    "event_clock",
]


async def run(options: Options) -> dict[str, Any]:
    """Milliseconds and buffers of each kind of read; `--n`: conversations, of which each has five messages on average."""
    n = options.n or CONVERSATIONS
    async with ground.bench_data("inbox-scale", _builder(n), conversations=n) as urls, ground.connected(urls):
        return {"conversations": n} | await _measure(urls, max(3, options.rounds))


def _builder(n: int) -> Callable[[Urls], Any]:
    async def build(urls: Urls) -> None:
        connection = await asyncpg.connect(urls.database)
        statements = FILL.format(n=n, organizations=ORGANIZATIONS, inboxes=INBOXES, rows=counters.ROWS, active=counters.COUNTED)
        await fill(connection, statements, BIG, VACUUM)
        await connection.close()

    return build


THREADS = """
(SELECT id FROM conversations WHERE organization_id = $1 AND last_seq > 3 AND inbox_id % 100 = 9 LIMIT 100) UNION
(SELECT id FROM conversations WHERE organization_id = $1 ORDER BY last_seq DESC LIMIT 100)
"""
"""Half of them are the longest there are."""


class Crowd(msgspec.Struct):
    """Who asks, and in which kind of scope."""

    kind: str
    actor: Actor


async def _crowd(connection: asyncpg.Connection) -> list[Crowd]:
    """Of the biggest organization, of one in the middle and of a small one: an admin, an agent of all inboxes, and narrow agents."""
    found = []
    for organization_id in (1, ORGANIZATIONS // 4, ORGANIZATIONS - 2):
        inboxes = [row[0] for row in await connection.fetch("SELECT id FROM inboxes WHERE organization_id = $1", organization_id)]
        user, base = organization_id * 1000 + 2, {"kind": ActorKind.user, "organization_id": organization_id}
        found.append(Crowd("admin", Actor(**base, id=user, role="admin")))
        found.append(Crowd("wide", Actor(**base, id=user, role="agent", inbox_ids=frozenset(inboxes))))
        narrow = {"inbox_ids": frozenset({organization_id * 100 + 9}), "team_ids": frozenset({organization_id * 100 + 3})}
        found.append(Crowd("narrow", Actor(**base, id=user, role="agent", **narrow)))
        found.append(Crowd("alone", Actor(**base, id=user, role="agent")))
    return found


class Explained(msgspec.Struct):
    """What one statement took: server time in ms, shared buffers it touched, and nodes of its plan that no page should have."""

    kind: str
    ms: float
    buffers: int
    scans: list[str]


@asynccontextmanager
async def scoped(connection: asyncpg.Connection, organization_id: int) -> AsyncIterator[None]:
    await connection.execute(f"BEGIN READ ONLY; SET LOCAL ROLE lacasa_app; SET LOCAL app.organization_id = {organization_id}")
    try:
        yield
    finally:
        await connection.execute("ROLLBACK")


async def explain(connection: asyncpg.Connection, kind: str, actor: Actor, sql: str, arguments: list[Any]) -> Explained:
    """Run a statement as the actor's request would, and hear from PostgreSQL what that took."""
    async with scoped(connection, actor.organization_id):
        await connection.fetch(sql, *arguments)  # warm: caches and the connection's own catalog
        text = await connection.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON, SETTINGS OFF, TIMING OFF) {sql}", *arguments)
    [told] = text if isinstance(text, list) else msgspec.json.decode(text)
    plan = told["Plan"]
    buffers = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return Explained(kind, told["Execution Time"], buffers, sorted(_scans(plan)))


def _scans(plan: dict[str, Any]) -> set[str]:
    found = {f"{plan['Node Type']} on {plan['Relation Name']}" for key in ("Relation Name",) if key in plan}
    for child in plan.get("Plans", []):
        found |= _scans(child)
    return found


async def _deep(connection: asyncpg.Connection, actor: Actor, sort: Sort) -> str | None:
    """A cursor some pages down the list."""
    sql, arguments = listing.page(actor, Filters(), sort, None, PAGE * DEEP_PAGES)
    async with scoped(connection, actor.organization_id):
        rows = await connection.fetch(sql, *arguments)
    last = rows[-1]
    return None if last[4] is None else encode_cursor(sort, last[3], last[4])


async def _measure(urls: Urls, rounds: int) -> dict[str, Any]:
    connection = await asyncpg.connect(urls.database, server_settings={"timezone": "UTC", "jit": "off"})
    found: dict[str, list[Explained]] = {}
    dice = random.Random(7)
    for crowd in await _crowd(connection):
        actor = crowd.actor
        cursors: dict[Sort, str | None] = {sort: await _deep(connection, actor, sort) for sort in listing.SORTS}
        ids = await connection.fetch(THREADS, actor.organization_id)
        for _ in range(rounds):
            for sort in listing.SORTS:
                tail = "" if sort == "latest" else f"_{sort}"
                asked = {
                    f"first{tail}": listing.page(actor, Filters(), sort, None, PAGE),
                    f"deep{tail}": listing.page(actor, Filters(), sort, cursors[sort], PAGE),
                }
                for name, (sql, arguments) in asked.items():
                    found.setdefault(name, []).append(await explain(connection, crowd.kind, actor, sql, arguments))
            number = dice.choice(ids)[0]
            sql, held = messages.thread_statement(actor, "id", messages.LINES)
            arguments = [actor.organization_id, number, None, THREAD, *held]
            found.setdefault("thread", []).append(await explain(connection, crowd.kind, actor, sql, arguments))
            sql, arguments = queries.counts_statement(actor)
            found.setdefault("counts", []).append(await explain(connection, crowd.kind, actor, sql, arguments))
    await connection.close()
    return _told(found)


def _told(found: dict[str, list[Explained]]) -> dict[str, Any]:
    hot = ("first", "deep", "thread", "counts")
    figures: dict[str, Any] = {f"{name}_p50_ms": round(median(one.ms for one in found[name]), 3) for name in hot}
    figures["max_buffers"] = max(one.buffers for name in hot for one in found[name])
    for name, explained in found.items():
        kinds = dict.fromkeys(one.kind for one in explained)
        figures[name] = {
            kind: [
                round(median(one.ms for one in explained if one.kind == kind), 3),
                max(one.buffers for one in explained if one.kind == kind),
            ]
            for kind in kinds
        }
    figures["sequential"] = sorted(
        {scan for explained in found.values() for one in explained for scan in one.scans if scan.startswith("Seq")}
    )
    return figures
