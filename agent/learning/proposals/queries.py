"""Reads of the changes that reviews propose."""

import asyncio
from typing import Any

from agent.courtesy import bare
from agent.learning.proposals.structs import ProposalStatus, ProposalView
from agent.learning.proposals.transfer import section, transferred
from agent.learning.redact import redacted
from agent.learning.structs import GapArticle
from core.access import Actor, visible
from core.database import read
from core.errors import NotFound

SHOWN = 50
QUESTION_MAX = 500
SELECT = """
SELECT p.id, p.status, p.heading, p.created_at, p.decided_by, p.decided_at, a.id AS article_id, a.title, a.status AS article_status, a.version,
       a.body, d.question, d.draft, r.content, r.reason, r.user_name, c.id AS conversation_id, c.number,
       trim(k.first_name || ' ' || k.last_name) AS contact
FROM ai_proposals p JOIN articles a ON a.organization_id = $1 AND a.id = p.article_id
JOIN ai_reviews r ON r.organization_id = $1 AND r.id = p.review_id
JOIN ai_decisions d ON d.organization_id = $1 AND d.id = r.decision_id
JOIN conversations c ON c.organization_id = $1 AND c.id = d.conversation_id
LEFT JOIN contacts k ON k.organization_id = $1 AND k.id = c.contact_id
WHERE p.organization_id = $1
"""


async def page(actor: Actor, status: ProposalStatus) -> list[ProposalView]:
    """The newest of this status, of answers in conversations that the actor may see."""
    rule, held = visible(actor, 3)
    sql = f"{SELECT} AND p.status = $2 AND {rule} ORDER BY p.id DESC LIMIT {SHOWN}"
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, status, *held)
    return await asyncio.to_thread(lambda: [_view(row) for row in rows])


async def get(actor: Actor, proposal_id: int, *, lock: bool = False) -> ProposalView:
    """One of them.

    Raises:
        NotFound: unknown, or of an answer that the actor may not see.
    """
    rule, held = visible(actor, 3)
    sql = f"{SELECT} AND p.id = $2 AND {rule}" + (" FOR UPDATE OF p" if lock else "")
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, proposal_id, *held)
    if not rows:
        raise NotFound("this proposal does not exist, or you may not see it")
    return await asyncio.to_thread(_view, rows[0])


def _view(row: Any) -> ProposalView:
    start, end = section(row["body"], row["heading"])
    before = row["body"][start:end]
    return ProposalView(
        id=row["id"],
        status=row["status"],
        article=GapArticle(row["article_id"], row["title"], row["article_status"]),
        version=row["version"],
        heading=row["heading"],
        before=before,
        after=transferred(row["draft"], row["content"], before),
        question=row["question"],
        suggested_question=suggested(row["question"], row["contact"] or ""),
        draft=row["draft"],
        edited=row["content"],
        reason=row["reason"],
        reviewer=row["user_name"],
        conversation_id=row["conversation_id"],
        number=row["number"],
        created_at=row["created_at"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
    )


def suggested(question: str, contact: str) -> str:
    """A customer's question as one to keep: without courtesy and without what tells who asked, on one line."""
    line = " ".join(redacted(bare(question), [contact]).split())
    return "".join(character for character in line if character.isprintable())[:QUESTION_MAX].strip()
