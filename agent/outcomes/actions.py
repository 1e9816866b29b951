"""Keeping the figures of days that are over, where reading them anew each time would take too long: made from the truth, a day at a time."""

from datetime import UTC, date, datetime, timedelta

from agent.outcomes import queries
from agent.outcomes.queries import COUNTS, DAYS_MAX, EPISODES, UNSETTLED, WAITING, WAITS
from core.access import Actor
from core.database import read, transaction

SETTLED_FOR = "interval '20 hours'"
"""So old figures of other days may be: a late reader, a person who answers weeks later."""
ROLL = f"""
{EPISODES}, waiting AS (SELECT a.at, {WAITS} AS wait FROM ({WAITING}) a)
INSERT INTO ai_outcome_days AS o (organization_id, day, confirmed, assumed, abandoned, handed_over, under_way, reopened, asked, waits, waiting_since)
SELECT $1, ($2::timestamptz AT TIME ZONE 'UTC')::date, counted.*, waited.* FROM (SELECT {COUNTS} FROM judged j) counted,
     (SELECT count(*), coalesce(array_agg(w.wait) FILTER (WHERE w.wait IS NOT NULL), '{{}}'), min(w.at) FILTER (WHERE w.wait IS NULL)
      FROM waiting w) waited
ON CONFLICT (organization_id, day) DO UPDATE SET
    confirmed = excluded.confirmed, assumed = excluded.assumed, abandoned = excluded.abandoned, handed_over = excluded.handed_over,
    under_way = excluded.under_way, reopened = excluded.reopened, asked = excluded.asked, waits = excluded.waits,
    waiting_since = excluded.waiting_since, rolled_at = now()
"""
FRESH = f"SELECT o.day FROM ai_outcome_days o WHERE o.organization_id = $1 AND o.rolled_at > now() - {SETTLED_FOR}"
OLD = "DELETE FROM ai_outcome_days o WHERE o.organization_id = $1 AND o.day < $2"


async def roll(actor: Actor) -> None:
    """Count the days before today that are unsettled, were never counted, or not lately; the newest first. Safe at any time, and twice at once."""
    today = datetime.now(UTC).date()
    async with read(actor) as db:
        fresh = {row[0] for row in await db.fetch_rows(FRESH, actor.organization_id)}
    for ago in range(1, DAYS_MAX):
        day = today - timedelta(days=ago)
        if ago <= UNSETTLED or day not in fresh:
            await _roll(actor, day)
    async with transaction(actor) as db:
        await db.execute(OLD, actor.organization_id, today - timedelta(days=DAYS_MAX))


async def _roll(actor: Actor, day: date) -> None:
    async with transaction(actor) as db:
        await db.execute(ROLL, actor.organization_id, queries.starts(day), queries.starts(day + timedelta(days=1)))
