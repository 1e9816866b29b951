"""Reads of the questions that lead to an article."""

from core.access import Actor
from core.database import read
from core.errors import NotFound
from core.knowledge.structs import QuestionView

COLUMNS = "q.id, q.number, q.text, q.author, q.created_at"
ALL = f"SELECT {COLUMNS} FROM article_questions q WHERE q.organization_id = $1 AND q.article_id = $2 ORDER BY q.number"
ONE = f"SELECT {COLUMNS} FROM article_questions q WHERE q.organization_id = $1 AND q.article_id = $2 AND q.id = $3"
EXISTS = "SELECT EXISTS (SELECT FROM articles WHERE organization_id = $1 AND id = $2)"


async def of(actor: Actor, article_id: int) -> list[QuestionView]:
    """In the order in which they were added.

    Raises:
        NotFound: the article is unknown to the actor's organization.
    """
    async with read(actor) as db:
        found = await db.fetch(QuestionView, ALL, actor.organization_id, article_id)
        if not found and not await db.fetch_value(EXISTS, actor.organization_id, article_id):
            raise NotFound("this article does not exist")
    return found


async def get(actor: Actor, article_id: int, question_id: int) -> QuestionView:
    """One question.

    Raises:
        NotFound: it does not lead to this article.
    """
    async with read(actor) as db:
        found = await db.fetch_one(QuestionView, ONE, actor.organization_id, article_id, question_id)
    if found is None:
        raise NotFound("this question does not lead to the article")
    return found
