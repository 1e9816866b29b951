"""Settling who is in the audience of a campaign that has begun: part by part, each of which a dead worker may leave to the next."""

from core.access import Actor
from core.database import Unit, transaction
from core.errors import LacasaError
from core.mailing.actions import audience as mailing
from core.mailing.actions import mailings
from core.segments.audience import PLANNING
from modules.campaigns import audiences, keys, queries
from modules.campaigns.actions import running
from modules.campaigns.structs import CampaignView

PART = mailing.CHUNK
FAR = "SELECT c.enlisted_to FROM campaigns c WHERE c.organization_id = $1 AND c.id = $2"
NEXT = """
SELECT max(n.id) FROM (SELECT k.id FROM contacts k WHERE k.organization_id = $1 AND k.id > $2 ORDER BY k.id LIMIT $3) n
"""
WENT = "UPDATE campaigns SET enlisted_to = $3 WHERE organization_id = $1 AND id = $2"
SETTLED = "UPDATE campaigns SET settled_at = now() WHERE organization_id = $1 AND id = $2"
LET_GO = "UPDATE campaign_segments SET segment_id = NULL WHERE organization_id = $1 AND campaign_id = $2"
"""Nothing depends on these segments any more: they may be changed and deleted."""


async def enlist(actor: Actor, campaign_id: int, *, most: int = PART) -> bool:
    """Settle the next `most` contacts, in order of their ids; false: there are no more, or it was canceled. Safe to repeat.

    A paused campaign is settled all the same: nobody gets anything by it.
    """
    try:
        async with transaction(actor) as db:
            campaign = await queries.get(actor, campaign_id, lock=True)
            if campaign.status not in {"sending", "paused"} or campaign.settled_at is not None:
                return False
            return await _part(db, actor, campaign, most)
    except LacasaError as error:
        if error.reason not in {"bad_segment", "segment_broken"}:
            raise
        await running.hold_up(actor, campaign_id, "segment_broken")
        return False


async def _part(db: Unit, actor: Actor, campaign: CampaignView, most: int) -> bool:
    here = (actor.organization_id, campaign.id)
    if campaign.mailing_id is None or campaign.started_at is None:
        raise RuntimeError("a campaign that has begun has a mailing")
    after = await db.fetch_value(FAR, *here)
    last = await db.fetch_value(NEXT, actor.organization_id, after, most)
    if last is None:
        await db.execute(SETTLED, *here)
        await db.execute(LET_GO, *here)
        await mailings.release(actor, campaign.mailing_id)
        await keys.watch(actor, campaign.id)
        return False
    include, exclude = (
        [one.segment_id for one in refs if one.segment_id is not None] for refs in (campaign.include, campaign.exclude)
    )
    await db.execute(PLANNING)
    tree = audiences.tree_of(include, exclude)
    people = await audiences.between(db, actor, tree, campaign.started_at, after, last)
    await mailing.enlist(actor, campaign.mailing_id, people, campaign.started_at, after=after, most=most)
    await db.execute(WENT, *here, last)
    await mailings.release(actor, campaign.mailing_id)
    return True
