"""Orders that came of a campaign: credited once, when they are paid, and less by what is given back."""

from datetime import datetime
from decimal import Decimal

from core.access import Actor
from core.database import transaction
from modules.campaigns import keys
from modules.campaigns.report.facts import RULE, WINDOW

CREDIT = f"""
INSERT INTO campaign_orders (organization_id, campaign_id, send_id, order_id, amount, currency, rule, ordered_at)
SELECT $1, w.source_id, w.id, $3, $4, $5, {RULE}, $6 FROM (
    SELECT m.kind, m.source_id, s.id FROM contacts k
    JOIN mail_addresses a ON a.organization_id = $1 AND a.address = lower(k.email)
    JOIN mailing_sends s ON s.organization_id = $1 AND s.address_id = a.id
    JOIN mailing_touches t ON t.organization_id = $1 AND t.send_id = s.id AND t.touch = 'click' AND t.label = 'human'
    JOIN mailings m ON m.organization_id = $1 AND m.id = s.mailing_id
    WHERE k.organization_id = $1 AND k.id = $2 AND k.email <> '' AND t.created_at <= $6 AND t.created_at > $6 - interval '{WINDOW}'
    ORDER BY t.created_at DESC, t.id DESC LIMIT 1
) w WHERE w.kind = $7 AND EXISTS (SELECT FROM campaigns c WHERE c.organization_id = $1 AND c.id = w.source_id)
ON CONFLICT (organization_id, order_id) DO NOTHING
"""
REFUNDED = "UPDATE campaign_orders SET refunded = least(amount, $3::numeric) WHERE organization_id = $1 AND order_id = $2"


async def credit(actor: Actor, order_id: int, contact_id: int, amount: Decimal, currency: str, ordered_at: datetime) -> None:
    """Write down that a paid order came of a campaign, where it did. Safe to repeat."""
    async with transaction(actor) as db:
        await db.execute(CREDIT, actor.organization_id, contact_id, order_id, amount, currency, ordered_at, keys.KIND)


async def give_back(actor: Actor, order_id: int, refunded: Decimal) -> None:
    """So much of an order was given back, all in all. Safe to repeat."""
    async with transaction(actor) as db:
        await db.execute(REFUNDED, actor.organization_id, order_id, refunded)
