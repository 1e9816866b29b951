"""Whoever looks after a campaign that has begun: sees that it is finished when nothing of it is left, and not before, and counts."""

from datetime import UTC, datetime, timedelta

from core.access import Actor
from core.database import transaction
from core.events.log import record
from core.mailing import queries as ledger
from core.mailing.actions import claims, mailings
from core.mailing.structs import Tally
from modules.campaigns import keys, queries
from modules.campaigns.actions import counting, running
from modules.campaigns.actions.drafts import MARKETERS_ONLY
from modules.campaigns.events import CampaignSent
from modules.campaigns.structs import CampaignView

SOON = timedelta(seconds=20)
COUNTED = timedelta(seconds=50)
"""Counts of what is being sent are about that old."""
LATER = (timedelta(hours=1), timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""How long after the end it is counted once more, whatever is heard of it: who unsubscribed is told by nobody."""
FINISH = """
UPDATE campaigns SET status = 'sent', ended_at = now(), revision = revision + 1, updated_at = now() WHERE organization_id = $1 AND id = $2
"""


async def watch(actor: Actor, campaign_id: int) -> None:
    """Look after a campaign, and see to it that somebody looks again while that is worth it. Safe to repeat."""
    campaign = await queries.get(actor, campaign_id)
    if campaign.mailing_id is None:
        return
    if campaign.status == "canceled":
        await mailings.cancel(actor, campaign.mailing_id)
        await claims.claim(actor, campaign.mailing_id)  # gives nothing of this one, but takes back what dead workers had
    if campaign.status == "sending":
        await heed(actor, campaign_id)
        await finish(actor, campaign_id)
    campaign = await queries.get(actor, campaign_id)
    if campaign.counted_at is None or campaign.ended_at is not None or datetime.now(UTC) - campaign.counted_at > COUNTED:
        await counting.count(actor, campaign_id)
    wait = await _wait(actor, campaign)
    if wait is not None:
        async with transaction(actor):
            await keys.watch(actor, campaign_id, wait)


async def finish(actor: Actor, campaign_id: int) -> None:
    """It is sent once its audience is settled and everybody of it has got it, or a reason why not."""
    async with transaction(actor) as db:
        campaign = await queries.get(actor, campaign_id, lock=True)
        if campaign.status != "sending" or campaign.settled_at is None or campaign.mailing_id is None:
            return
        if _is_under_way(await ledger.tally(actor, campaign.mailing_id)):
            return
        await db.execute(FINISH, actor.organization_id, campaign_id)
        event = CampaignSent(organization_id=actor.organization_id, campaign_id=campaign_id, by=actor.ref)
        await record(event, MARKETERS_ONLY)


async def heed(actor: Actor, campaign_id: int) -> None:
    """Whoever sends may have paused the mailing, and an inbox may be gone: then the campaign says so."""
    campaign = await queries.get(actor, campaign_id)
    if campaign.status != "sending":
        return
    if campaign.inbox_id is None:
        await running.hold_up(actor, campaign.id, "no_inbox")
        return
    if campaign.mailing_id is not None:
        mailing = await ledger.mailing(actor, campaign.mailing_id)
        if mailing.state == "paused":
            await running.hold_up(actor, campaign.id, mailing.pause_reason or "halted")


async def _wait(actor: Actor, campaign: CampaignView) -> timedelta | None:
    """Until somebody looks again; None: nothing will come of it any more."""
    if campaign.status == "sending":
        return SOON
    if campaign.ended_at is None or campaign.mailing_id is None:
        return None  # paused: whoever resumes it has it looked after again
    if _is_under_way(await ledger.tally(actor, campaign.mailing_id)):
        return SOON
    since = datetime.now(UTC) - campaign.ended_at
    return next((age - since for age in LATER if since < age), None)


def _is_under_way(tally: Tally) -> bool:
    return tally.queued + tally.sending > 0
