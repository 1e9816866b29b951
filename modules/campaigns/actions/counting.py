"""Counts of a campaign, as lists show them: sums over the ledger of mail to many, written down now and then."""

from datetime import UTC, datetime, timedelta

from core.access import Actor
from core.database import transaction
from core.jobs import ledger
from modules.campaigns import keys
from modules.campaigns.report.facts import UNSUBSCRIBED

SOON = timedelta(seconds=30)
COUNT = f"""
WITH s AS MATERIALIZED (
    SELECT s.id, s.state, s.reason, s.address_id, s.settled_at FROM mailing_sends s
    WHERE s.organization_id = $1 AND s.mailing_id = (SELECT c.mailing_id FROM campaigns c WHERE c.organization_id = $1 AND c.id = $2)
), h AS (
    SELECT count(DISTINCT t.send_id) FILTER (WHERE t.touch = 'open') AS opened, count(DISTINCT t.send_id) FILTER (WHERE t.touch = 'click') AS clicked
    FROM s JOIN mailing_touches t ON t.organization_id = $1 AND t.send_id = s.id
    WHERE t.label = 'human' AND s.state = 'sent' AND s.reason <> 'bounced'
), n AS (
    SELECT count(*) AS audience, count(*) FILTER (WHERE state = 'sent') AS sent, count(*) FILTER (WHERE state = 'skipped') AS skipped,
           count(*) FILTER (WHERE state = 'failed') AS failed, count(*) FILTER (WHERE state = 'uncertain') AS uncertain,
           count(*) FILTER (WHERE state = 'sent' AND reason = 'bounced') AS bounced
    FROM s
), r AS (
    SELECT count(*) AS replied FROM conversation_mailings m
    WHERE m.organization_id = $1 AND m.mailing_id = (SELECT c.mailing_id FROM campaigns c WHERE c.organization_id = $1 AND c.id = $2)
), u AS (SELECT count(*) AS unsubscribed FROM s WHERE s.state = 'sent' AND {UNSUBSCRIBED.format(campaign="$2")})
UPDATE campaigns c SET audience = n.audience, sent = n.sent, skipped = n.skipped, failed = n.failed, uncertain = n.uncertain,
       bounced = n.bounced, opened = h.opened, clicked = h.clicked, unsubscribed = u.unsubscribed, replied = r.replied, counted_at = now()
FROM n, h, u, r WHERE c.organization_id = $1 AND c.id = $2
"""


async def expect(actor: Actor, campaign_id: int) -> None:
    """Have it counted in a while, once for all that happens until then."""
    async with transaction(actor):
        run_at = datetime.now(UTC) + SOON
        await ledger.enqueue(
            actor, keys.COUNT, key=keys.timer(keys.COUNT, campaign_id), run_at=run_at, **keys.arguments(actor, campaign_id)
        )


async def count(actor: Actor, campaign_id: int) -> None:
    """Count anew. Safe to repeat."""
    async with transaction(actor) as db:
        await db.execute(COUNT, actor.organization_id, campaign_id)
