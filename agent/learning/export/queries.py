"""Reads of training data: what would be exported, what not and why."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from agent.learning.export.lines import Reply
from agent.learning.export.structs import LeftOutCount, ObjectionView, TrainingView
from core.access import ADMINS, Actor
from core.database import read

LINES_MAX = 20_000
QUESTION_MAX, ANSWER_MAX = 4000, 8000
"""Characters; longer ones are pasted texts rather than questions and answers."""
OBJECTIONS = 200
OBJECTED = """
EXISTS (SELECT FROM ai_training_objections o JOIN contacts k ON k.organization_id = $1 AND k.id = o.contact_id
        WHERE o.organization_id = $1 AND (k.id = p.id OR lower(k.email) = lower(p.email)))
"""
WITHDRAWN = """
EXISTS (SELECT FROM jsonb_array_elements(d.passages) used
        LEFT JOIN articles a ON a.organization_id = $1 AND a.id = (used ->> 'article_id')::bigint AND a.status = 'published' AND a.audience = 'public'
        LEFT JOIN passages x ON x.organization_id = $1 AND x.article_id = a.id AND x.ordinal = 1 AND x.audience = 'public'
        WHERE (used ->> 'quoted')::boolean AND x.id IS NULL)
"""
"""A passage too: those of a source that becomes internal say so before their articles do."""
REVIEWED = f"""
WITH newest AS (
    SELECT DISTINCT ON (r.decision_id) r.decision_id, r.id, r.user_id, r.user_name, r.verdict, r.content, r.updated_at
    FROM ai_reviews r WHERE r.organization_id = $1 AND ($2::bigint[] IS NULL OR r.decision_id = ANY ($2))
    ORDER BY r.decision_id, r.updated_at DESC, r.id DESC
), said AS (
    SELECT d.id, d.conversation_id, n.id AS review_id, n.user_id, n.user_name, n.verdict, n.updated_at, d.model, d.question, d.passages,
           CASE n.verdict WHEN 'edit' THEN n.content ELSE d.draft END AS answer,
           ARRAY[p.first_name, p.last_name, c.contact_name, n.user_name] AS names,
           p.id AS contact_id, {OBJECTED} AS objected, {WITHDRAWN} AS withdrawn,
           d.head LIKE 'tool/%' AS looked_up
    FROM newest n JOIN ai_decisions d ON d.organization_id = $1 AND d.id = n.decision_id
    JOIN conversations c ON c.organization_id = $1 AND c.id = d.conversation_id
    LEFT JOIN contacts p ON p.organization_id = $1 AND p.id = c.contact_id
), judged AS (
    SELECT s.*, CASE WHEN s.verdict = 'reject' THEN 'rejected' WHEN s.contact_id IS NULL THEN 'contact_removed'
                     WHEN s.objected THEN 'objected' WHEN s.withdrawn THEN 'withdrawn'
                     WHEN s.looked_up THEN 'looked_up'
                     WHEN btrim(s.question) = '' OR btrim(s.answer) = '' THEN 'empty'
                     WHEN length(s.question) > {QUESTION_MAX} OR length(s.answer) > {ANSWER_MAX} THEN 'too_long' ELSE '' END AS why
    FROM said s
), single AS (
    SELECT j.*, j.why = '' AND row_number() OVER (PARTITION BY j.why, md5(j.question), md5(j.answer) ORDER BY j.id DESC) > 1 AS again FROM judged j
), ranked AS (
    SELECT s.*, row_number() OVER (PARTITION BY s.why, s.again ORDER BY s.id DESC) AS place FROM single s
), found AS (
    SELECT r.*, CASE WHEN r.why <> '' THEN r.why WHEN r.again THEN 'duplicate' WHEN r.place > {LINES_MAX} THEN 'over_limit' ELSE '' END AS left_out
    FROM ranked r
)
"""
"""All reviewed replies by their newest review ($2: of these decisions alone), with why each is left out; empty: it is not."""
COUNTS = f"{REVIEWED} SELECT f.left_out, f.verdict, count(*)::int FROM found f GROUP BY 1, 2 ORDER BY 1, 2"
READY = f"{REVIEWED} SELECT f.id FROM found f WHERE f.left_out = '' ORDER BY f.id"
REPLIES = f"""
{REVIEWED} SELECT f.id, f.conversation_id, f.review_id, f.user_id, f.user_name, f.verdict, f.updated_at, f.model, f.question, f.answer, f.passages,
                  f.names
FROM found f WHERE f.left_out = '' ORDER BY f.id
"""
SETTING = "SELECT t.allowed, t.decided_by, t.decided_at FROM ai_training t WHERE t.organization_id = $1"
OBJECTION = f"""
SELECT o.contact_id, trim(k.first_name || ' ' || k.last_name), k.email, o.noted_by, o.created_at
FROM ai_training_objections o JOIN contacts k ON k.organization_id = $1 AND k.id = o.contact_id
WHERE o.organization_id = $1 ORDER BY o.id DESC LIMIT {OBJECTIONS}
"""


class Setting(msgspec.Struct, frozen=True):
    """The organization's word, or what holds where it gave none."""

    allowed: bool = False
    decided_by: str = ""
    decided_at: datetime | None = None


async def setting(actor: Actor) -> Setting:
    async with read(actor) as db:
        return await db.fetch_one(Setting, SETTING, actor.organization_id) or Setting()


async def view(actor: Actor) -> TrainingView:
    """What would be exported now.

    Raises:
        Forbidden: not an admin.
    """
    actor.require(*ADMINS)
    async with read(actor) as db:
        said = await setting(actor)
        rows = await db.fetch_rows(COUNTS, actor.organization_id, None)
        objections = await db.fetch(ObjectionView, OBJECTION, actor.organization_id)
    left_out: dict[str, int] = {}
    for why, _, count in rows:
        left_out[why] = left_out.get(why, 0) + count
    return TrainingView(
        allowed=said.allowed,
        decided_by=said.decided_by,
        decided_at=said.decided_at,
        lines=left_out.pop("", 0),
        edited=sum(count for why, verdict, count in rows if not why and verdict == "edit"),
        left_out=[msgspec.convert({"why": why, "count": count}, LeftOutCount) for why, count in left_out.items()],
        most=LINES_MAX,
        objections=objections,
    )


async def ready(actor: Actor) -> list[int]:
    """The decisions whose replies would be exported, oldest first."""
    async with read(actor) as db:
        return [row[0] for row in await db.fetch_rows(READY, actor.organization_id, None)]


async def replies(actor: Actor, decision_ids: Sequence[int]) -> list[Reply]:
    """These replies, without those that may not be exported any more."""
    async with read(actor) as db:
        return await db.fetch(Reply, REPLIES, actor.organization_id, list(decision_ids))
