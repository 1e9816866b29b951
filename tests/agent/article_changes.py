"""What happens to the article that an answer quotes: it is hidden, withdrawn, deleted, or says something else."""

from collections.abc import Awaitable, Callable

from core.database import pool
from core.knowledge import actions as knowledge
from core.knowledge import queries as articles
from core.knowledge.structs import ArticleChanges, ArticleView
from tests.agent.scenes import SHIPPING, Scene

Change = Callable[[Scene], Awaitable[object]]


async def shipping(scene: Scene) -> ArticleView:
    sql = "SELECT id FROM articles WHERE organization_id = $1 AND title LIKE 'Shipping%'"
    return await articles.get(scene.admin, await pool().fetchval(sql, scene.admin.organization_id))


async def hide(scene: Scene) -> None:
    article = await shipping(scene)
    await knowledge.update(scene.admin, article.id, ArticleChanges(article.version, audience="internal"))


async def withdraw(scene: Scene) -> None:
    await knowledge.withdraw(scene.admin, (await shipping(scene)).id)


async def delete(scene: Scene) -> None:
    await knowledge.delete(scene.admin, (await shipping(scene)).id)


async def reprice(scene: Scene) -> None:
    article = await shipping(scene)
    await knowledge.update(scene.admin, article.id, ArticleChanges(article.version, body=SHIPPING.replace("9.90", "7.50")))
