"""What analytics shows beside other things, as data."""

from datetime import UTC, datetime, time
from typing import Any

import msgspec

from core.access import STAFF, Actor, visible
from core.database import read
from core.errors import NotFound
from core.extend.panels import Fact, Facts, PanelDocument, Plot, Series, Timeline, TimelineEntry
from modules.analytics import queries

SHOWN = 8
STEPS = ["ticket_created", "ticket_resolved", "ticket_reopened", "ai_answered", "handed_off"]

FACTS = """
SELECT count(c.id), min(c.created_at), max(wrote.at),
       count(c.id) FILTER (WHERE c.status IN ('resolved', 'closed') AND c.resolved_at IS NOT NULL AND c.handler = 'ai')
FROM contacts k
LEFT JOIN conversations c ON c.organization_id = k.organization_id AND c.contact_id = k.id AND {rule}
LEFT JOIN LATERAL (
    SELECT m.created_at AS at FROM messages m
    WHERE m.organization_id = c.organization_id AND m.conversation_id = c.id AND m.sender_type = 'contact'
    ORDER BY m.seq DESC LIMIT 1
) wrote ON true
WHERE k.organization_id = $1 AND k.id = $2 GROUP BY k.id
"""


class _Found(msgspec.Struct):
    conversations: int
    first_at: datetime | None
    last_at: datetime | None
    resolved_by_ai: int


async def of_contact(actor: Actor, contact_id: int) -> PanelDocument:
    """A contact's history, as far as the actor may see it.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    actor.require(*STAFF)
    rule, held = visible(actor, 3)
    async with read(actor) as db:
        found = await db.fetch_one(_Found, FACTS.format(rule=rule), actor.organization_id, contact_id, *held)
        if found is None:
            raise NotFound("this contact does not exist")
        happened = await queries.latest(actor, "e.contact_id = $2 AND e.kind = ANY ($3::text[])", contact_id, STEPS, limit=SHOWN)
    facts = [
        Fact("Conversations", str(found.conversations)),
        Fact("First contact", _day(found.first_at)),
        Fact("Last contact", _day(found.last_at)),
        Fact("Resolved by the AI agent", str(found.resolved_by_ai)),
    ]
    entries = [TimelineEntry(int(entry.at.timestamp()), f"#{entry.number} {entry.text}") for entry in happened]
    return PanelDocument("Activity", [Facts(facts), Timeline(entries)], "neutral")


def _day(at: datetime | None) -> str:
    return "never" if at is None else at.astimezone(UTC).date().isoformat()


async def of_days(actor: Actor, days: int) -> PanelDocument:
    """The plot of the dashboard: what came in, and who dealt with it."""
    shown = await queries.overview(actor, days)
    lines: list[tuple[str, str]] = [
        ("Opened", "created"), ("Resolved", "resolved"), ("AI answers", "ai_answered"), ("Handed to people", "handed_off"),
    ]  # fmt: skip
    at = [int(datetime.combine(entry.day, time.min, UTC).timestamp()) for entry in shown.series]
    series = [Series(label, [float(_value(entry, name)) for entry in shown.series]) for label, name in lines]
    whose = "in the organization" if shown.scope == "organization" else "that counts to you"
    return PanelDocument("Activity", [Plot("Per day", at, series, f"what happened {whose}, per day in UTC")], "neutral")


def _value(counts: Any, name: str) -> int:
    value: int = getattr(counts, name)
    return value
