"""Articles over HTTP."""

from typing import Annotated

from litestar import Router, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from core import texts
from core.access import Actor
from core.knowledge import actions, queries, versions
from core.knowledge.categories import actions as categories
from core.knowledge.categories import queries as in_use
from core.knowledge.questions import actions as asked
from core.knowledge.questions import queries as questions
from core.knowledge.structs import (
    ArticleChanges,
    ArticleInput,
    ArticlePage,
    ArticleStatus,
    ArticleView,
    Audience,
    CategoryChange,
    CategoryCount,
    Kind,
    QuestionInput,
    QuestionView,
    Recategorized,
    RestoreInput,
    VersionSummary,
    VersionView,
)
from core.pages import After, Limit, Search

InCategory = Annotated[str | None, QueryParameter(max_length=80, pattern=texts.LINE, description="Empty: articles that have none.")]


@get("/", summary="Articles, last changed first", operation_id="list_articles")
async def list_articles(
    actor: NamedDependency[Actor],
    status: FromQuery[ArticleStatus | None] = None,
    audience: FromQuery[Audience | None] = None,
    kind: FromQuery[Kind | None] = None,
    category: InCategory = None,
    q: Search = None,
    cursor: After = None,
    limit: Limit = 25,
) -> ArticlePage:
    return await queries.page(actor, status, audience, q, cursor, limit, kind=kind, category=category)


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


@get("/{article_id:int}/versions", summary="What was saved, newest first", operation_id="list_article_versions")
async def list_versions(actor: NamedDependency[Actor], article_id: FromPath[int]) -> list[VersionSummary]:
    return await versions.all_of(actor, article_id)


@get("/{article_id:int}/versions/{version:int}", summary="A version with its text", operation_id="get_article_version")
async def get_version(actor: NamedDependency[Actor], article_id: FromPath[int], version: FromPath[int]) -> VersionView:
    return await versions.get(actor, article_id, version)


@post(
    "/{article_id:int}/versions/{version:int}/restore", status_code=200, summary="Write it anew as it was",
    operation_id="restore_article_version",
)  # fmt: skip
async def restore_version(
    actor: NamedDependency[Actor], article_id: FromPath[int], version: FromPath[int], data: JSONBody[RestoreInput]
) -> ArticleView:
    return await actions.restore(actor, article_id, version, data)


@get("/{article_id:int}/questions", summary="Questions that lead to an article", operation_id="list_article_questions")
async def list_questions(actor: NamedDependency[Actor], article_id: FromPath[int]) -> list[QuestionView]:
    return await questions.of(actor, article_id)


@post("/{article_id:int}/questions", summary="Have it found by a question", operation_id="add_article_question")
async def add_question(actor: NamedDependency[Actor], article_id: FromPath[int], data: JSONBody[QuestionInput]) -> QuestionView:
    return await asked.add(actor, article_id, data)


@put("/{article_id:int}/questions/{question_id:int}", summary="Ask it in other words", operation_id="change_article_question")
async def change_question(
    actor: NamedDependency[Actor], article_id: FromPath[int], question_id: FromPath[int], data: JSONBody[QuestionInput]
) -> QuestionView:
    return await asked.change(actor, article_id, question_id, data)


@delete("/{article_id:int}/questions/{question_id:int}", summary="Remove a question", operation_id="remove_article_question")
async def remove_question(actor: NamedDependency[Actor], article_id: FromPath[int], question_id: FromPath[int]) -> None:
    await asked.remove(actor, article_id, question_id)


@get("/categories", summary="Categories in use", operation_id="list_categories")
async def list_categories(actor: NamedDependency[Actor]) -> list[CategoryCount]:
    return await in_use.used(actor)


@post("/categories/rename", status_code=200, summary="Rename a category, or merge it into another", operation_id="rename_category")
async def rename_category(actor: NamedDependency[Actor], data: JSONBody[CategoryChange]) -> Recategorized:
    return await categories.rename(actor, data)


router = Router(
    "/api/articles",
    route_handlers=[
        list_articles, create_article, get_article, update_article, delete_article, publish_article, withdraw_article,
        list_versions, get_version, restore_version, list_questions, add_question, change_question, remove_question, list_categories,
        rename_category,
    ],
    tags=["knowledge"],
)  # fmt: skip
