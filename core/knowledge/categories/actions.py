"""Renaming and merging categories, for everything that has them at once."""

from core.access import MARKETERS, Actor, Audience
from core.database import transaction
from core.events.log import record
from core.knowledge.events import ArticlesRecategorized
from core.knowledge.structs import CategoryChange, Recategorized

OF_SOURCES = """
WITH named AS (SELECT id FROM knowledge_sources WHERE organization_id = $1 AND category = $2 ORDER BY id FOR UPDATE)
UPDATE knowledge_sources s SET category = $3 FROM named WHERE s.organization_id = $1 AND s.id = named.id
"""
OF_ARTICLES = """
WITH named AS (SELECT id FROM articles WHERE organization_id = $1 AND category = $2 ORDER BY id FOR UPDATE)
UPDATE articles a SET category = $3 FROM named WHERE a.organization_id = $1 AND a.id = named.id
"""


async def rename(actor: Actor, data: CategoryChange) -> Recategorized:
    """Give all articles, documents and sources of a category another one, which may be there already, or none. Admins and users.

    One event tells of all: with one for each article, a large category would hold up everybody's. No text changes, so no article gets a new version.
    """
    actor.require(*MARKETERS)
    if data.category == data.into:
        return Recategorized(0)
    names = (actor.organization_id, data.category, data.into)
    async with transaction(actor) as db:
        # Sources before their documents, as whoever reads one locks them.
        sources = await db.execute(OF_SOURCES, *names)
        articles = await db.execute(OF_ARTICLES, *names)
        if sources or articles:
            await tell(actor, data.category, data.into, articles)
    return Recategorized(articles)


async def tell(actor: Actor, category: str, into: str, articles: int) -> None:
    """Tell everybody, in the open unit of work, that so many articles were given another category."""
    event = ArticlesRecategorized(
        organization_id=actor.organization_id, category=category, into=into, articles=articles, by=actor.ref
    )
    await record(event, Audience())
