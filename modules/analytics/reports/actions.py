"""What an organization decides about its figures: its time zone, for how long they are kept, and that they are made anew."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from core.access import ADMINS, MARKETERS, Actor
from core.audit import log as audit
from core.database import read, transaction
from core.errors import Invalid
from core.jobs import ledger
from modules.analytics import jobs
from modules.analytics.counting import forgetting, rollups
from modules.analytics.reports import queries
from modules.analytics.reports.structs import AnalyticsSettings, AnalyticsSettingsChange, Forgetting

GET = "SELECT s.zone, s.keep_days, s.rebuilt_at FROM analytics_states s WHERE s.organization_id = $1"
SET = "UPDATE analytics_states SET zone = $2, keep_days = $3 WHERE organization_id = $1"


async def settings(actor: Actor) -> AnalyticsSettings:
    """How the organization counts."""
    actor.require(*MARKETERS)
    async with read(actor) as db:
        found = await db.fetch_one(AnalyticsSettings, GET, actor.organization_id)
    return found or AnalyticsSettings("UTC", None, None)


async def preview(actor: Actor, keep_days: int) -> Forgetting:
    """What would go if figures were kept for so many days. Admins only."""
    actor.require(*ADMINS)
    return await forgetting.preview(actor, (await settings(actor)).zone, keep_days)


async def change(actor: Actor, data: AnalyticsSettingsChange) -> AnalyticsSettings:
    """Change what is set in `data`; other days and hours have everything made anew. Admins only.

    Raises:
        Invalid: there is no such time zone.
    """
    actor.require(*ADMINS)
    if data.zone is not msgspec.UNSET:
        _check_zone(data.zone)
    async with transaction(actor) as db:
        await rollups.locked(db, actor)
        now = await settings(actor)
        zone = now.zone if data.zone is msgspec.UNSET else data.zone
        keep_days = now.keep_days if data.keep_days is msgspec.UNSET else data.keep_days
        await db.execute(SET, actor.organization_id, zone, keep_days)
        await audit.note(actor, "analytics.changed", subject=zone, keep_days=keep_days)
        if zone != now.zone:
            await _enqueue_rebuild(actor)
        after = await settings(actor)
    queries.forget()
    return after


async def rebuild(actor: Actor) -> AnalyticsSettings:
    """Have all figures made anew from what happened, in the background. Admins only; safe to repeat."""
    actor.require(*ADMINS)
    async with transaction(actor):
        await audit.note(actor, "analytics.rebuilt")
        await _enqueue_rebuild(actor)
    return await settings(actor)


async def _enqueue_rebuild(actor: Actor) -> None:
    await ledger.enqueue(actor, jobs.rebuild.name, key="analytics.rebuild", organization_id=actor.organization_id)


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid("there is no such time zone", code="bad_zone") from error
