"""What came of the AI agent's answers, read from what was said afterwards: nothing is counted as solved because nobody looked.

Each day's figures are its own, whatever is asked for beside it; so those of a very large organization are kept (`actions.roll`) for the days before
the first that was not, or not lately, and only what comes after is read anew.

An episode ends with the AI agent's last word before 24 h without a customer's message, or with its word at a hand-over. What a person
writes or takes in between makes it `handed_over`, whoever gave it to him.
"""

from datetime import UTC, date, datetime, time, timedelta

from agent import queries
from agent.outcomes.structs import AskedForHuman, Outcomes, OutcomesOfDay, OutcomesView
from core.access import STAFF, Actor
from core.database import read, system_transaction

QUIET = "interval '24 hours'"
AGAIN = "interval '7 days'"
EPISODES = f"""
WITH decided AS (
    SELECT d.id, d.created_at, d.conversation_id, d.trigger_seq, d.outcome, d.reason, d.detail FROM ai_decisions d
    WHERE d.organization_id = $1 AND d.created_at >= $2 AND d.created_at < $3 AND d.outcome IN ('answered', 'clarified', 'handed_off')
), heard AS MATERIALIZED (
    SELECT t.conversation_id, h.* FROM (SELECT conversation_id, min(trigger_seq) AS first FROM decided GROUP BY conversation_id) t,
    LATERAL (
        SELECT m.seq, m.created_at AS at, m.decision_id,
               min(m.created_at) FILTER (WHERE m.sender_type = 'contact') OVER later AS next_at,
               min(m.created_at) FILTER (WHERE m.sender_type = 'user' AND NOT m.is_internal) OVER later AS staff_at
        FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = t.conversation_id AND m.seq > t.first
        WINDOW later AS (ORDER BY m.seq DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ) h WHERE h.decision_id IS NOT NULL
), said AS (
    SELECT h.conversation_id, h.seq, h.at, h.next_at, h.staff_at, d.id, d.created_at, d.outcome, d.reason, d.detail
    FROM heard h JOIN decided d ON d.id = h.decision_id
), told AS (
    SELECT s.*, s.outcome = 'handed_off' OR coalesce(s.staff_at < coalesce(s.next_at, 'infinity'), false) AS by_people FROM said s
), judged AS (
    SELECT e.at, e.created_at, e.conversation_id, c.contact_id, e.next_at,
           CASE WHEN e.by_people THEN 'handed_over'
                WHEN e.reason = 'small_talk' AND (
                    SELECT p.id FROM ai_decisions p WHERE p.organization_id = $1 AND p.conversation_id = e.conversation_id AND p.id < e.id
                      AND {queries.tells("p")} AND p.created_at > e.at - {QUIET} LIMIT 1) IS NULL THEN 'nothing'
                WHEN e.at > now() - {QUIET} THEN 'under_way'
                WHEN e.reason = 'small_talk' AND e.detail = 'thanks' THEN 'confirmed'
                WHEN e.outcome = 'answered' AND (c.contact_read_seq >= e.seq OR e.reason = 'small_talk') THEN 'assumed'
                ELSE 'abandoned' END AS came
    FROM told e LEFT JOIN LATERAL (
        SELECT o.contact_id, o.contact_read_seq FROM conversations o
        WHERE NOT e.by_people AND e.at <= now() - {QUIET} AND o.organization_id = $1 AND o.id = e.conversation_id LIMIT 1) c ON true
    WHERE e.by_people OR e.next_at IS NULL OR e.next_at >= e.at + {QUIET}
)
"""
"""Each conversation's messages after its first decision are read once, from the last one back: so each knows what came after it.

`LATERAL` with a window or a limit is a look into an index for each, never a walk through a table that holds other organizations' rows too. Were
`heard` not made first, PostgreSQL would go through all decisions for each conversation.
"""
COUNTS = f"""
count(*) FILTER (WHERE j.came = 'confirmed') AS confirmed, count(*) FILTER (WHERE j.came = 'assumed') AS assumed,
count(*) FILTER (WHERE j.came = 'abandoned') AS abandoned, count(*) FILTER (WHERE j.came = 'handed_over') AS handed_over,
count(*) FILTER (WHERE j.came = 'under_way') AS under_way,
count(*) FILTER (WHERE j.came IN ('confirmed', 'assumed') AND (j.next_at < j.at + {AGAIN} OR EXISTS (
    SELECT FROM conversations o JOIN messages m ON m.organization_id = $1 AND m.conversation_id = o.id AND m.sender_type = 'contact'
    WHERE o.organization_id = $1 AND o.contact_id = j.contact_id AND o.id <> j.conversation_id AND o.last_activity_at > j.at
      AND o.created_at < j.at + {AGAIN} AND m.created_at > j.at AND m.created_at < j.at + {AGAIN}))) AS reopened
"""
DAYS = f"""{EPISODES}
SELECT {COUNTS}, (j.created_at AT TIME ZONE 'UTC')::date AS day FROM judged j WHERE j.came <> 'nothing' GROUP BY day ORDER BY day
"""
WAITING = """
SELECT d.created_at AS at,
       (SELECT min(m.created_at) FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = d.conversation_id
          AND m.seq > d.trigger_seq AND m.sender_type = 'user' AND NOT m.is_internal) AS replied_at
FROM ai_decisions d
WHERE d.organization_id = $1 AND d.created_at >= $2 AND d.created_at < $3 AND d.outcome = 'handed_off' AND d.reason = 'asked_human'
"""
WAITS = "extract(epoch FROM a.replied_at - a.at)::float8"
ASKED = f"""
WITH live AS MATERIALIZED (SELECT a.at, a.replied_at, {WAITS} AS wait FROM ({WAITING}) a),
kept AS MATERIALIZED (SELECT o.asked, o.waits, o.waiting_since FROM ai_outcome_days o WHERE o.organization_id = $1 AND o.day >= $4 AND o.day < $5),
waits AS (SELECT l.wait FROM live l WHERE l.wait IS NOT NULL UNION ALL SELECT unnest(k.waits) FROM kept k)
SELECT (SELECT count(*) FROM live) + coalesce((SELECT sum(k.asked) FROM kept k), 0), (SELECT count(*) FROM waits),
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY w.wait) FROM waits w),
       (SELECT min(since) FROM (SELECT l.at AS since FROM live l WHERE l.wait IS NULL UNION ALL SELECT k.waiting_since FROM kept k) open)
"""
UNSETTLED = 9
"""Days that much may still come to: who comes back within a week, what is under way for a day."""
KEPT = f"""
SELECT o.confirmed, o.assumed, o.abandoned, o.handed_over, o.under_way, o.reopened, o.day FROM ai_outcome_days o
WHERE o.organization_id = $1 AND o.day >= $2 AND o.day < $3
  AND o.rolled_at > now() - CASE WHEN o.day < $3 - {UNSETTLED} THEN interval '2 days' ELSE interval '3 hours' END ORDER BY o.day
"""
"""Nobody counts anew what is older: the organization is no large one any more, or the counting fails."""
LARGE = 5000
"""Decisions of the kept days from which on their figures are kept."""
DAYS_MAX = 92
LARGE_ONES = f"""
SELECT o.id FROM organizations o WHERE EXISTS (
    SELECT FROM ai_decisions d WHERE d.organization_id = o.id AND d.created_at >= now() - interval '{DAYS_MAX} days' OFFSET {LARGE})
"""
EVER = datetime(9999, 1, 1, tzinfo=UTC)


async def outcomes(actor: Actor, days: int) -> OutcomesView:
    """The last `days` days (UTC), today included. The figures are the organization's: every member of staff may know them."""
    actor.require(*STAFF)
    today = datetime.now(UTC).date()
    since = today - timedelta(days=days - 1)
    async with read(actor) as db:
        rows = list(await db.fetch_rows(KEPT, actor.organization_id, since, today))
        live = next(
            (day for day, row in zip(_days(since, today), rows, strict=False) if row[6] != day), since + timedelta(days=len(rows))
        )
        rows = [row for row in rows if row[6] < live]
        rows += await db.fetch_rows(DAYS, actor.organization_id, starts(live), EVER)
        asked = await db.fetch_one(AskedForHuman, ASKED, actor.organization_id, starts(live), EVER, since, live)
    if asked is None:
        raise RuntimeError("an aggregate answered no row")
    found = {row[6]: tuple(row)[:6] for row in rows}
    counted = [found.get(day, (0,) * 6) for day in _days(since, today)]
    by_day = [OutcomesOfDay(*counts, day=day) for counts, day in zip(counted, _days(since, today), strict=True)]
    return OutcomesView(since, Outcomes(*(sum(column) for column in zip(*counted, strict=True))), by_day, asked)


async def large() -> list[int]:
    """Organizations so large that the figures of their days are kept."""
    async with system_transaction("figures of all large organizations are kept") as db:
        return [row[0] for row in await db.fetch_rows(LARGE_ONES)]


def starts(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _days(since: date, until: date) -> list[date]:
    return [since + timedelta(days=number) for number in range((until - since).days + 1)]
