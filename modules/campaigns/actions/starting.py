"""How a campaign begins: at once, or at a time; and what happens where that time came and it could not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from core.access import MARKETERS, Actor
from core.database import Unit, transaction
from core.errors import Conflict, Invalid
from core.events.log import record
from core.jobs import timers
from core.mailing.actions import mailings
from core.templates import actions as templates
from modules.campaigns import checks, keys, queries
from modules.campaigns.actions import drafts
from modules.campaigns.actions.drafts import MARKETERS_ONLY
from modules.campaigns.events import CampaignMissed, CampaignScheduled, CampaignStarted
from modules.campaigns.structs import CampaignSchedule, CampaignStart, CampaignView

AHEAD_MAX = timedelta(days=366)
PIN = "UPDATE campaign_variants SET version = $4 WHERE organization_id = $1 AND campaign_id = $2 AND template_id = $3"
START = """
UPDATE campaigns SET status = 'sending', reason = '', mailing_id = $3, started_at = now(), hold_until = now() + make_interval(days => hold_days),
       revision = revision + 1, updated_at = now()
WHERE organization_id = $1 AND id = $2
"""
NAMED = """
UPDATE campaign_segments s SET name = g.name FROM segments g
WHERE s.organization_id = $1 AND s.campaign_id = $2 AND g.organization_id = $1 AND g.id = s.segment_id
"""
FAILED = "failed"


async def schedule(actor: Actor, campaign_id: int, data: CampaignSchedule) -> CampaignView:
    """Have a campaign begin at a time; again, at another one. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `not_a_draft`, `revised`; `not_ready`, with its `problems`.
        Invalid: `in_the_past`, `too_far_ahead`, `unknown_time_zone`.
    """
    actor.require(*MARKETERS)
    now = datetime.now(UTC)
    if data.at < now:
        raise Invalid("this time is over", code="in_the_past")
    if data.at > now + AHEAD_MAX:
        raise Invalid("a campaign begins within a year", code="too_far_ahead")
    try:
        ZoneInfo(data.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("there is no such time zone", code="unknown_time_zone") from None
    async with transaction(actor) as db:
        found = await drafts.locked(actor, campaign_id, "draft", "scheduled", "missed", revision=data.revision)
        await _check_ready(actor, found)
        values = {"scheduled_at": data.at, "time_zone": data.time_zone, "max_lateness_s": data.max_lateness_s}
        await drafts.assign(db, actor, campaign_id, status="scheduled", reason="", **values)
        await timers.set_timer(
            actor, keys.BEGIN, key=keys.timer(keys.BEGIN, campaign_id), due_at=data.at, **keys.arguments(actor, campaign_id)
        )
        event = CampaignScheduled(organization_id=actor.organization_id, campaign_id=campaign_id, by=actor.ref)
        await record(event, MARKETERS_ONLY)
        return await queries.shown(actor, campaign_id)


async def unschedule(actor: Actor, campaign_id: int) -> CampaignView:
    """Make a campaign that was scheduled, or missed, a draft again. Safe to repeat. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `not_a_draft`: it has begun.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        found = await drafts.locked(actor, campaign_id, "draft", "scheduled", "missed")
        if found.status != "draft":
            await timers.cancel(actor, keys.timer(keys.BEGIN, campaign_id))
            await drafts.assign(db, actor, campaign_id, status="draft", reason="")
            await drafts.saved(actor, campaign_id)
        return await queries.shown(actor, campaign_id)


async def start(actor: Actor, campaign_id: int, data: CampaignStart) -> CampaignView:
    """Begin now. Safe to repeat: what has begun goes on. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `revised`; `not_ready`, with its `problems`; `canceled`.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        found = await queries.get(actor, campaign_id, lock=True)
        if found.status == "canceled":
            raise Conflict("this campaign was canceled", code="canceled")
        if found.status not in {"draft", "scheduled", "missed"}:
            return found
        if found.revision != data.revision:
            raise Conflict("somebody changed this campaign meanwhile", code="revised", revision=found.revision)
        await _check_ready(actor, found)
        await timers.cancel(actor, keys.timer(keys.BEGIN, campaign_id))
        await _begin(db, actor, found)
        return await queries.get(actor, campaign_id)


async def begin_scheduled(actor: Actor, campaign_id: int) -> None:
    """Its time has come. Too late, or with something missing, it waits for a person. Safe to repeat."""
    async with transaction(actor) as db:
        found = await queries.get(actor, campaign_id, lock=True)
        now = datetime.now(UTC)
        if found.status != "scheduled" or found.scheduled_at is None or found.scheduled_at > now:
            return  # somebody has thought better of it since this was set going
        if now - found.scheduled_at > timedelta(seconds=found.max_lateness_s):
            await _miss(db, actor, campaign_id, "late")
        elif lacking := await checks.problems(actor, found):
            await _miss(db, actor, campaign_id, lacking[0].code)
        else:
            await _begin(db, actor, found)


async def miss(actor: Actor, campaign_id: int) -> None:
    """It could not begin, however often that was tried."""
    async with transaction(actor) as db:
        if (await queries.get(actor, campaign_id, lock=True)).status == "scheduled":
            await _miss(db, actor, campaign_id, FAILED)


async def _miss(db: Unit, actor: Actor, campaign_id: int, reason: str) -> None:
    await drafts.assign(db, actor, campaign_id, status="missed", reason=reason[:40])
    event = CampaignMissed(organization_id=actor.organization_id, campaign_id=campaign_id, by=actor.ref, reason=reason[:40])
    await record(event, MARKETERS_ONLY)


async def _check_ready(actor: Actor, campaign: CampaignView) -> None:
    if lacking := await checks.problems(actor, campaign):
        first = lacking[0]
        raise Conflict(f"{first.path}: {first.detail}", code="not_ready", problems=msgspec.to_builtins(lacking))


async def _begin(db: Unit, actor: Actor, campaign: CampaignView) -> None:
    """Freeze what it sends, and have it settled who gets it."""
    here = (actor.organization_id, campaign.id)
    for template_id in sorted({variant.template_id for variant in campaign.variants}):
        await db.execute(PIN, *here, template_id, await templates.keep(actor, template_id))
    await db.execute(NAMED, *here)
    mailing = await mailings.begin(actor, keys.KIND, campaign.id, topic_id=campaign.topic_id)
    await db.execute(START, *here, mailing.id)
    await keys.later(actor, keys.ENLIST, campaign.id, timedelta(0))
    await keys.watch(actor, campaign.id)
    event = CampaignStarted(organization_id=actor.organization_id, campaign_id=campaign.id, by=actor.ref)
    await record(event, MARKETERS_ONLY)
