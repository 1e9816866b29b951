"""Adding, changing and removing the questions that lead to an article. Its text and its version stay as they are."""

from core.access import MARKETERS, Actor
from core.database import Unit, transaction
from core.errors import Conflict, Invalid
from core.knowledge import actions as articles
from core.knowledge import queries as knowledge
from core.knowledge.passages import visible
from core.knowledge.questions import index, queries
from core.knowledge.structs import ArticleView, QuestionInput, QuestionView

QUESTIONS_MAX = 50
"""Of an article: more of them would keep other articles out of what a search looks at."""
SAME = "SELECT id FROM article_questions WHERE organization_id = $1 AND article_id = $2 AND lower(text) = lower($3)"
COUNT = "SELECT count(*) FROM article_questions WHERE organization_id = $1 AND article_id = $2"
ADD = """
INSERT INTO article_questions (organization_id, article_id, number, text, author)
SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4 FROM article_questions WHERE organization_id = $1 AND article_id = $2 RETURNING id
"""
CHANGE = "UPDATE article_questions SET text = $4 WHERE organization_id = $1 AND article_id = $2 AND id = $3"
REMOVE = "DELETE FROM article_questions WHERE organization_id = $1 AND article_id = $2 AND id = $3"


async def add(actor: Actor, article_id: int, data: QuestionInput) -> QuestionView:
    """Have an article found by a question in a customer's words. Admins and users. One that leads to it already is not added again.

    Raises:
        NotFound: the article is unknown to the actor's organization.
        Invalid: `no_question`, there is nothing that can be read.
        Conflict: `too_many_questions`; `is_document`, it is read from a source.
    """
    actor.require(*MARKETERS)
    text = _read(data)
    async with transaction(actor) as db:
        article = await _written(actor, article_id)
        question_id = await db.fetch_value(SAME, actor.organization_id, article_id, text)
        if question_id is not None:
            return await queries.get(actor, article_id, question_id)
        if await db.fetch_value(COUNT, actor.organization_id, article_id) >= QUESTIONS_MAX:
            raise Conflict(f"at most {QUESTIONS_MAX} questions lead to an article", code="too_many_questions", most=QUESTIONS_MAX)
        question_id = await db.fetch_value(ADD, actor.organization_id, article_id, text, actor.name)
        return await _kept(db, actor, article, question_id)


async def change(actor: Actor, article_id: int, question_id: int, data: QuestionInput) -> QuestionView:
    """Ask it in other words. Admins and users.

    Raises:
        NotFound: the article is unknown to the actor's organization, or the question does not lead to it.
        Invalid: as `add`.
        Conflict: `question_exists`, another one has these words; `is_document`.
    """
    actor.require(*MARKETERS)
    text = _read(data)
    async with transaction(actor) as db:
        article = await _written(actor, article_id)
        before = await queries.get(actor, article_id, question_id)
        if before.text == text:
            return before
        same = await db.fetch_value(SAME, actor.organization_id, article_id, text)
        if same not in {None, question_id}:
            raise Conflict("this question leads to the article already", code="question_exists")
        await db.execute(CHANGE, actor.organization_id, article_id, question_id, text)
        await index.take(db, actor, article_id, before.number)
        return await _kept(db, actor, article, question_id)


async def remove(actor: Actor, article_id: int, question_id: int) -> None:
    """Have the article found by this question no more. Admins and users.

    Raises:
        NotFound: as `change`.
        Conflict: `is_document`.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        article = await _written(actor, article_id)
        question = await queries.get(actor, article_id, question_id)
        await db.execute(REMOVE, actor.organization_id, article_id, question_id)
        await index.take(db, actor, article_id, question.number)
        await articles.tell(actor, article)


async def _written(actor: Actor, article_id: int) -> ArticleView:
    """The article, locked: who saves it meanwhile comes after."""
    article = await knowledge.get(actor, article_id, lock=True)
    articles.check_is_written(article)
    return article


async def _kept(db: Unit, actor: Actor, article: ArticleView, question_id: int) -> QuestionView:
    question = await queries.get(actor, article.id, question_id)
    await index.put(db, actor, article, question.number)
    await articles.tell(actor, article)
    return question


def _read(data: QuestionInput) -> str:
    """The question as a reader sees it."""
    text = " ".join(visible(data.text).split())
    if not text:
        raise Invalid("there is no question that can be read", code="no_question")
    return text
