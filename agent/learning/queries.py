"""Reads of the questions that the AI agent could not answer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from agent.learning.grouping import MEMBERS
from agent.learning.structs import GapArticle, GapPage, GapQuestion, GapStatus, GapView
from core.access import Actor, visible
from core.database import read, system_transaction
from core.errors import NotFound

DAYS = 90
"""Older questions are not looked at any more."""
AT_ONCE = 300
"""Questions of one job; the next goes on."""
LEADERS_MAX = 2000
SHOWN, EXAMPLES = 100, 5
WEEKS = 8
FIND = "learning.find"
"""The key of the job that looks for them."""
SOURCES = """
SELECT d.organization_id, d.id FROM ai_decisions d
WHERE d.outcome = 'handed_off' AND (d.reason = 'no_knowledge' OR d.reason = 'low_confidence' AND d.detail = '')
UNION
SELECT r.organization_id, r.decision_id FROM ai_reviews r WHERE r.verdict = 'reject' AND r.reason IN ('wrong', 'incomplete', 'outdated')
"""
"""What a rule or a file handed over (`detail`) needs no article."""
LACKING = f"""
d.question <> '' AND d.created_at > now() - interval '{DAYS} days'
AND NOT EXISTS (SELECT FROM ai_unanswered u WHERE u.organization_id = d.organization_id AND u.decision_id = d.id)
"""
NEW = f"""
SELECT d.id, d.question, d.created_at FROM ({SOURCES}) s JOIN ai_decisions d ON d.organization_id = s.organization_id AND d.id = s.id
WHERE d.organization_id = $1 AND s.organization_id = $1 AND {LACKING} ORDER BY d.id LIMIT {AT_ONCE}
"""
BEHIND = f"""
SELECT DISTINCT d.organization_id FROM ({SOURCES}) s JOIN ai_decisions d ON d.organization_id = s.organization_id AND d.id = s.id
WHERE {LACKING} ORDER BY 1
"""
LEADERS = f"""
SELECT first.gap_id, first.id, first.question, first.model, first.vector, ARRAY(
    SELECT o.vector FROM ai_unanswered o
    WHERE o.organization_id = $1 AND o.gap_id = first.gap_id AND o.decision_id > first.decision_id AND o.model = first.model AND o.vector <> ''
    ORDER BY o.decision_id LIMIT {MEMBERS - 1}) AS others
FROM (SELECT DISTINCT ON (u.gap_id) u.gap_id, u.id, u.decision_id, d.question, u.model, u.vector FROM ai_unanswered u
      JOIN ai_decisions d ON d.organization_id = $1 AND d.id = u.decision_id
      WHERE u.organization_id = $1 ORDER BY u.gap_id, u.decision_id) first
ORDER BY first.gap_id DESC LIMIT {LEADERS_MAX}
"""
COUNTED = f"""
SELECT g.id, g.status, g.article_id, a.title, a.status, g.decided_by, g.decided_at, count(*)::int, max(u.asked_at)
FROM ai_gaps g JOIN ai_unanswered u ON u.organization_id = $1 AND u.gap_id = g.id
LEFT JOIN articles a ON a.organization_id = $1 AND a.id = g.article_id
WHERE g.organization_id = $1 AND g.status = ANY ($2) GROUP BY g.id, a.id
ORDER BY count(*) FILTER (WHERE u.asked_at > now() - interval '{7 * WEEKS} days') DESC, max(u.asked_at) DESC, g.id LIMIT {SHOWN}
"""
BY_WEEK = f"""
SELECT u.gap_id, floor(extract(epoch FROM now() - u.asked_at) / {7 * 86400})::int AS ago, count(*)::int
FROM ai_unanswered u WHERE u.organization_id = $1 AND u.asked_at > now() - interval '{7 * WEEKS} days' GROUP BY 1, 2
"""


class New(msgspec.Struct, frozen=True):
    """A decision whose question belongs to no gap yet."""

    decision_id: int
    question: str
    asked_at: datetime


class Leader(msgspec.Struct, frozen=True):
    """The first question of a gap, and what those that joined it next mean: by these, others are compared with it."""

    gap_id: int
    id: int
    question: str
    model: str
    vector: bytes
    others: list[bytes]


class Example(msgspec.Struct, frozen=True):
    """A question that the actor may see, with the articles that were found for it, best first."""

    gap_id: int
    shown: GapQuestion
    trigger_seq: int
    contact: str
    found: list[int]


async def new(actor: Actor) -> list[New]:
    """Questions that belong to no gap yet, oldest first, a number of them at most."""
    async with read(actor) as db:
        return await db.fetch(New, NEW, actor.organization_id)


async def leaders(actor: Actor) -> list[Leader]:
    async with read(actor) as db:
        return await db.fetch(Leader, LEADERS, actor.organization_id)


async def behind() -> list[int]:
    """Organizations with unanswered questions that were not grouped yet."""
    async with system_transaction("unanswered questions of all organizations are grouped every night") as db:
        return [row[0] for row in await db.fetch_rows(BEHIND)]


async def examples(actor: Actor, gap_ids: Sequence[int], most: int) -> list[Example]:
    """The newest questions of each of these gaps, in conversations that the actor may see."""
    rule, held = visible(actor, 4)
    sql = f"""
        SELECT * FROM (
            SELECT u.gap_id, d.id, d.conversation_id, c.number, d.question, u.asked_at, d.trigger_seq, d.passages,
                   trim(p.first_name || ' ' || p.last_name) AS contact, row_number() OVER (PARTITION BY u.gap_id ORDER BY u.decision_id DESC) AS place
            FROM ai_unanswered u JOIN ai_decisions d ON d.organization_id = $1 AND d.id = u.decision_id
            JOIN conversations c ON c.organization_id = $1 AND c.id = d.conversation_id
            LEFT JOIN contacts p ON p.organization_id = $1 AND p.id = c.contact_id
            WHERE u.organization_id = $1 AND u.gap_id = ANY ($2) AND {rule}) newest
        WHERE place <= $3 ORDER BY gap_id, place
    """
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, list(gap_ids), most, *held)
    return [_example(row) for row in rows]


def _example(row: Any) -> Example:
    shown = GapQuestion(row["id"], row["conversation_id"], row["number"], row["question"], row["asked_at"])
    found = [one["article_id"] for one in row["passages"] if one["audience"] == "public"]
    return Example(row["gap_id"], shown, row["trigger_seq"], row["contact"] or "", found)


async def page(actor: Actor, statuses: Sequence[GapStatus]) -> GapPage:
    """What was asked most in the last weeks, and by what articles it might be answered. Questions are those that the actor may see."""
    async with read(actor) as db:
        counted = await db.fetch_rows(COUNTED, actor.organization_id, list(statuses))
        by_week = await db.fetch_rows(BY_WEEK, actor.organization_id)
        seen = await examples(actor, [row[0] for row in counted], EXAMPLES)
        articles = await _articles(actor, {found for one in seen for found in one.found})
        sql = "SELECT EXISTS (SELECT FROM jobs WHERE organization_id = $1 AND key = $2 AND status < 2)"
        is_looking = await db.fetch_value(sql, actor.organization_id, FIND)
    weeks: dict[int, list[int]] = {}
    for gap_id, ago, number in by_week:
        if 0 <= ago < WEEKS:
            weeks.setdefault(gap_id, [0] * WEEKS)[WEEKS - 1 - ago] = number
    shown: dict[int, list[Example]] = {}
    for one in seen:
        shown.setdefault(one.gap_id, []).append(one)
    items = [_view(row, weeks.get(row[0], [0] * WEEKS), shown[row[0]], articles) for row in counted if row[0] in shown]
    total = [sum(each[week] for each in weeks.values()) for week in range(WEEKS)]
    return GapPage(items, total, len(counted) - len(items), bool(is_looking))


async def _articles(actor: Actor, article_ids: Iterable[int]) -> dict[int, GapArticle]:
    sql = "SELECT a.id, a.title, a.status FROM articles a WHERE a.organization_id = $1 AND a.id = ANY ($2)"
    async with read(actor) as db:
        return {one.id: one for one in await db.fetch(GapArticle, sql, actor.organization_id, list(article_ids))}


def _view(row: Any, weeks: list[int], seen: list[Example], articles: dict[int, GapArticle]) -> GapView:
    gap_id, status, article_id, title, article_status, decided_by, decided_at, count, newest_at = row
    nearest = next((articles[found] for one in seen for found in one.found if found in articles), None)
    return GapView(
        id=gap_id,
        status=status,
        count=count,
        newest_at=newest_at,
        weeks=weeks,
        questions=[one.shown for one in seen],
        article=GapArticle(article_id, title, article_status) if title is not None else None,
        nearest=nearest,
        decided_by=decided_by,
        decided_at=decided_at,
    )


async def gap(actor: Actor, gap_id: int, most: int = EXAMPLES) -> list[Example]:
    """The newest questions of a gap of which the actor may see one at least.

    Raises:
        NotFound: there is none, or they may see nothing of it.
    """
    found = await examples(actor, [gap_id], most)
    if not found:
        raise NotFound("there are no such questions, or you may not see them")
    return found
