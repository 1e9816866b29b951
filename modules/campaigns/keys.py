"""Names of campaigns' jobs and timers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from core.access import Actor
from core.jobs import timers

KIND = "campaign"
"""Of the mailings that campaigns are."""
BEGIN = "modules.campaigns.begin"
ENLIST = "modules.campaigns.enlist"
WATCH = "modules.campaigns.watch"
COUNT = "modules.campaigns.count"


def timer(job: str, campaign_id: int) -> str:
    return f"{job}:{campaign_id}"


def arguments(actor: Actor, campaign_id: int) -> dict[str, Any]:
    return {"organization_id": actor.organization_id, "campaign_id": campaign_id}


async def later(actor: Actor, job: str, campaign_id: int, wait: timedelta) -> None:
    """Run one of these jobs after `wait`, in the open unit of work; the same again moves it."""
    due_at = datetime.now(UTC) + wait
    await timers.set_timer(actor, job, key=timer(job, campaign_id), due_at=due_at, **arguments(actor, campaign_id))


async def watch(actor: Actor, campaign_id: int, wait: timedelta = timedelta(0)) -> None:
    """Look after a campaign after `wait`, in the open unit of work."""
    await later(actor, WATCH, campaign_id, wait)
