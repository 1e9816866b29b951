"""Questions in customers' words lead to an article: they are found like it, by whom it is for, and never shown to customers."""

import asyncio

import pytest

from core.access import Actor
from core.database import pool
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.extend.knowledge import Found
from core.knowledge import actions, queries, versions
from core.knowledge.questions import actions as asked
from core.knowledge.questions import queries as questions
from core.knowledge.search import search
from core.knowledge.structs import ArticleChanges, ArticleInput, QuestionInput
from tests.core.read_sources import a_file, kept
from tests.factories import a_member, an_article, an_organization

pytestmark = pytest.mark.usefixtures("connected")
CAMPER = QuestionInput("Is there a walrus for my camper van?")
TEXT = "# Yard\n\nCars stand behind the house.\n\n# Street\n\nCoaches stop in front."
PASSAGES = "SELECT ordinal, text, audience, language FROM passages WHERE article_id = $1 AND ordinal < 0 ORDER BY ordinal DESC"


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


async def found(admin: Actor, audience: str = "public", language: str = "") -> list[Found]:
    return await search(admin, "walrus", [audience], 5, language=language)


async def indexed(article_id: int) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await pool().fetch(PASSAGES, article_id)]


async def test_an_article_is_found_by_a_question_alone_and_shown_with_its_own_words(admin: Actor) -> None:
    article = await an_article(admin, "Parking", TEXT)
    assert await found(admin) == []
    question = await asked.add(admin, article.id, CAMPER)
    assert (question.text, question.author, question.number) == (CAMPER.text, admin.name, 1)
    [one] = await found(admin)
    assert (one.article_id, one.is_question, one.version, one.slug) == (article.id, True, article.version, article.slug)
    [hit] = await queries.public_search(admin, "walrus")
    assert (hit.title, hit.slug, hit.excerpt) == ("Parking", article.slug, "Cars stand behind the house.")


async def test_it_goes_with_its_article_wherever_that_goes(admin: Actor) -> None:
    article = await actions.create(admin, ArticleInput("Parking", TEXT, audience="public"))
    await asked.add(admin, article.id, CAMPER)
    await asked.add(admin, article.id, QuestionInput("May I leave a bus?"))
    assert await indexed(article.id) == []
    article = await actions.publish(admin, article.id)
    both = [(-1, CAMPER.text, "public", ""), (-2, "May I leave a bus?", "public", "")]
    assert await indexed(article.id) == both
    article = await actions.update(admin, article.id, ArticleChanges(article.version, body="Another text."))
    assert await indexed(article.id) == both, "the same for the same question, however often the article is saved"
    assert [one.version for one in await found(admin)] == [article.version]
    article = await actions.update(admin, article.id, ArticleChanges(article.version, language="de"))
    assert (len(await found(admin, language="de")), await found(admin, language="fr")) == (1, [])
    article = await actions.update(admin, article.id, ArticleChanges(article.version, audience="internal"))
    assert (await found(admin), len(await found(admin, "internal"))) == ([], 1)
    await actions.withdraw(admin, article.id)
    assert await found(admin, "internal") == []
    await actions.delete(admin, article.id)
    assert await pool().fetchval("SELECT count(*) FROM article_questions WHERE article_id = $1", article.id) == 0


async def test_a_question_is_changed_and_removed_and_the_article_stays_as_it_is(admin: Actor) -> None:
    article = await an_article(admin, "Parking", TEXT)
    first = await asked.add(admin, article.id, CAMPER)
    second = await asked.add(admin, article.id, QuestionInput("May I leave a bus?"))
    changed = await asked.change(admin, article.id, first.id, QuestionInput("  Where does\u200b my van   go? "))
    assert (changed.id, changed.number, changed.text) == (first.id, 1, "Where does my van go?")
    assert await found(admin) == []
    with pytest.raises(Conflict) as same:
        await asked.change(admin, article.id, second.id, QuestionInput("where does my VAN go?"))
    assert same.value.reason == "question_exists"
    await asked.change(admin, article.id, first.id, QuestionInput("Where does my VAN go?"))
    await asked.remove(admin, article.id, first.id)
    assert [one.text for one in await questions.of(admin, article.id)] == ["May I leave a bus?"]
    assert [row[0] for row in await indexed(article.id)] == [-2]
    with pytest.raises(NotFound):
        await asked.remove(admin, article.id, first.id)
    assert await queries.get(admin, article.id) == article
    assert len(await versions.all_of(admin, article.id)) == 2


async def test_a_question_that_is_there_is_not_added_again_and_there_is_a_most(
    admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "QUESTIONS_MAX", 2)
    article = await an_article(admin, "Parking", TEXT)
    same = await asyncio.gather(*(asked.add(admin, article.id, QuestionInput(text)) for text in ("A van?", "a  VAN?", "A van?")))
    assert len({one.id for one in same}) == 1
    await asked.add(admin, article.id, QuestionInput("A bus?"))
    with pytest.raises(Conflict) as many:
        await asked.add(admin, article.id, QuestionInput("A coach?"))
    assert many.value.reason == "too_many_questions"
    assert (await asked.add(admin, article.id, QuestionInput("A bus?"))).text == "A bus?"
    assert len(await indexed(article.id)) == 2


async def test_what_nobody_can_read_is_no_question(admin: Actor) -> None:
    article = await an_article(admin, "Parking", TEXT)
    for text in ("<!-- a van? -->", "\u200b\u2060"):
        with pytest.raises(Invalid) as refused:
            await asked.add(admin, article.id, QuestionInput(text))
        assert refused.value.reason == "no_question"


async def test_who_writes_articles_writes_their_questions_and_strangers_see_none(admin: Actor) -> None:
    article = await an_article(admin, "Parking", TEXT)
    user, agent, stranger = await a_member(admin, "user"), await a_member(admin), await an_organization()
    question = await asked.add(user, article.id, CAMPER)
    assert await questions.of(agent, article.id) == [question]
    for actor, refused in ((agent, Forbidden), (stranger, NotFound)):
        for work in (
            asked.add(actor, article.id, QuestionInput("A bus?")),
            asked.change(actor, article.id, question.id, QuestionInput("A bus?")),
            asked.remove(actor, article.id, question.id),
        ):
            with pytest.raises(refused):
                await work
    with pytest.raises(NotFound):
        await questions.of(stranger, article.id)
    other = await an_article(admin, "Returns", "Within 30 days.")
    with pytest.raises(NotFound):
        await asked.remove(admin, other.id, question.id)


async def test_a_document_has_none(admin: Actor) -> None:
    await a_file(admin, "care.txt", b"Feed it daily.", audience="public")
    [document] = await kept(admin)
    with pytest.raises(Conflict) as refused:
        await asked.add(admin, document.id, CAMPER)
    assert refused.value.reason == "is_document"


async def test_the_questions_of_some_articles_leave_others_their_place(admin: Actor) -> None:
    for title in ("Parking", "Ferries", "Campsites"):
        article = await an_article(admin, title, TEXT)
        for number in range(asked.QUESTIONS_MAX):
            await asked.add(admin, article.id, QuestionInput(f"Walrus {number}?"))
    await an_article(admin, "Animals", "A walrus needs cold water, and much more than that, all day long, in summer and in winter.")
    hits = await queries.public_search(admin, "walrus")
    assert sorted(hit.title for hit in hits) == ["Animals", "Campsites", "Ferries", "Parking"]
