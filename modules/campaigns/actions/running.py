"""What can be done to a campaign that has begun: paused, resumed, canceled."""

from datetime import timedelta

from core.access import MARKETERS, Actor
from core.database import Unit, transaction
from core.errors import Conflict
from core.events.log import record
from core.jobs import timers
from core.mailing.actions import mailings
from modules.campaigns import keys, queries
from modules.campaigns.actions.drafts import MARKETERS_ONLY
from modules.campaigns.events import CampaignCanceled, CampaignPaused, CampaignResumed
from modules.campaigns.structs import CampaignView

PAUSE = """
UPDATE campaigns SET status = 'paused', reason = $3, paused_at = now(), revision = revision + 1, updated_at = now()
WHERE organization_id = $1 AND id = $2
"""
RESUME = """
UPDATE campaigns SET status = 'sending', reason = '', hold_until = hold_until + (now() - paused_at), paused_at = NULL, revision = revision + 1,
       updated_at = now()
WHERE organization_id = $1 AND id = $2
"""
"""Days of holding back go on where they stopped."""
CANCEL = """
UPDATE campaigns SET status = 'canceled', reason = '', ended_at = now(), paused_at = NULL, revision = revision + 1, updated_at = now()
WHERE organization_id = $1 AND id = $2
"""


async def pause(actor: Actor, campaign_id: int) -> CampaignView:
    """Nothing more goes out once this returns, but what is being handed over at that moment; it stays so until somebody resumes it. Safe to
    repeat. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `not_sending`, with its `campaign_status`.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        found = await _begun(actor, campaign_id)
        if found.status == "sending":
            await _pause(db, actor, found, "")
        return await queries.get(actor, campaign_id)


async def hold_up(actor: Actor, campaign_id: int, reason: str) -> None:
    """It cannot go on before a person mends what `reason` says (a code). Safe to repeat."""
    async with transaction(actor) as db:
        found = await queries.get(actor, campaign_id, lock=True)
        if found.status == "sending":
            await _pause(db, actor, found, reason)


async def resume(actor: Actor, campaign_id: int) -> CampaignView:
    """What waits goes on. Safe to repeat. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `not_sending`, with its `campaign_status`.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        found = await _begun(actor, campaign_id)
        if found.status == "paused" and found.mailing_id is not None:
            await mailings.resume(actor, found.mailing_id)
            await db.execute(RESUME, actor.organization_id, campaign_id)
            await keys.later(actor, keys.ENLIST, campaign_id, timedelta(0))
            await keys.watch(actor, campaign_id)
            event = CampaignResumed(organization_id=actor.organization_id, campaign_id=campaign_id, by=actor.ref)
            await record(event, MARKETERS_ONLY)
        return await queries.get(actor, campaign_id)


async def cancel(actor: Actor, campaign_id: int) -> CampaignView:
    """What waits never goes out; what was sent was sent. For good. Safe to repeat. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `not_sending`, with its `campaign_status`: it is a draft, or sent.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        found = await queries.get(actor, campaign_id, lock=True)
        if found.status in {"draft", "sent"}:
            raise Conflict(f"this campaign is {found.status}", code="not_sending", campaign_status=found.status)
        if found.status != "canceled":
            await timers.cancel(actor, keys.timer(keys.BEGIN, campaign_id))
            await db.execute(CANCEL, actor.organization_id, campaign_id)
            if found.mailing_id is not None:
                await keys.watch(actor, campaign_id)
            event = CampaignCanceled(organization_id=actor.organization_id, campaign_id=campaign_id, by=actor.ref)
            await record(event, MARKETERS_ONLY)
    if found.mailing_id is not None:
        await mailings.cancel(actor, found.mailing_id)  # after that: it works in many units; whoever watches it does the same
    return await queries.get(actor, campaign_id)


async def _begun(actor: Actor, campaign_id: int) -> CampaignView:
    found = await queries.get(actor, campaign_id, lock=True)
    if found.status not in {"sending", "paused"}:
        raise Conflict(f"this campaign is {found.status}", code="not_sending", campaign_status=found.status)
    return found


async def _pause(db: Unit, actor: Actor, campaign: CampaignView, reason: str) -> None:
    if campaign.mailing_id is None:
        raise RuntimeError("a campaign that is being sent has a mailing")
    await mailings.pause(actor, campaign.mailing_id)
    await db.execute(PAUSE, actor.organization_id, campaign.id, reason[:40])
    event = CampaignPaused(organization_id=actor.organization_id, campaign_id=campaign.id, by=actor.ref, reason=reason[:40])
    await record(event, MARKETERS_ONLY)
