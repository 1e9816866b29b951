"""Mail to many, counted from its ledger: absolute figures of each mailing, which take the place of those before. Safe to repeat.

Labels of opens and clicks change as more is known of who asks, so mailings are counted anew for some weeks, and as long as they go on.
"""

from collections import Counter
from zoneinfo import ZoneInfo

from core.access import Actor
from core.database import transaction
from modules.analytics.counting import rollups
from modules.analytics.counting.cells import WHOLE_DAY, Cell

DAYS = 45
COUNTED = {"sent": "mail_sent", "skipped": "mail_skipped", "failed": "mail_failed", "uncertain": "mail_uncertain"}
TOUCHED = {"open": "mail_opened", "click": "mail_clicked"}
MAILINGS = """
SELECT m.id FROM mailings m WHERE m.organization_id = $1 AND (m.created_at > now() - make_interval(days => $2)
   OR (m.state <> 'canceled' AND m.released_at IS NOT NULL AND m.finished_at IS NULL)) ORDER BY m.id
"""
SENDS = """
SELECT (coalesce(s.settled_at, s.created_at) AT TIME ZONE $3)::date, s.state, count(*) FROM mailing_sends s
WHERE s.organization_id = $1 AND s.mailing_id = $2 AND s.state IN ('sent', 'skipped', 'failed', 'uncertain') GROUP BY 1, 2
"""
TOUCHES = """
SELECT (f.at AT TIME ZONE $3)::date, f.touch, count(*) FROM (
    SELECT t.send_id, t.touch, min(t.created_at) AS at FROM mailing_sends s
    JOIN mailing_touches t ON t.organization_id = $1 AND t.send_id = s.id
    WHERE s.organization_id = $1 AND s.mailing_id = $2 AND t.label = 'human' GROUP BY 1, 2) f
GROUP BY 1, 2
"""
HELD = """
SELECT r.metric, r.day, r.value FROM analytics_rollups r
WHERE r.organization_id = $1 AND r.metric = ANY ($3::text[]) AND r.dimension = 'mailing' AND r.hour = -1 AND r.key = $2
"""


async def count(actor: Actor) -> int:
    """Count the organization's mailings that may have changed; how many they are."""
    async with transaction(actor) as db:
        found = [row[0] for row in await db.fetch_rows(MAILINGS, actor.organization_id, DAYS)]
    for mailing_id in found:
        await _one(actor, mailing_id)
    return len(found)


async def _one(actor: Actor, mailing_id: int) -> None:
    async with transaction(actor) as db:
        zone = ZoneInfo((await rollups.locked(db, actor)).zone)
        change: Counter[Cell] = Counter()
        for sql, names in ((SENDS, COUNTED), (TOUCHES, TOUCHED)):
            for day, what, count_of in await db.fetch_rows(sql, actor.organization_id, mailing_id, zone.key):
                change[names[what], "mailing", str(mailing_id), day, WHOLE_DAY, 0] += count_of
        metrics = [*COUNTED.values(), *TOUCHED.values()]
        for metric, day, value in await db.fetch_rows(HELD, actor.organization_id, str(mailing_id), metrics):
            change[metric, "mailing", str(mailing_id), day, WHOLE_DAY, 0] -= value
        for (metric, _, _, day, hour, bucket), value in list(change.items()):
            change[metric, "all", "", day, hour, bucket] += value
        await rollups.add(db, actor, change)
