"""What campaigns show beside a conversation, as data."""

from core.access import MARKETERS, STAFF, Actor, system
from core.channels.email.bulk import queries as bulk
from core.database import read
from core.extend.panels import Block, Fact, Facts, Link, Links, PanelDocument, Timeline, TimelineEntry
from modules.campaigns import keys, queries

SHOWN = 5
TITLE = "Campaign"
SENT = "SELECT coalesce(s.handed_at, s.settled_at), s.contact_id FROM mailing_sends s WHERE s.organization_id = $1 AND s.id = $2"
TOUCHED = """
SELECT t.touch, t.url, t.created_at FROM mailing_touches t WHERE t.organization_id = $1 AND t.send_id = $2 AND t.label = 'human'
ORDER BY t.id LIMIT $3
"""


async def of_conversation(actor: Actor, conversation_id: int) -> PanelDocument:
    """The campaign that a conversation began as an answer to, and what its reader did with it before; nothing, where it began otherwise.

    Raises:
        NotFound: the conversation is not visible to the actor.
    """
    actor.require(*STAFF)
    async with read(actor) as db:
        answered = await bulk.answered(actor, conversation_id)
        if answered is None or answered.kind != keys.KIND:
            return PanelDocument(TITLE, [], "neutral")
        campaign = await queries.get(system(actor.organization_id), answered.source_id)
        [(at, contact_id)] = await db.fetch_rows(SENT, actor.organization_id, answered.send_id)
        touched = await db.fetch_rows(TOUCHED, actor.organization_id, answered.send_id, SHOWN)
    variant = queries.variant_of(campaign, contact_id)
    facts = [Fact("Campaign", campaign.name), Fact("Subject", variant.subject[:500])]
    if len(campaign.variants) > 1:
        facts.append(Fact("Mail", variant.name))
    if not answered.is_recipient:
        facts.append(Fact("Answered by", "somebody else than its recipient"))
    entries = [TimelineEntry(int(at.timestamp()), "Sent")] if at else []
    entries += [TimelineEntry(int(when.timestamp()), _did(touch, url)) for touch, url, when in touched]
    blocks: list[Block] = [Facts(facts), Timeline(entries)]
    if actor.role in MARKETERS:
        blocks.append(Links([Link("Report", f"/app/campaigns/{campaign.id}")]))
    return PanelDocument(TITLE, blocks, "neutral")


def _did(touch: str, url: str) -> str:
    return "Opened" if touch == "open" else f"Followed {url}"[:500]
