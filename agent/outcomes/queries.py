"""What came of the AI agent's answers, read from what was said afterwards: nothing is counted as solved because nobody looked.

An episode ends with the AI agent's last word before 24 h without a customer's message, or with its word at a hand-over. What a person
writes or takes in between makes it `handed_over`, whoever gave it to him.
"""

from datetime import UTC, date, datetime, timedelta

from agent.outcomes.structs import AskedForHuman, Outcomes, OutcomesOfDay, OutcomesView
from core.access import STAFF, Actor
from core.database import read

QUIET = "interval '24 hours'"
AGAIN = "interval '7 days'"
EPISODES = f"""
WITH said AS (
    SELECT d.conversation_id, d.outcome, d.reason, d.detail, m.seq, m.created_at AS at,
           bool_or(d.reason = 'covered') OVER (PARTITION BY d.conversation_id ORDER BY m.seq) AS has_answered
    FROM ai_decisions d
    JOIN messages m ON m.organization_id = $1 AND m.conversation_id = d.conversation_id AND m.seq > d.trigger_seq AND m.decision_id = d.id
    WHERE d.organization_id = $1 AND d.created_at >= $2 AND d.outcome IN ('answered', 'clarified', 'handed_off')
), followed AS (
    SELECT s.*, c.contact_id, c.contact_read_seq >= s.seq AS is_read,
           (SELECT min(m.created_at) FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = s.conversation_id
              AND m.seq > s.seq AND m.sender_type = 'contact') AS next_at,
           (SELECT min(m.created_at) FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = s.conversation_id
              AND m.seq > s.seq AND m.sender_type = 'user' AND NOT m.is_internal) AS staff_at
    FROM said s JOIN conversations c ON c.organization_id = $1 AND c.id = s.conversation_id
), told AS (
    SELECT f.*, f.outcome = 'handed_off' OR coalesce(f.staff_at < coalesce(f.next_at, 'infinity'), false) AS by_people FROM followed f
), judged AS (
    SELECT e.at, e.conversation_id, e.contact_id,
           CASE WHEN e.by_people THEN 'handed_over'
                WHEN e.reason = 'small_talk' AND NOT e.has_answered THEN 'nothing'
                WHEN e.at > now() - {QUIET} THEN 'under_way'
                WHEN e.reason = 'small_talk' AND e.detail = 'thanks' THEN 'confirmed'
                WHEN e.outcome = 'answered' AND (e.is_read OR e.reason = 'small_talk') THEN 'assumed'
                ELSE 'abandoned' END AS came
    FROM told e WHERE e.by_people OR e.next_at IS NULL OR e.next_at >= e.at + {QUIET}
)
"""
DAYS = f"""{EPISODES}
SELECT count(*) FILTER (WHERE j.came = 'confirmed'), count(*) FILTER (WHERE j.came = 'assumed'), count(*) FILTER (WHERE j.came = 'abandoned'),
       count(*) FILTER (WHERE j.came = 'handed_over'), count(*) FILTER (WHERE j.came = 'under_way'),
       count(*) FILTER (WHERE j.came IN ('confirmed', 'assumed') AND (EXISTS (
           SELECT FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = j.conversation_id AND m.sender_type = 'contact'
             AND m.created_at >= j.at + {QUIET} AND m.created_at < j.at + {AGAIN}
       ) OR EXISTS (
           SELECT FROM conversations o JOIN messages m ON m.organization_id = $1 AND m.conversation_id = o.id AND m.sender_type = 'contact'
           WHERE o.organization_id = $1 AND o.contact_id = j.contact_id AND o.id <> j.conversation_id AND o.last_activity_at > j.at
             AND m.created_at > j.at AND m.created_at < j.at + {AGAIN}))),
       (j.at AT TIME ZONE 'UTC')::date
FROM judged j WHERE j.came <> 'nothing' GROUP BY 7 ORDER BY 7
"""
ASKED = """
WITH asked AS (
    SELECT d.created_at AS at,
           (SELECT min(m.created_at) FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = d.conversation_id
              AND m.seq > d.trigger_seq AND m.sender_type = 'user' AND NOT m.is_internal) AS replied_at
    FROM ai_decisions d
    WHERE d.organization_id = $1 AND d.created_at >= $2 AND d.outcome = 'handed_off' AND d.reason = 'asked_human'
)
SELECT count(*), count(replied_at), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM replied_at - at))::float8,
       min(at) FILTER (WHERE replied_at IS NULL)
FROM asked
"""


async def outcomes(actor: Actor, days: int) -> OutcomesView:
    """The last `days` days (UTC), today included. The figures are the organization's: every member of staff may know them."""
    actor.require(*STAFF)
    today = datetime.now(UTC).date()
    since = today - timedelta(days=days - 1)
    start = datetime.combine(since, datetime.min.time(), UTC)
    async with read(actor) as db:
        rows = await db.fetch_rows(DAYS, actor.organization_id, start)
        asked = await db.fetch_one(AskedForHuman, ASKED, actor.organization_id, start)
    if asked is None:
        raise RuntimeError("an aggregate answered no row")
    found = {row[6]: tuple(row)[:6] for row in rows}
    counted = [found.get(day, (0,) * 6) for day in _days(since, today)]
    by_day = [OutcomesOfDay(*counts, day=day) for counts, day in zip(counted, _days(since, today), strict=True)]
    return OutcomesView(since, Outcomes(*(sum(column) for column in zip(*counted, strict=True))), by_day, asked)


def _days(since: date, until: date) -> list[date]:
    return [since + timedelta(days=number) for number in range((until - since).days + 1)]
