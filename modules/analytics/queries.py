"""Figures, each from one or two statements. Admins and users read the organization's, agents their own."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec

from core.access import MARKETERS, STAFF, Actor, visible
from core.conversations.queries import STATUS
from core.database import Unit, read
from modules.analytics.structs import Activity, Counts, DayCounts, Figure, Kind, Overview, Scope, Stats

WEEK = 7
RECENT_DAYS = 30

COUNTED = """
count(*) FILTER (WHERE e.kind = 'ticket_created'), count(*) FILTER (WHERE e.kind = 'ticket_resolved'),
count(*) FILTER (WHERE e.kind = 'ticket_resolved' AND e.metadata ->> 'handler' = 'ai'),
count(*) FILTER (WHERE e.kind = 'ticket_reopened'), count(*) FILTER (WHERE e.kind = 'message_received'),
greatest(0, count(*) FILTER (WHERE e.kind = 'message_sent') - count(*) FILTER (WHERE e.kind = 'message_withdrawn')),
count(*) FILTER (WHERE e.kind = 'ai_answered'),
count(*) FILTER (WHERE e.kind = 'handed_off')
"""
"""In the order of the fields of `Counts`. Never below 0: of a reply, its withdrawal may be written first."""
TAKEN_BACK = """
e.kind = 'message_withdrawn' OR e.kind = 'message_sent' AND EXISTS (
    SELECT FROM analytics_events w WHERE w.organization_id = $1 AND w.at = e.at AND w.kind = 'message_withdrawn' AND w.entity_id = e.entity_id
    AND w.metadata ->> 'seq' = e.metadata ->> 'seq')
"""
COUNT_NAMES = [field.name for field in msgspec.structs.fields(Counts)]

RESPONSE = """
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM c.first_response_at - c.created_at)))
FROM analytics_events e JOIN conversations c ON c.organization_id = e.organization_id AND c.id = e.entity_id
WHERE e.organization_id = $1 AND e.kind = 'ticket_created' AND e.metadata ->> 'by' = 'visitor' AND e.at >= $2
  AND c.first_response_at IS NOT NULL
"""

WORDS: dict[Kind, str] = {
    "ticket_created": "Conversation opened",
    "ticket_resolved": "Resolved",
    "ticket_reopened": "Reopened",
    "message_received": "The customer wrote",
    "message_sent": "An agent replied",
    "ai_answered": "The AI agent answered",
    "handed_off": "Handed to people",
}

SHOWN = "e.kind IN ({})".format(", ".join(f"'{kind}'" for kind in WORDS))
"""Whatever else is written down only serves to count rightly."""


class Happened(msgspec.Struct):
    """A fact of a visible conversation, as it is stored."""

    kind: Kind
    at: datetime
    reason: str | None
    conversation_id: int
    number: int
    subject: str

    @property
    def text(self) -> str:
        words = WORDS[self.kind]
        return words if self.reason is None else f"{words}: {self.reason.replace('_', ' ')}"


def scope_of(actor: Actor) -> Scope:
    """Whose figures somebody reads.

    Raises:
        Forbidden: the actor is no member of staff.
    """
    actor.require(*STAFF)
    return "organization" if actor.role in MARKETERS else "own"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


async def overview(actor: Actor, days: int) -> Overview:
    """What happened on each of the last `days` days, today included."""
    scope = scope_of(actor)
    today = datetime.now(UTC).date()
    since = today - timedelta(days=days - 1)
    own, held = _own(actor, scope, "e.user_id")
    sql = f"""
        SELECT {COUNTED}, (e.at AT TIME ZONE 'UTC')::date FROM analytics_events e
        WHERE e.organization_id = $1 AND e.at >= $2 {own} GROUP BY 9 ORDER BY 9
    """
    mine, _ = _own(actor, scope, "c.assignee_id")
    async with read(actor) as db:
        counted = await db.fetch(DayCounts, sql, actor.organization_id, _midnight(since), *held)
        response_s = await db.fetch_value(f"{RESPONSE} {mine}", actor.organization_id, _midnight(since), *held)
    found = {entry.day: entry for entry in counted}
    none = dict.fromkeys(COUNT_NAMES, 0)
    series = [found.get(day) or DayCounts(**none, day=day) for day in (since + timedelta(days=number) for number in range(days))]
    totals = _sum(series)
    figures = [_response_figure(response_s, days, scope)]
    if scope == "organization":
        figures += [_answered_figure(totals, days), _resolved_figure(totals.resolved, totals.resolved_by_ai, days)]
    return Overview(scope, since, series, totals, figures)


def _own(actor: Actor, scope: Scope, column: str, first: int = 3) -> tuple[str, list[Any]]:
    """The condition that leaves an agent only what is his."""
    return ("", []) if scope == "organization" else (f"AND {column} = ${first}", [actor.user_id])


def _sum(series: Sequence[Counts]) -> Counts:
    return Counts(**{name: sum(getattr(entry, name) for entry in series) for name in COUNT_NAMES})


async def stats(actor: Actor) -> Stats:
    """How things stand now, and in the last week."""
    scope = scope_of(actor)
    today = datetime.now(UTC).date()
    since = today - timedelta(days=WEEK - 1)
    own, held = _own(actor, scope, "e.user_id", first=4)
    mine, _ = _own(actor, scope, "c.assignee_id", first=4)
    sql = f"""
        SELECT count(*) FILTER (WHERE e.at >= $3), count(*), count(*) FILTER (WHERE e.metadata ->> 'handler' = 'ai'),
               ({RESPONSE} {mine})
        FROM analytics_events e WHERE e.organization_id = $1 AND e.kind = 'ticket_resolved' AND e.at >= $2 {own}
    """
    async with read(actor) as db:
        standing = await _standing(db, actor, scope)
        rows = await db.fetch_rows(sql, actor.organization_id, _midnight(since), _midnight(today), *held)
    resolved_today, resolved, by_ai, response_s = rows[0]
    credited = "" if scope == "organization" else " that count to you"
    figures = [
        *standing,
        Figure("resolved_today", "Resolved today", resolved_today, "conversations", f"times resolved since 00:00 UTC{credited}"),
        _response_figure(response_s, WEEK, scope),
    ]
    if scope == "organization":
        figures.append(_resolved_figure(resolved, by_ai, WEEK))
    return Stats(scope, figures)


async def _standing(db: Unit, actor: Actor, scope: Scope) -> list[Figure]:
    """Open, waiting and unassigned: of the whole organization; for an agent his own, and what he may take from."""
    rule, mine, assigned, seen = "true", "true", "", ""
    arguments: list[Any] = [actor.organization_id]
    if scope == "own":
        rule, held = visible(actor, 3)
        mine, assigned, seen = "c.assignee_id = $2", " and assigned to you", ", that you may see"
        arguments += [actor.user_id, *held]
    sql = f"""
        SELECT count(*) FILTER (WHERE {STATUS["open"]} AND {mine}), count(*) FILTER (WHERE c.waiting_since IS NOT NULL AND {mine}),
               count(*) FILTER (WHERE {STATUS["open"]} AND c.assignee_id IS NULL AND c.handler = 'human')
        FROM conversations c WHERE c.organization_id = $1 AND c.status IN ('open', 'pending') AND {rule}
    """
    rows = await db.fetch_rows(sql, *arguments)
    opened, waiting, unassigned = rows[0]
    return [
        Figure("open", "Open", opened, "conversations", f"status open and not snoozed{assigned}"),
        Figure("waiting", "Waiting", waiting, "conversations", f"the customer's last message has no answer yet{assigned}"),
        Figure("unassigned", "Unassigned", unassigned, "conversations", f"open, with people and not assigned to anybody{seen}"),
    ]


def _response_figure(value: float | None, days: int, scope: Scope) -> Figure:
    whose = "" if scope == "organization" else " and are assigned to you"
    formula = (
        f"median of first answer minus opening, over answered conversations that customers opened in the last {days} days{whose}"
    )
    return Figure("median_first_response", "Median first response", value, "seconds", formula)


def _answered_figure(totals: Counts, days: int) -> Figure:
    formula = f"AI answers with sources / (those + agents' messages), last {days} days"
    value = _share(totals.ai_answered, totals.ai_answered + totals.messages_sent)
    return Figure("ai_answer_share", "AI share of answers", value, "share", formula)


def _resolved_figure(resolved: int, by_ai: int, days: int) -> Figure:
    formula = f"resolved while with the AI agent / all resolved, last {days} days"
    return Figure("ai_resolved_share", "Resolved by the AI agent", _share(by_ai, resolved), "share", formula)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


async def recent(actor: Actor, limit: int) -> list[Activity]:
    """The latest of the last 30 days, newest first, in conversations that the actor may see."""
    actor.require(*STAFF)
    since = datetime.now(UTC) - timedelta(days=RECENT_DAYS)
    happened = await latest(actor, "e.at >= $2", since, limit=limit)
    return [Activity(entry.kind, entry.at, entry.text, entry.conversation_id, entry.number, entry.subject) for entry in happened]


async def latest(actor: Actor, narrowed: str, *values: Any, limit: int) -> list[Happened]:
    """Facts of visible conversations for which `narrowed` holds (its parameters from `$2` on), newest first."""
    rule, held = visible(actor, 2 + len(values))
    sql = f"""
        SELECT e.kind, e.at, e.metadata ->> 'reason', c.id, c.number, c.subject
        FROM analytics_events e JOIN conversations c ON c.organization_id = e.organization_id AND c.id = e.entity_id
        WHERE e.organization_id = $1 AND e.entity = 'conversation' AND {SHOWN} AND {narrowed} AND {rule} AND NOT ({TAKEN_BACK})
        ORDER BY e.at DESC, e.id DESC LIMIT {int(limit)}
    """
    async with read(actor) as db:
        return await db.fetch(Happened, sql, actor.organization_id, *values, *held)
