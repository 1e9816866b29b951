"""What came of answers is read from indexes, of the organization and the days that are asked for: not of others, however large these are."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.outcomes import queries
from core.access import Actor
from core.database import pool, system_transaction
from tests.core.test_plans import Told, explained
from tests.factories import an_inbox, an_organization

pytestmark = pytest.mark.usefixtures("connected")

BIG = {"messages", "ai_decisions", "conversations"}
EACH_DAY = 10
BUFFERS_EACH = 25
"""Pages for each decision that is looked at: what is read of its conversation does not grow with anything else."""
TALKS = """
INSERT INTO conversations (organization_id, number, token, inbox_id, contact_id, status, handler, last_seq, public_seq, contact_read_seq, created_at,
    last_activity_at)
SELECT $1, 1000 + g, 'outcome-' || $1::bigint || '-' || g, $2, (SELECT min(id) FROM contacts WHERE organization_id = $1), 'resolved', 'ai', 4, 4, 4,
       now() - g * interval '1 day' / $4, now() - g * interval '1 day' / $4 FROM generate_series(1, $3::int) g
"""
SAID = """
INSERT INTO messages (organization_id, conversation_id, seq, sender_type, content, decision_id, created_at)
SELECT c.organization_id, c.id, s, CASE WHEN s % 2 = 1 THEN 'contact' ELSE 'ai' END, 'Hello', CASE WHEN s = 4 THEN d.id END,
       c.created_at + s * interval '1 minute'
FROM conversations c JOIN ai_decisions d ON d.conversation_id = c.id, generate_series(1, 4) s WHERE c.organization_id = $1
"""
DECIDED = """
INSERT INTO ai_decisions (organization_id, conversation_id, trigger_seq, outcome, reason, threshold, draft, created_at)
SELECT c.organization_id, c.id, 3, CASE WHEN c.number % 4 = 0 THEN 'handed_off' ELSE 'answered' END,
       CASE WHEN c.number % 4 = 0 THEN 'asked_human' ELSE 'covered' END, 0.7, repeat('It costs 9.90. ', 100), c.created_at
FROM conversations c WHERE c.organization_id = $1
"""


async def filled(days: int) -> Actor:
    admin = await an_organization()
    inbox = await an_inbox(admin)
    async with system_transaction("a test fills an organization") as db:
        await db.execute("SET LOCAL statement_timeout = 0")  # on machines as busy as they come
        await db.execute(
            "INSERT INTO contacts (organization_id, first_name, email) VALUES ($1, 'Carla', 'c@example.com')", admin.organization_id
        )
        await db.execute(TALKS, admin.organization_id, inbox.id, days * EACH_DAY, EACH_DAY)
        await db.execute(DECIDED, admin.organization_id)
        await db.execute(SAID, admin.organization_id)
    return admin


async def asked(actor: Actor, sql: str, days: int) -> Told:
    since = datetime.now(UTC) - timedelta(days=days)
    arguments: list[Any] = [actor.organization_id, since, queries.EVER]
    if sql == queries.ASKED:
        arguments += [since.date(), since.date()]
    return await explained(actor, sql, arguments)


async def test_it_is_read_from_indexes_and_costs_what_its_days_hold() -> None:
    await filled(400)
    admin = await filled(400)
    for table in BIG:
        await pool().execute(f"VACUUM (ANALYZE) {table}")
    outcomes = await queries.outcomes(admin, 30)
    assert outcomes.totals.assumed > 100
    for days in (10, 30):
        told = await asked(admin, queries.DAYS, days)
        assert [node for node in told.nodes if node[0] == "Seq Scan" and node[1] in BIG] == []
        assert ("Index Only Scan", "ai_decisions") in told.nodes, "their rows are wide"
        assert {"ai_decisions_decided", "messages_seq_key"} <= told.indexes
        assert told.buffers <= BUFFERS_EACH * days * EACH_DAY, told.buffers
    told = await asked(admin, queries.ASKED, 30)
    assert ("Index Only Scan", "ai_decisions") in told.nodes
    assert told.buffers <= BUFFERS_EACH * 30 * EACH_DAY, told.buffers
