"""How many conversations are active, without counting them.

A trigger adds rows to `conversation_counts` whenever a conversation enters or leaves what is counted, or moves within it: one for
everybody who may see it, and one for its assignee, so that nobody reads the sums of others. Rows are only ever added: no two
writers wait for each other. The answer is a sum. Folding replaces an organization's rows by one per combination of values, in one
statement, so the sum is the same at every moment; they lie together in the table then.
"""

from core.database import pool

LOCK = 0x1ACA5C
"""Held by whoever folds or counts anew: they would not see each other's rows."""
KEY = "organization_id, assignee_id, inbox_id, team_id, holder"
COUNTED = "c.status IN ('open', 'pending') AND c.snoozed_until IS NULL"
HOLDER = "CASE WHEN c.assignee_id IS NOT NULL THEN 'user' WHEN c.handler = 'ai' THEN 'ai' ELSE 'nobody' END"
ROWS = f"""SELECT c.organization_id, sums.of AS assignee_id, c.inbox_id, c.team_id, {HOLDER} AS holder
           FROM conversations c, LATERAL (SELECT NULL::bigint AS of UNION SELECT c.assignee_id) sums WHERE {COUNTED}"""
"""The sums in which each conversation stands: everybody's, and its assignee's."""
UNFOLDED_MAX = 100
MOST_S = 500
"""Counting anew reads every active conversation there is."""

FOLD = f"""
WITH gone AS (
    DELETE FROM conversation_counts WHERE organization_id IN (
        SELECT organization_id FROM conversation_counts GROUP BY 1
        HAVING count(*) FILTER (WHERE NOT folded) > $1 + count(*) FILTER (WHERE folded) / 2)
    RETURNING {KEY}, n
), kept AS (
    INSERT INTO conversation_counts ({KEY}, n, folded) SELECT {KEY}, sum(n), true FROM gone GROUP BY {KEY} HAVING sum(n) <> 0 ORDER BY {KEY}
)
SELECT count(*) FROM gone
"""
RECOUNT = f"""
WITH gone AS (DELETE FROM conversation_counts RETURNING {KEY}, n),
true_counts AS (SELECT {KEY}, count(*) AS n FROM ({ROWS}) counted GROUP BY {KEY}),
kept AS (INSERT INTO conversation_counts ({KEY}, n, folded) SELECT {KEY}, n, true FROM true_counts ORDER BY {KEY})
SELECT count(*) FROM (
    SELECT FROM (SELECT {KEY}, n FROM true_counts UNION ALL SELECT {KEY}, -n FROM gone) sides GROUP BY {KEY} HAVING sum(n) <> 0) wrong
"""


async def fold(most_unfolded: int = UNFOLDED_MAX) -> int:
    """Fold the rows of organizations that have more new ones than that plus half as many as are folded; returns how many went."""
    return await _alone(FOLD, most_unfolded)


async def recount() -> int:
    """Count the conversations of all organizations, and put that in place of the sums; returns how many were wrong.

    One snapshot sees the conversations and the rows that go, so changes meanwhile are neither lost nor counted twice.
    """
    return await _alone(RECOUNT)


async def _alone(sql: str, *arguments: int) -> int:
    async with pool().acquire() as connection, connection.transaction():
        await connection.execute(f"SET LOCAL statement_timeout = '{MOST_S}s'")
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK, timeout=MOST_S)
        return int(await connection.fetchval(sql, *arguments, timeout=MOST_S))
