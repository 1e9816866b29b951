"""Example questions as passages of their article, so that a search finds it by what customers say.

Such a passage has neither title nor heading, and its ordinal is the question's number below nothing: the same for the same question, however
often the article is saved. What is found is never quoted: it leads to the passages that the article's own text is cut into.
"""

from collections.abc import Sequence

from core.access import Actor
from core.database import Unit, read
from core.extend.knowledge import Audience, Found
from core.knowledge.structs import ArticleView

PUT = """
INSERT INTO passages (organization_id, article_id, ordinal, text, title, audience, language)
SELECT $1, $2, -q.number, q.text, '', $3, $4 FROM article_questions q
WHERE q.organization_id = $1 AND q.article_id = $2 AND ($5::int IS NULL OR q.number = $5)
"""
TAKE = "DELETE FROM passages WHERE organization_id = $1 AND article_id = $2 AND ordinal = -$3::int"
LED_TO = """
SELECT p.id, p.article_id, p.ordinal, p.title, p.heading, p.text, p.audience, 0::float8, '{}'::text[], a.slug, a.version, a.kind,
       NULL::float8, NULL::float8, NULL::float8, a.address
FROM unnest($2::bigint[]) WITH ORDINALITY AS w (id, place)
JOIN articles a ON a.organization_id = $1 AND a.id = w.id AND a.status = 'published'
CROSS JOIN LATERAL (
    SELECT * FROM passages p WHERE p.organization_id = $1 AND p.article_id = a.id AND p.ordinal > 0 AND p.audience = ANY ($3)
    ORDER BY p.ordinal LIMIT $4
) p ORDER BY w.place, p.ordinal
"""


async def put(db: Unit, actor: Actor, article: ArticleView, number: int | None = None) -> None:
    """Have a published article found by its questions, or by one of them, in the open unit of work."""
    if article.status == "published":
        await db.execute(PUT, actor.organization_id, article.id, article.audience, article.language, number)


async def take(db: Unit, actor: Actor, article_id: int, number: int) -> None:
    """Have an article found by this question no more, in the open unit of work."""
    await db.execute(TAKE, actor.organization_id, article_id, number)


async def led_to(actor: Actor, article_ids: Sequence[int], audiences: Sequence[Audience], most: int) -> list[Found]:
    """What these articles say: the first `most` passages of each, in the order of the articles, without their questions."""
    async with read(actor) as db:
        return await db.fetch(Found, LED_TO, actor.organization_id, list(article_ids), list(audiences), most)


async def shown(actor: Actor, found: Sequence[Found], audiences: Sequence[Audience]) -> list[Found]:
    """What was found as people read it: in the place of a question the article's first passage, and none twice."""
    asked = list(dict.fromkeys(one.article_id for one in found if one.is_question))
    first = {one.article_id: one for one in await led_to(actor, asked, audiences, 1)} if asked else {}
    wanted = (first.get(one.article_id) if one.is_question else one for one in found)
    return list({one.id: one for one in wanted if one is not None}.values())
