"""Writing, publishing and withdrawing articles. Passages follow in the same transaction, so search is never stale."""

from typing import Any

import msgspec

from core.access import MARKETERS, Actor, ActorKind, Audience
from core.database import Unit, transaction
from core.errors import Conflict
from core.events.log import record
from core.knowledge import queries, versions
from core.knowledge.events import ArticleDeleted, ArticleSaved
from core.knowledge.passages import cut
from core.knowledge.queries import COLUMNS
from core.knowledge.questions import index
from core.knowledge.structs import ArticleChanges, ArticleInput, ArticleSummary, ArticleView, RestoreInput
from core.slugs import slugify


async def create(actor: Actor, data: ArticleInput, *, slug: str | None = None) -> ArticleView:
    """Write a draft. Admins and users."""
    _allow(actor)
    async with transaction(actor) as db:
        values = {
            **msgspec.structs.asdict(data),
            "slug": await _free_slug(db, actor, slug or slugify(data.title, "article")),
            "author_id": actor.user_id,
        }
        numbers = ", ".join(f"${number}" for number in range(2, 2 + len(values)))
        sql = f"INSERT INTO articles AS a (organization_id, {', '.join(values)}) VALUES ($1, {numbers}) RETURNING {COLUMNS}"
        article = await saved(db, actor, await db.fetch_one(ArticleView, sql, actor.organization_id, *values.values()))
        await versions.keep(db, actor, article)
        return article


async def update(actor: Actor, article_id: int, data: ArticleChanges, *, restored: int | None = None) -> ArticleView:
    """Change an article; a published one is searched with its new text at once. Admins and users. What is as it was makes no new version.

    `restored`: the version that the changes were taken from.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: somebody saved a newer version meanwhile; `is_document`, it is read from a source.
    """
    _allow(actor)
    changes: dict[str, Any] = {
        name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET and name != "version"
    }  # fmt: skip
    async with transaction(actor) as db:
        before = await queries.get(actor, article_id, lock=True)
        if before.version != data.version:
            raise Conflict("somebody saved this article meanwhile", code="newer_version", version=before.version)
        check_is_written(before)
        differing = {name: value for name, value in changes.items() if value != getattr(before, name)}
        return await _change(db, actor, before, differing, restored) if differing else before


async def restore(actor: Actor, article_id: int, version: int, data: RestoreInput) -> ArticleView:
    """Write an article anew as it was in `version`. Admins and users.

    It stays published or a draft, as it is; and it is internal if either it or that version is, so that nothing reaches customers by going back.

    Raises:
        NotFound: article or version is unknown.
        Conflict: as `update`.
    """
    async with transaction(actor):
        now, then = await queries.get(actor, article_id, lock=True), await versions.get(actor, article_id, version)
        changes = ArticleChanges(
            data.version,
            title=then.title,
            body=then.body,
            category=then.category,
            kind=then.kind,
            audience="internal" if "internal" in {now.audience, then.audience} else "public",
            language=then.language,
        )
        return await update(actor, article_id, changes, restored=version)


async def publish(actor: Actor, article_id: int) -> ArticleView:
    """Make an article known: to customers where it is public, to staff and the AI agent's internal use otherwise."""
    return await _set_status(actor, article_id, "published")


async def withdraw(actor: Actor, article_id: int) -> ArticleView:
    """Make a published article a draft again; nothing answers from it any more."""
    return await _set_status(actor, article_id, "draft")


async def _set_status(actor: Actor, article_id: int, status: str) -> ArticleView:
    _allow(actor)
    async with transaction(actor) as db:
        before = await queries.get(actor, article_id, lock=True)
        check_is_written(before)
        return before if before.status == status else await _change(db, actor, before, {"status": status})


async def delete(actor: Actor, article_id: int) -> None:
    _allow(actor)
    async with transaction(actor) as db:
        check_is_written(await queries.get(actor, article_id, lock=True))
        await db.execute("DELETE FROM articles WHERE organization_id = $1 AND id = $2", actor.organization_id, article_id)
        await deleted(actor, article_id)


async def deleted(actor: Actor, article_id: int) -> None:
    """Tell everybody that an article was just deleted, in the open unit of work."""
    await record(ArticleDeleted(organization_id=actor.organization_id, article_id=article_id, by=actor.ref), Audience())


def check_is_written(article: ArticleView) -> None:
    """
    Raises:
        Conflict: `is_document`, nobody writes it here.
    """
    if article.kind == "document":
        raise Conflict("a document is changed where it was read from; copy it into an article to write on", code="is_document")


def _allow(actor: Actor) -> None:
    if actor.kind != ActorKind.system:
        actor.require(*MARKETERS)


async def _change(db: Unit, actor: Actor, before: ArticleView, changes: dict[str, Any], restored: int | None = None) -> ArticleView:
    publishes = changes.get("status") == "published"
    assignments = "".join(f", {name} = ${number}" for number, name in enumerate(changes, 4))
    sql = f"""
        UPDATE articles a SET version = version + 1, updated_at = now(),
            published_at = CASE WHEN $3 THEN coalesce(published_at, now()) ELSE published_at END{assignments}
        WHERE a.organization_id = $1 AND a.id = $2 RETURNING {COLUMNS}
    """
    await versions.keep_first(db, actor, before.id)
    article = await saved(
        db, actor, await db.fetch_one(ArticleView, sql, actor.organization_id, before.id, publishes, *changes.values())
    )
    await versions.keep(db, actor, article, before, restored)
    return article


async def saved(db: Unit, actor: Actor, article: ArticleView | None) -> ArticleView:
    """Have passages and everybody else follow what was just written."""
    if article is None:
        raise RuntimeError("a saved article was not returned")
    await db.execute("DELETE FROM passages WHERE organization_id = $1 AND article_id = $2", actor.organization_id, article.id)
    if article.status == "published":
        sql = """INSERT INTO passages (organization_id, article_id, ordinal, heading, text, title, audience, language)
                 SELECT $1, $2, s.ordinal, s.heading, s.text, $5, $6, $7
                 FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS s (heading, text, ordinal)"""
        sections = cut(article.body)
        headings, texts = [section.heading for section in sections], [section.text for section in sections]
        common = (article.title, article.audience, article.language)
        await db.execute(sql, actor.organization_id, article.id, headings, texts, *common)
        await index.put(db, actor, article)
    await tell(actor, article)
    return article


async def tell(actor: Actor, article: ArticleView) -> None:
    """Tell everybody, in the open unit of work, what an article is now."""
    summary = ArticleSummary(**{name: getattr(article, name) for name in ArticleSummary.__struct_fields__})
    await record(ArticleSaved(organization_id=actor.organization_id, article=summary, by=actor.ref), Audience())


async def _free_slug(db: Unit, actor: Actor, wanted: str) -> str:
    sql = "SELECT slug FROM articles WHERE organization_id = $1 AND (slug = $2 OR slug LIKE $2 || '-%')"
    taken = {row["slug"] for row in await db.fetch_rows(sql, actor.organization_id, wanted)}
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{number}" for number in range(2, len(taken) + 3) if f"{wanted}-{number}" not in taken)
