"""Categories in use: words that articles, documents and sources share. One is there while something has it."""

from core.access import Actor
from core.database import read
from core.knowledge.structs import CategoryCount

CATEGORIES_MAX = 1000
USED = """
SELECT category, count(*) FROM articles WHERE organization_id = $1 AND category <> '' GROUP BY 1 ORDER BY lower(category), category LIMIT $2
"""


async def used(actor: Actor) -> list[CategoryCount]:
    """By name, at most 1,000, with how many articles and documents have each."""
    async with read(actor) as db:
        return await db.fetch(CategoryCount, USED, actor.organization_id, CATEGORIES_MAX)
