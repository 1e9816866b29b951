"""Changing for whom a source is, and when it is read again; its documents follow, a piece per job.

What becomes internal is hidden from customers in the change's own unit of work: a search goes by the audience of passages, whatever embeddings
and copies say. What becomes public waits for its piece.
"""

from typing import Any

import msgspec

from core.access import MARKETERS, Actor
from core.database import Unit, transaction
from core.errors import Invalid
from core.jobs import ledger
from core.knowledge import actions as articles
from core.knowledge import vectors
from core.knowledge.categories import actions as categories
from core.knowledge.queries import COLUMNS
from core.knowledge.sources import actions, queries
from core.knowledge.sources.structs import SourceChanges, SourceView
from core.knowledge.structs import ArticleView

PIECE = 100
"""Documents of one job."""
FOLLOW = "core.knowledge.sources.follow_source"
HIDE = """
UPDATE passages p SET audience = 'internal' FROM articles a
WHERE a.organization_id = $1 AND a.source_id = $2 AND p.organization_id = $1 AND p.article_id = a.id AND p.audience <> 'internal'
"""
CATEGORIZE = "UPDATE articles SET category = $3 WHERE organization_id = $1 AND source_id = $2 AND category <> $3"
RESCHEDULE = """
UPDATE knowledge_sources SET next_at = CASE WHEN refresh_hours > 0 THEN coalesce(finished_at, now()) + make_interval(hours => refresh_hours) END
WHERE organization_id = $1 AND id = $2 AND status NOT IN ('waiting', 'reading')
"""
BEHIND = f"""
WITH behind AS (
    SELECT a.id, s.audience, s.language FROM knowledge_sources s JOIN articles a ON a.organization_id = $1 AND a.source_id = s.id
    WHERE s.organization_id = $1 AND s.id = $2 AND (a.audience, a.language) IS DISTINCT FROM (s.audience, s.language)
    ORDER BY a.id LIMIT {PIECE} FOR UPDATE OF a
)
UPDATE articles a SET audience = b.audience, language = b.language, version = a.version + 1, updated_at = now() FROM behind b
WHERE a.organization_id = $1 AND a.id = b.id RETURNING {COLUMNS}
"""
PASSAGES = """
UPDATE passages p SET audience = a.audience, language = a.language FROM articles a
WHERE a.organization_id = $1 AND a.id = ANY ($2::bigint[]) AND p.organization_id = $1 AND p.article_id = a.id
"""
COPIES = """
DELETE FROM indexed_passages i USING passages p
WHERE i.organization_id = $1 AND p.organization_id = $1 AND i.passage_id = p.id AND p.article_id = ANY ($2::bigint[])
"""


async def update(actor: Actor, source_id: int, data: SourceChanges) -> SourceView:
    """Change a source; what is absent or as it was stays. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Invalid: `no_schedule`, a file is read again when somebody says so.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        before = await queries.get(actor, source_id, lock=True)
        values: dict[str, Any] = {
            name: value
            for name, value in msgspec.structs.asdict(data).items()
            if value is not msgspec.UNSET and value != getattr(before, name)
        }
        if "refresh_hours" in values and before.kind == "file":
            raise Invalid("a file is not read again by itself", code="no_schedule")
        if not values:
            return before
        if values.get("audience") == "internal":
            await db.execute(HIDE, actor.organization_id, source_id)
        if "category" in values:
            count = await db.execute(CATEGORIZE, actor.organization_id, source_id, values["category"])
            await categories.tell(actor, before.category, values["category"], count)
        await actions.assign(db, actor, source_id, values)
        if "refresh_hours" in values:
            await db.execute(RESCHEDULE, actor.organization_id, source_id)
        if values.keys() & {"audience", "language"}:
            await _go_on(actor, source_id)
        return await actions.changed(actor, source_id)


async def follow(db: Unit, actor: Actor, source_id: int) -> None:
    """Have a piece of the documents follow, in the open unit of work; if there may be more, another job goes on.

    Embeddings are kept. Copies outside of PostgreSQL are made anew: they carry the audience too.
    """
    await db.execute(
        "SELECT FROM knowledge_sources WHERE organization_id = $1 AND id = $2 FOR UPDATE", actor.organization_id, source_id
    )
    followed = await db.fetch(ArticleView, BEHIND, actor.organization_id, source_id)
    ids = [article.id for article in followed]
    await db.execute(PASSAGES, actor.organization_id, ids)
    await vectors.follow(db, actor, ids)
    await db.execute(COPIES, actor.organization_id, ids)
    for article in sorted(followed, key=lambda one: one.id):
        await articles.tell(actor, article)
    if len(followed) == PIECE:
        await _go_on(actor, source_id)


async def _go_on(actor: Actor, source_id: int) -> None:
    # Without a key: that of the job which goes on would swallow it.
    await ledger.enqueue(actor, FOLLOW, organization_id=actor.organization_id, source_id=source_id)
