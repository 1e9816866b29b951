"""What hot reads cost, as PostgreSQL tells it: no walk through a whole table, indexes by name, few pages, with row-level security on."""

from typing import Any

import msgspec
import pytest

from core.access import Actor, ActorKind
from core.conversations import counters, listing, queries
from core.conversations.listing import Filters
from core.database import pool, system_transaction
from core.messages import queries as messages
from tests.factories import an_inbox, an_organization

pytestmark = pytest.mark.usefixtures("connected")

BUFFERS_MAX = 60
INBOXES = 20
BIG = ("conversations", "messages", "read_marks")

FILL = """
INSERT INTO conversations (organization_id, number, token, inbox_id, status, priority, assignee_id, handler, snoozed_until,
    waiting_since, last_seq, public_seq, last_activity_at)
SELECT $1::bigint, 10000 + g, 'plan-' || $1::bigint || '-' || g, ($2::bigint[])[1 + g / 4 % 20],
       (ARRAY['open', 'pending', 'resolved', 'closed'])[1 + g % 4], (ARRAY['low', 'medium', 'high', 'urgent'])[1 + g % 3],
       CASE WHEN g % 400 = 0 THEN $3::bigint END, CASE WHEN g % 16 = 4 THEN 'ai' ELSE 'human' END,
       CASE WHEN g % 52 = 0 THEN now() + interval '1 day' END, CASE WHEN g % 8 > 3 THEN now() - g * interval '1 minute' END, 3, 3,
       now() - g * interval '1 minute'
FROM generate_series(1, 12000) g;
"""
TALK = """
INSERT INTO messages (organization_id, conversation_id, seq, sender_type, content)
SELECT organization_id, id, s, 'contact', 'Hello' FROM conversations, generate_series(1, 3) s WHERE organization_id = $1
"""
READ = """
INSERT INTO read_marks (organization_id, conversation_id, user_id, seq)
SELECT organization_id, id, $2, 2 FROM conversations WHERE organization_id = $1 AND (assignee_id = $2 OR id % 8 = 0)
"""


@pytest.fixture(scope="module")
async def crowd(connected: object) -> dict[str, Actor]:
    """Twelve thousand conversations in twenty inboxes of each of two organizations, and who asks in one of them."""
    del connected
    for _ in range(2):
        admin = await an_organization()
        inboxes = [(await an_inbox(admin)).id for _ in range(INBOXES)]
        async with system_transaction("a test fills two organizations") as db:
            await db.execute("SET LOCAL statement_timeout = 0")  # tens of thousands of rows, on machines as busy as they come
            await db.execute(FILL, admin.organization_id, inboxes, admin.id)
            await db.execute(TALK, admin.organization_id)
            await db.execute(READ, admin.organization_id, admin.id)
    await counters.fold(0)
    for table in (*BIG, "conversation_counts"):
        await pool().execute(f"VACUUM (ANALYZE) {table}")
    staff: dict[str, Any] = {"kind": ActorKind.user, "organization_id": admin.organization_id, "id": admin.id}
    return {
        "admin": admin,
        "wide": Actor(**staff, role="agent", inbox_ids=frozenset(inboxes)),
        "narrow": Actor(**staff, role="agent", inbox_ids=frozenset(inboxes[3:4])),
        "blind": Actor(**staff, role="agent"),
    }


class Told(msgspec.Struct):
    nodes: list[tuple[str, str]]
    indexes: set[str]
    buffers: int
    sorted_rows: float
    """Most rows that a sort took in."""


async def explained(actor: Actor, sql: str, arguments: list[Any]) -> Told:
    async with pool().acquire() as connection:
        await connection.execute(
            f"BEGIN READ ONLY; SET LOCAL ROLE lacasa_app; SET LOCAL app.organization_id = {actor.organization_id}"
        )
        try:
            await connection.fetch(sql, *arguments)
            [told] = await connection.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", *arguments)
        finally:
            await connection.execute("ROLLBACK")
    plan = told["Plan"]
    nodes = list(_nodes(plan))
    return Told(
        [(node["Node Type"], node.get("Relation Name", "")) for node in nodes],
        {node["Index Name"] for node in nodes if "Index Name" in node},
        plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
        max((child["Actual Rows"] for node in nodes if node["Node Type"] == "Sort" for child in node["Plans"]), default=0),
    )


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for child in plan.get("Plans", []) for node in _nodes(child))]


def walked(told: Told) -> list[tuple[str, str]]:
    return [node for node in told.nodes if node[0] == "Seq Scan" and node[1] in BIG]


@pytest.mark.parametrize("sort", sorted(listing.SORTS))
@pytest.mark.parametrize("who", ["admin", "wide", "narrow", "blind"])
async def test_a_page_of_the_list_is_read_from_indexes_in_its_order(crowd: dict[str, Actor], who: str, sort: Any) -> None:
    actor = crowd[who]
    first = await queries.page(actor, Filters(), sort, None, 25)
    deep = first.next
    for _ in range(3 if deep else 0):
        deep = (await queries.page(actor, Filters(), sort, deep, 25)).next or deep
    for after in (None, deep):
        told = await explained(actor, *listing.page(actor, Filters(), sort, after, 25))
        assert walked(told) == []
        if sort in {"latest", "oldest"} or who in {"admin", "wide"}:
            assert told.buffers <= BUFFERS_MAX, (told.buffers, told.indexes)
            assert told.sorted_rows <= 2 * 26, "a page is sorted, and never what it is taken from"


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (Filters(), "conversations_listed"),
        (Filters(view="mine"), "conversations_assigned"),
        (Filters(view="unassigned"), "conversations_unassigned"),
        (Filters(view="ai"), "conversations_unassigned"),
        (Filters(status="any"), "conversations_listed"),
        (Filters(status="resolved"), "conversations_listed"),
    ],
)
async def test_each_view_has_its_index(crowd: dict[str, Actor], filters: Filters, index: str) -> None:
    told = await explained(crowd["admin"], *listing.page(crowd["admin"], filters, "latest", None, 25))
    assert index in told.indexes
    assert told.buffers <= BUFFERS_MAX, (told.buffers, told.indexes)
    assert walked(told) == []


async def test_one_inbox_is_not_looked_for_in_all(crowd: dict[str, Actor]) -> None:
    told = await explained(crowd["narrow"], *listing.page(crowd["narrow"], Filters(), "latest", None, 25))
    assert {"conversations_in_inbox", "conversations_assigned"} <= told.indexes
    assert "conversations_listed" not in told.indexes


@pytest.mark.parametrize("who", ["admin", "narrow"])
async def test_a_thread_is_one_walk_through_its_messages(crowd: dict[str, Actor], who: str) -> None:
    actor = crowd[who]
    [item, *_] = (await queries.page(actor, Filters(), "latest", None, 1)).items
    sql, held = messages.thread_statement(actor, "id", messages.LINES)
    told = await explained(actor, sql, [actor.organization_id, item.conversation.id, None, 50, *held])
    assert "messages_seq_key" in told.indexes
    assert told.buffers <= BUFFERS_MAX, (told.buffers, told.indexes)
    assert walked(told) == []


@pytest.mark.parametrize("who", ["admin", "wide", "narrow", "blind"])
async def test_counts_read_no_conversation_but_ones_own(crowd: dict[str, Actor], who: str) -> None:
    told = await explained(crowd[who], *queries.counts_statement(crowd[who]))
    assert walked(told) == []
    assert told.buffers <= BUFFERS_MAX, (told.buffers, told.indexes)
