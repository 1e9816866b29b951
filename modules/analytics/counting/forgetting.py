"""How old figures go, where an organization keeps them for some time only; and what would go, before anything does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.access import Actor
from core.database import read, transaction
from modules.analytics.counting import crossing, rollups
from modules.analytics.reports.structs import Forgetting

BATCH = 2000
ROLLUPS = "SELECT count(*) FROM analytics_rollups r WHERE r.organization_id = $1 AND r.day < $2"


def cutoff(zone: str, keep_days: int) -> date:
    """The first day that is kept."""
    return datetime.now(ZoneInfo(zone)).date() - timedelta(days=keep_days)


def _moment(day: date) -> datetime:
    """A day earlier than it may be anywhere: what lies on a border is kept."""
    return datetime.combine(day, time.min, UTC) - timedelta(days=1)


async def preview(actor: Actor, zone: str, keep_days: int) -> Forgetting:
    """What would go."""
    day = cutoff(zone, keep_days)
    async with read(actor) as db:
        counted = await db.fetch_value(ROLLUPS, actor.organization_id, day)
        facts = await db.fetch_value(crossing.FACTS, actor.organization_id, _moment(day))
    return Forgetting(day, counted, facts)


async def forget(actor: Actor) -> Forgetting | None:
    """Let go what the organization does not keep; None: it keeps all. Safe to repeat."""
    async with transaction(actor) as db:
        state = await rollups.locked(db, actor)
        if state.keep_days is None:
            return None
        day = cutoff(state.zone, state.keep_days)
        gone = await rollups.forget_before(db, actor, day)
    facts = 0
    while deleted := await crossing.forget_facts(actor, _moment(day), BATCH):
        facts += deleted
    return Forgetting(day, gone, facts)
