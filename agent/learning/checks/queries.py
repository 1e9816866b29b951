"""Reads of questions that must hold, and of the runs that asked them."""

from typing import Any

import msgspec

from agent.learning.checks.structs import CheckResultView, ChecksView, CheckView, EvaluationView, Expects
from agent.learning.structs import GapArticle
from core.access import Actor
from core.database import read, system_transaction

MOST = 500
"""So many questions an organization may keep: each night all are asked."""
RUNS = 60
"""So many runs are kept and shown."""
EVALUATION = """
e.id, e.status, e.total, e.done, e.held, e.answered_right, e.wrong_article, e.handed_over, e.broken, e.mended, e.recall, e.confidence,
e.started_by, e.started_at, e.finished_at, e.trouble
"""
CHECKS = """
SELECT c.id, c.question, c.expects, c.source, c.created_by, c.created_at, a.id AS article_id, a.title, a.status,
       r.outcome, r.title AS answered_from, r.confidence, r.held, r.changed
FROM ai_checks c LEFT JOIN articles a ON a.organization_id = $1 AND a.id = c.article_id
LEFT JOIN ai_check_results r ON r.organization_id = $1 AND r.check_id = c.id AND r.evaluation_id = (
    SELECT max(e.id) FROM ai_evaluations e WHERE e.organization_id = $1 AND e.status = 'done')
WHERE c.organization_id = $1 ORDER BY r.changed = 'broken' DESC NULLS LAST, r.held NULLS LAST, c.id DESC
"""
TO_ASK = """
SELECT c.id, c.question, c.expects, c.article_id FROM ai_checks c
WHERE c.organization_id = $1 AND NOT EXISTS (
    SELECT FROM ai_check_results r WHERE r.organization_id = $1 AND r.evaluation_id = $2 AND r.check_id = c.id)
ORDER BY c.id LIMIT $3
"""
HELD_BEFORE = """
SELECT r.check_id, r.held FROM ai_check_results r WHERE r.organization_id = $1 AND r.check_id = ANY ($3) AND r.evaluation_id = (
    SELECT max(e.id) FROM ai_evaluations e WHERE e.organization_id = $1 AND e.status = 'done' AND e.id < $2)
"""


class ToAsk(msgspec.Struct, frozen=True):
    id: int
    question: str
    expects: Expects
    article_id: int | None


async def overview(actor: Actor) -> ChecksView:
    """Everything about the organization's checks: they are questions that somebody chose to keep, so all staff reads them."""
    runs = f"SELECT {EVALUATION} FROM ai_evaluations e WHERE e.organization_id = $1 ORDER BY e.id DESC LIMIT {RUNS}"
    async with read(actor) as db:
        evaluations = await db.fetch(EvaluationView, runs, actor.organization_id)
        # Read last: a run that ends in between is still under way above, so whoever looks at it looks again.
        rows = await db.fetch_rows(CHECKS, actor.organization_id)
        return ChecksView([_check(row) for row in rows], evaluations, MOST)


def _check(row: Any) -> CheckView:
    article = None if row["article_id"] is None else GapArticle(row["article_id"], row["title"], row["status"])
    last = (
        None
        if row["outcome"] is None
        else CheckResultView(row["outcome"], row["answered_from"], row["confidence"], row["held"], row["changed"])
    )
    return CheckView(row["id"], row["question"], row["expects"], article, row["source"], row["created_by"], row["created_at"], last)


async def to_ask(actor: Actor, evaluation_id: int, limit: int) -> list[ToAsk]:
    """Checks that this run has not asked yet."""
    async with read(actor) as db:
        return await db.fetch(ToAsk, TO_ASK, actor.organization_id, evaluation_id, limit)


async def held_before(actor: Actor, evaluation_id: int, check_ids: list[int]) -> dict[int, bool]:
    """Which of these held in the last whole run before this one."""
    async with read(actor) as db:
        rows = await db.fetch_rows(HELD_BEFORE, actor.organization_id, evaluation_id, check_ids)
    return {row[0]: row[1] for row in rows}


async def with_checks() -> list[int]:
    """Organizations that keep any."""
    async with system_transaction("questions of all organizations are asked every night") as db:
        return [row[0] for row in await db.fetch_rows("SELECT DISTINCT organization_id FROM ai_checks ORDER BY 1")]
