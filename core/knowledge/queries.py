"""Reads of articles, for staff and for the help center. Searching them: `search`."""

import msgspec

from core.access import Actor
from core.database import read
from core.errors import NotFound
from core.knowledge.passages import visible
from core.knowledge.questions import index
from core.knowledge.search import search
from core.knowledge.structs import (
    ArticlePage,
    ArticleStatus,
    ArticleSummary,
    ArticleView,
    Audience,
    Kind,
    PublicArticle,
    PublicHit,
)
from core.pages import decode_cursor, encode_cursor

COLUMNS = """
a.id, a.title, a.slug, a.category, a.kind, a.audience, a.status, a.body, a.version, a.author_id, a.published_at, a.created_at, a.updated_at,
a.language, a.source_id, a.address
"""
SUMMARY = "a.id, a.title, a.slug, a.category, a.kind, a.audience, a.status, a.version, a.updated_at, a.language"
EXCERPT = 200
PASSAGES_EACH = 10
"""So many passages are looked through for each article shown: an article has several, and snippets are not shown."""


async def get(actor: Actor, article_id: int, *, lock: bool = False) -> ArticleView:
    """One article.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    sql = f"SELECT {COLUMNS} FROM articles a WHERE a.organization_id = $1 AND a.id = $2" + (" FOR UPDATE" if lock else "")
    async with read(actor) as db:
        found = await db.fetch_one(ArticleView, sql, actor.organization_id, article_id)
    if found is None:
        raise NotFound("this article does not exist")
    return found


async def page(
    actor: Actor,
    status: ArticleStatus | None,
    audience: Audience | None,
    search: str | None,
    after: str | None,
    limit: int,
    *,
    kind: Kind | None = None,
    category: str | None = None,
) -> ArticlePage:
    """Last changed first; `search` wants its text in title or category, an empty `category` articles that have none."""
    value, last_id = decode_cursor(after, "changed") if after else (None, None)
    sql = f"""
        SELECT {SUMMARY} FROM articles a
        WHERE a.organization_id = $1 AND ($2::text IS NULL OR a.status = $2) AND ($3::text IS NULL OR a.audience = $3)
          AND ($4::text IS NULL OR position(lower($4) IN lower(a.title || ' ' || a.category)) > 0)
          AND ($5::text IS NULL OR (a.updated_at, a.id) < ($5::timestamptz, $6))
          AND ($8::text IS NULL OR a.kind = $8) AND ($9::text IS NULL OR a.category = $9)
        ORDER BY a.updated_at DESC, a.id DESC LIMIT $7
    """
    async with read(actor) as db:
        values = (status, audience, search, value, last_id, limit + 1, kind, category)
        rows = await db.fetch(ArticleSummary, sql, actor.organization_id, *values)
    following = encode_cursor("changed", rows[limit - 1].updated_at.isoformat(), rows[limit - 1].id) if len(rows) > limit else None
    return ArticlePage(rows[:limit], following)


async def public_search(actor: Actor, sentence: str, limit: int = 6) -> list[PublicHit]:
    """Public articles that share words with `sentence`, each once; without words the last published ones. Snippets have no page."""
    if not sentence.strip():
        sql = """SELECT a.title, a.slug, coalesce(left(p.text, $2), '') FROM articles a
                 LEFT JOIN passages p ON p.organization_id = $1 AND p.article_id = a.id AND p.ordinal = 1
                 WHERE a.organization_id = $1 AND a.status = 'published' AND a.audience = 'public' AND a.kind = 'article'
                 ORDER BY a.published_at DESC, a.id DESC LIMIT $3"""
        async with read(actor) as db:
            return await db.fetch(PublicHit, sql, actor.organization_id, EXCERPT, limit)
    hits: dict[int, PublicHit] = {}
    passages = await search(actor, sentence, ["public"], limit * PASSAGES_EACH, ["article"])
    for found in await index.shown(actor, passages, ["public"]):
        hits.setdefault(found.article_id, PublicHit(found.title, found.slug, found.text[:EXCERPT]))
    return list(hits.values())[:limit]


async def public_article(actor: Actor, slug: str) -> PublicArticle:
    """A published public article, without what its authors hid in comments.

    Raises:
        NotFound: there is none of that name for customers.
    """
    sql = """SELECT a.title, a.slug, a.category, a.body, a.updated_at FROM articles a
             WHERE a.organization_id = $1 AND a.slug = $2 AND a.status = 'published' AND a.audience = 'public' AND a.kind = 'article'"""
    async with read(actor) as db:
        found = await db.fetch_one(PublicArticle, sql, actor.organization_id, slug)
    if found is None:
        raise NotFound("this article does not exist")
    return msgspec.structs.replace(found, body=visible(found.body).strip())
