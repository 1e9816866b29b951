"""Versions of articles: what was written at each save, by whom. The newest 50 before the current one are kept; documents of sources have none.

A category that is renamed for all articles at once makes no version: nothing was written.
"""

from collections.abc import Set

from core.access import MARKETERS, Actor, ActorKind
from core.database import Unit, read
from core.errors import NotFound
from core.knowledge.structs import ArticleView, VersionSummary, VersionView

VERSIONS_MAX = 50
COMPARED = ("title", "body", "category", "kind", "audience", "language", "status")
FIELDS = ", ".join(COMPARED)
KEEP = f"""
INSERT INTO article_versions (organization_id, article_id, version, {FIELDS}, author, changed, restored)
SELECT $1, a.id, a.version, {FIELDS}, $3, $4, $5 FROM articles a WHERE a.organization_id = $1 AND a.id = $2
"""
BEFORE = f"""
INSERT INTO article_versions (organization_id, article_id, version, {FIELDS}, created_at)
SELECT $1, a.id, a.version, {FIELDS}, a.updated_at FROM articles a WHERE a.organization_id = $1 AND a.id = $2
ON CONFLICT (organization_id, article_id, version) DO NOTHING
"""
TRIM = """
DELETE FROM article_versions WHERE organization_id = $1 AND article_id = $2 AND version < (
    SELECT version FROM article_versions WHERE organization_id = $1 AND article_id = $2 ORDER BY version DESC OFFSET $3 LIMIT 1)
"""
ALL = """
SELECT version, title, audience, status, author, changed, restored, created_at FROM article_versions
WHERE organization_id = $1 AND article_id = $2 ORDER BY version DESC
"""
ONE = """
SELECT version, title, body, category, kind, audience, language, status, author, changed, restored, created_at FROM article_versions
WHERE organization_id = $1 AND article_id = $2 AND version = $3
"""
PUBLIC = """
SELECT a.id, a.version FROM articles a JOIN passages p ON p.organization_id = $1 AND p.article_id = a.id AND p.ordinal = 1
WHERE a.organization_id = $1 AND (a.id, a.version) IN (SELECT * FROM unnest($2::bigint[], $3::int[]))
  AND a.status = 'published' AND a.audience = 'public' AND p.audience = 'public'
"""
"""A passage too: those of a source that becomes internal say so before their articles do."""
HOLD = f"{PUBLIC} ORDER BY a.id FOR SHARE OF a, p"
EXISTS = "SELECT EXISTS (SELECT FROM articles WHERE organization_id = $1 AND id = $2)"


async def keep(
    db: Unit, actor: Actor, article: ArticleView, before: ArticleView | None = None, restored: int | None = None
) -> None:
    """Write down what was just saved, in the open unit of work; `restored`: the version that it was taken from."""
    changed = [name for name in COMPARED if before and getattr(before, name) != getattr(article, name)]
    await db.execute(KEEP, actor.organization_id, article.id, actor.name, changed, restored)
    await db.execute(TRIM, actor.organization_id, article.id, VERSIONS_MAX)


async def hold_public(db: Unit, actor: Actor, quoted: Set[tuple[int, int]]) -> set[tuple[int, int]]:
    """What `public` tells; it stays so until the open unit of work ends."""
    return await _found(db, actor, HOLD, quoted)


async def public(actor: Actor, quoted: Set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which of these articles, each in this version, are published and public now."""
    async with read(actor) as db:
        return await _found(db, actor, PUBLIC, quoted)


async def _found(db: Unit, actor: Actor, sql: str, quoted: Set[tuple[int, int]]) -> set[tuple[int, int]]:
    ids, numbers = [article_id for article_id, _ in quoted], [version for _, version in quoted]
    return {(row[0], row[1]) for row in await db.fetch_rows(sql, actor.organization_id, ids, numbers)}


async def keep_first(db: Unit, actor: Actor, article_id: int) -> None:
    """Before an article changes: what was written before versions were kept becomes one; nobody knows whose."""
    await db.execute(BEFORE, actor.organization_id, article_id)


async def all_of(actor: Actor, article_id: int) -> list[VersionSummary]:
    """Newest first, the current one among them. Admins and users: what was taken out of an article stays with those who write.

    Raises:
        NotFound: the article is unknown to the actor's organization.
    """
    _allow(actor)
    async with read(actor) as db:
        found = await db.fetch(VersionSummary, ALL, actor.organization_id, article_id)
        if not found and not await db.fetch_value(EXISTS, actor.organization_id, article_id):
            raise NotFound("this article does not exist")
    return found


async def get(actor: Actor, article_id: int, version: int) -> VersionView:
    """One version with its text. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization, or too old to be kept.
    """
    _allow(actor)
    async with read(actor) as db:
        found = await db.fetch_one(VersionView, ONE, actor.organization_id, article_id, version)
    if found is None:
        raise NotFound("this version does not exist")
    return found


def _allow(actor: Actor) -> None:
    if actor.kind != ActorKind.system:
        actor.require(*MARKETERS)
