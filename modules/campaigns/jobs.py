"""Campaigns begin, are settled and looked after beside all requests."""

import time
from datetime import timedelta

from core.access import system
from core.database import transaction
from core.jobs.define import job
from modules.campaigns import keys
from modules.campaigns.actions import counting, enlisting, starting, watching

ENLIST_S = 120.0
AGAIN = timedelta(minutes=1)


async def missed(organization_id: int, campaign_id: int) -> None:
    await starting.miss(system(organization_id), campaign_id)


async def look_later(organization_id: int, campaign_id: int) -> None:
    actor = system(organization_id)
    async with transaction(actor):
        await keys.watch(actor, campaign_id, AGAIN)


async def enlist_later(organization_id: int, campaign_id: int) -> None:
    await _enlist_after(organization_id, campaign_id, AGAIN)


@job(job_class="bulk", timeout_s=60, max_attempts=10, on_dead=missed)
async def begin(organization_id: int, campaign_id: int) -> None:
    """The time of a campaign has come."""
    await starting.begin_scheduled(system(organization_id), campaign_id)


@job(job_class="bulk", timeout_s=300, max_attempts=10, on_dead=enlist_later)
async def enlist(organization_id: int, campaign_id: int) -> None:
    """Settle the audience, as far as it comes before others have their turn."""
    actor, until = system(organization_id), time.monotonic() + ENLIST_S
    while time.monotonic() < until:
        if not await enlisting.enlist(actor, campaign_id):
            return
    await _enlist_after(organization_id, campaign_id, timedelta(0))


@job(job_class="bulk", timeout_s=300, max_attempts=5, on_dead=look_later)
async def watch(organization_id: int, campaign_id: int) -> None:
    """Look after a campaign that has begun."""
    await watching.watch(system(organization_id), campaign_id)


@job(job_class="bulk", timeout_s=120)
async def count(organization_id: int, campaign_id: int) -> None:
    """Somebody opened it, followed a link, or it came back."""
    await counting.count(system(organization_id), campaign_id)


async def _enlist_after(organization_id: int, campaign_id: int, wait: timedelta) -> None:
    actor = system(organization_id)
    async with transaction(actor):
        await keys.later(actor, keys.ENLIST, campaign_id, wait)
