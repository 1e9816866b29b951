"""What is asked again right before each effect, in its transaction: does the run still hold, and may the contact be reached now."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from core.access import Actor
from core.database import Unit
from core.extend.steps import Visit
from modules.workflows.definition.conditions import judge
from modules.workflows.definition.shape import CUSTOM, Cap, Definition, Node
from modules.workflows.saying import say
from modules.workflows.spans import clock, quiet_until

ABSENT = timedelta(hours=1)
"""Until it is looked again whether the module is on that has a step or a trigger."""
REACHED = """
SELECT f.at FROM workflow_effects f WHERE f.organization_id = $1 AND f.contact_id = $2 AND f.reached AND f.at > $3::timestamptz - $4::interval
ORDER BY f.at DESC OFFSET $5 LIMIT 1
"""


class Over(msgspec.Struct, frozen=True):
    """The run ends instead."""

    status: str
    reason: str
    detail: str = ""


class Later(msgspec.Struct, frozen=True):
    """It waits."""

    until: datetime
    why: str


class Without(msgspec.Struct, frozen=True):
    """It goes on without this step's effect."""

    why: str


async def ask(
    db: Unit, actor: Actor, definition: Definition, node: Node, visit: Visit, *, entry_key: str, skips: bool
) -> Over | Later | Without | None:
    """What stands against the effect of `node`; None: nothing."""
    if definition.announced is None and definition.trigger != CUSTOM:
        return Later(visit.now + ABSENT, say("trigger_absent", trigger=definition.trigger))
    if (over := await still(actor, definition, visit, entry_key)) is not None:
        return over
    if skips:
        return Without(say("overdue"))
    if node.step is None or not node.step.notices(node.config):
        return None
    return quiet(definition, visit) or await _capped(db, actor, definition, visit)


async def still(actor: Actor, definition: Definition, visit: Visit, entry_key: str) -> Over | None:
    """Why the run ends now, if it does: what started it does not hold any more, or a goal's or an exit's condition holds."""
    if definition.announced is not None and definition.announced.void is not None:
        reason = await definition.announced.void(actor, visit.contact_id, entry_key)
        if reason is not None:
            return Over("exited", reason)
    return met(definition, visit)


def met(definition: Definition, visit: Visit) -> Over | None:
    """The goal or exit that is reached by what is known of the contact now."""
    for watched, status, reason in (
        *((goal, "completed", "goal") for goal in definition.goals),
        *((leaving, "exited", "exit_condition") for leaving in definition.exits),
    ):
        if watched.event is None and watched.when is not None:
            verdict = judge(watched.when, visit.values)
            if verdict.holds:
                return Over(status, reason, verdict.said)
    return None


def quiet(definition: Definition, visit: Visit) -> Later | Without | None:
    """What quiet hours ask for now."""
    hours = definition.quiet_hours
    if hours is None:
        return None
    until = quiet_until(visit.now.astimezone(UTC), ZoneInfo(visit.zone), clock(hours.start), clock(hours.end))
    if until is None:
        return None
    why = say("quiet_hours", zone=visit.zone)
    return Later(until, why) if hours.then == "defer" else Without(why)


async def _capped(db: Unit, actor: Actor, definition: Definition, visit: Visit) -> Later | Without | None:
    """Counted while the contact is locked, so two workflows cannot both be the last that may."""
    cap = definition.cap
    if cap is None:
        return None
    oldest = await db.fetch_value(REACHED, actor.organization_id, visit.contact_id, visit.now, cap.window, cap.count - 1)
    if oldest is None:
        return None
    return full(cap, oldest)


def full(cap: Cap, oldest: datetime) -> Later | Without:
    """As many reached the contact as may, the first of them at `oldest`."""
    why = say("cap", count=cap.count, hours=cap.hours)
    return Later(oldest + cap.window, why) if cap.then == "defer" else Without(why)
