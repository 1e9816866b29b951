"""The two things of analytics that no organization's own rights suffice for."""

from datetime import datetime

from core.access import Actor
from core.database import system_transaction

WAITING = """
SELECT o.id FROM organizations o WHERE EXISTS (SELECT FROM analytics_pending p WHERE p.organization_id = o.id)
   OR EXISTS (SELECT FROM analytics_events e WHERE e.organization_id = o.id)
      AND NOT EXISTS (SELECT FROM analytics_states s WHERE s.organization_id = o.id AND s.rules = $1)
"""
MAILING = """
SELECT DISTINCT m.organization_id FROM mailings m WHERE m.created_at > now() - make_interval(days => $1) OR m.state = 'active'
"""
KEEPING = "SELECT s.organization_id FROM analytics_states s WHERE s.keep_days IS NOT NULL"
DONE = """
SELECT e.entity, e.entity_id FROM analytics_events e WHERE e.organization_id = $1 GROUP BY 1, 2
HAVING max(e.at) < $2 AND (e.entity <> 'conversation'
    OR coalesce(max(e.at) FILTER (WHERE e.kind IN ('ticket_resolved', 'ticket_closed'))
                >= max(e.at) FILTER (WHERE e.kind IN ('ticket_created', 'ticket_reopened', 'message_received')), false))
"""
"""What was over then: of an open conversation every fact is kept, for it still counts as open."""
FORGET = f"""
DELETE FROM analytics_events f USING ({DONE} LIMIT $3) o WHERE f.organization_id = $1 AND f.entity = o.entity AND f.entity_id = o.entity_id
"""
FACTS = f"""
SELECT count(*) FROM analytics_events f JOIN ({DONE}) o ON f.entity = o.entity AND f.entity_id = o.entity_id WHERE f.organization_id = $1
"""


async def waiting(rules: int) -> list[int]:
    """Organizations that have facts which no rollup holds, or rollups of other rules."""
    async with system_transaction("whose facts wait to be added up") as db:
        return [row[0] for row in await db.fetch_rows(WAITING, rules)]


async def mailing(days: int) -> list[int]:
    """Organizations whose mailings may still change."""
    async with system_transaction("whose mailings are counted") as db:
        return [row[0] for row in await db.fetch_rows(MAILING, days)]


async def keeping() -> list[int]:
    """Organizations that keep figures for some time only."""
    async with system_transaction("who forgets old figures") as db:
        return [row[0] for row in await db.fetch_rows(KEEPING)]


async def forget_facts(actor: Actor, before: datetime, limit: int) -> int:
    """Delete the facts of up to `limit` things that were over before then; requests have no right to. How many facts."""
    async with system_transaction("facts are deleted by their retention alone") as db:
        return await db.execute(FORGET, actor.organization_id, before, limit)
