"""Articles over HTTP."""

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from core.access import Actor
from core.knowledge import actions, queries
from core.knowledge.structs import ArticleChanges, ArticleInput, ArticlePage, ArticleStatus, ArticleView, Audience
from core.pages import After, Limit, Search


@get("/", summary="Articles, last changed first", operation_id="list_articles")
async def list_articles(
    actor: NamedDependency[Actor],
    status: FromQuery[ArticleStatus | None] = None,
    audience: FromQuery[Audience | None] = None,
    q: Search = None,
    cursor: After = None,
    limit: Limit = 25,
) -> ArticlePage:
    return await queries.page(actor, status, audience, q, cursor, limit)


@post("/", summary="Write a draft", operation_id="create_article")
async def create_article(actor: NamedDependency[Actor], data: JSONBody[ArticleInput]) -> ArticleView:
    return await actions.create(actor, data)


@get("/{article_id:int}", summary="One article", operation_id="get_article")
async def get_article(actor: NamedDependency[Actor], article_id: FromPath[int]) -> ArticleView:
    return await queries.get(actor, article_id)


@patch("/{article_id:int}", summary="Change an article", operation_id="update_article")
async def update_article(actor: NamedDependency[Actor], article_id: FromPath[int], data: JSONBody[ArticleChanges]) -> ArticleView:
    return await actions.update(actor, article_id, data)


@delete("/{article_id:int}", summary="Delete an article", operation_id="delete_article")
async def delete_article(actor: NamedDependency[Actor], article_id: FromPath[int]) -> None:
    await actions.delete(actor, article_id)


@post("/{article_id:int}/publish", status_code=200, summary="Publish", operation_id="publish_article")
async def publish_article(actor: NamedDependency[Actor], article_id: FromPath[int]) -> ArticleView:
    return await actions.publish(actor, article_id)


@post("/{article_id:int}/withdraw", status_code=200, summary="Make a draft again", operation_id="withdraw_article")
async def withdraw_article(actor: NamedDependency[Actor], article_id: FromPath[int]) -> ArticleView:
    return await actions.withdraw(actor, article_id)


router = Router(
    "/api/articles",
    route_handlers=[list_articles, create_article, get_article, update_article, delete_article, publish_article, withdraw_article],
    tags=["knowledge"],
)
