"""The AI agent finds an article by a question in a customer's words, and answers with the article's own."""

import pytest

from agent.copilot import queries as copilot
from agent.learning import dry
from agent.replay import overlay
from core.knowledge import actions as knowledge
from core.knowledge.questions import actions as asked
from core.knowledge.structs import ArticleInput, ArticleView, QuestionInput
from tests.agent.scenes import QUESTION, Scene, a_shop, ask, receipts, work
from tests.agent.test_replay_overlay import PARKING, embedded
from tests.factories import an_article

pytestmark = pytest.mark.usefixtures("connected")
CAMPING = "Any campground nearby?"


async def would(scene: Scene, question: str = CAMPING, over: overlay.Overlay | None = None) -> dry.Would:
    return await dry.decide(scene.machine, question, 0.7, overlay=over)


async def with_parking(by_meaning: bool, audience: str = "public") -> tuple[Scene, ArticleView]:
    scene = await a_shop()
    article = await an_article(scene.admin, "Parking", PARKING, audience)
    if by_meaning and not await embedded(scene):
        pytest.skip("PostgreSQL has no pgvector here")
    return scene, article


async def add(scene: Scene, article: ArticleView, by_meaning: bool, *texts: str) -> None:
    for text in texts or (CAMPING,):
        await asked.add(scene.admin, article.id, QuestionInput(text))
    if by_meaning:
        await embedded(scene)


@pytest.mark.parametrize("by_meaning", [False, True])
async def test_an_article_answers_what_it_is_asked_like_though_it_says_none_of_it(by_meaning: bool) -> None:
    scene, article = await with_parking(by_meaning)
    before = await would(scene)
    assert before.outcome != "answered"
    if not by_meaning:
        assert before.found == []
    await add(scene, article, by_meaning)
    after = await would(scene)
    assert (after.outcome, after.article_id, after.title) == ("answered", article.id, "Parking")
    assert "Visitors are welcome." in after.draft
    assert "campground" not in after.draft


@pytest.mark.parametrize("by_meaning", [False, True])
async def test_the_customer_is_answered_with_the_article_as_the_source(by_meaning: bool) -> None:
    scene, article = await with_parking(by_meaning)
    await add(scene, article, by_meaning)
    _, sent = await ask(scene, CAMPING)
    assert await work(scene, sent) == "answered"
    (receipt,) = await receipts(scene, sent)
    assert receipt.passages
    assert all(passage.title for passage in receipt.passages), "a question is nothing to show"
    assert (receipt.passages[0].article_id, receipt.passages[0].quoted) == (article.id, True)


@pytest.mark.parametrize("by_meaning", [False, True])
async def test_the_section_that_fits_is_quoted_where_the_customer_says_which(by_meaning: bool) -> None:
    scene, article = await with_parking(by_meaning)
    await add(scene, article, by_meaning)
    after = await would(scene, "Any campground nearby, and what does parking cost per hour?")
    assert (after.outcome, after.article_id) == ("answered", article.id)
    assert "€2 per hour" in after.draft


@pytest.mark.parametrize("by_meaning", [False, True])
async def test_questions_of_one_article_take_nothing_from_another(by_meaning: bool) -> None:
    scene, article = await with_parking(by_meaning)
    before = await would(scene, QUESTION)
    others = [f"May I leave my {thing} with you?" for thing in ("van", "caravan", "trailer", "truck", "boat", "bus")]
    await add(scene, article, by_meaning, CAMPING, *others)
    after = await would(scene, QUESTION)
    assert (after.outcome, after.draft) == (before.outcome, before.draft)
    for other in ("Do you have an aquarium?", "Do you sell vans?", "Is there a hotel nearby?", "What does a boat cost?"):
        assert (await would(scene, other)).outcome != "answered", "a word in common makes no question another one"


@pytest.mark.parametrize("by_meaning", [False, True])
async def test_what_else_the_customer_tells_hides_no_question(by_meaning: bool) -> None:
    scene, article = await with_parking(by_meaning)
    await add(scene, article, by_meaning)
    after = await would(scene, "We travel with our dog. Any campground nearby?")
    assert (after.outcome, after.article_id) == ("answered", article.id)


@pytest.mark.parametrize("by_meaning", [False, True])
async def test_an_internal_article_answers_no_customer_by_its_questions(by_meaning: bool) -> None:
    scene, article = await with_parking(by_meaning, "internal")
    await add(scene, article, by_meaning)
    after = await would(scene)
    assert (after.outcome, article.id in after.found) == ("handed_over", False)


@pytest.mark.parametrize("by_meaning", [False, True])
async def test_a_question_of_an_article_without_a_text_leads_nowhere(by_meaning: bool) -> None:
    scene = await a_shop()
    article = await an_article(scene.admin, "Parking", "<!-- to be written -->")
    if by_meaning and not await embedded(scene):
        pytest.skip("PostgreSQL has no pgvector here")
    await add(scene, article, by_meaning)
    after = await would(scene)
    assert (after.outcome, article.id in after.found, after.draft.count("campground")) == ("handed_over", False, 0)


@pytest.mark.parametrize("by_meaning", [False, True])
async def test_a_draft_with_questions_is_tried_as_if_it_was_published(by_meaning: bool) -> None:
    scene = await a_shop()
    if by_meaning and not await embedded(scene):
        pytest.skip("PostgreSQL has no pgvector here")
    draft = await knowledge.create(scene.admin, ArticleInput("Parking", PARKING, audience="public"))
    await asked.add(scene.admin, draft.id, QuestionInput(CAMPING))
    tried = await would(scene, over=await overlay.lay(scene.machine, draft))
    assert (tried.outcome, tried.article_id) == ("answered", draft.id)
    await knowledge.publish(scene.admin, draft.id)
    if by_meaning:
        await embedded(scene)
    published = await would(scene)
    assert (tried.outcome, tried.draft) == (published.outcome, published.draft)
    assert tried.confidence == pytest.approx(published.confidence, abs=1e-4)


async def test_whoever_looks_an_article_up_in_the_composer_sees_its_own_words() -> None:
    scene, article = await with_parking(by_meaning=False)
    await add(scene, article, False)
    for words in ("campground", "campground visitors"):
        [offered] = await copilot.articles(scene.admin, words)
        assert (offered.article_id, offered.title, offered.text) == (article.id, "Parking", "Visitors are welcome.")


async def test_whoever_looks_up_what_one_article_is_often_asked_like_sees_others_too() -> None:
    scene, article = await with_parking(by_meaning=False)
    await add(scene, article, False, *(f"Is campground {number} nearby?" for number in range(20)))
    await an_article(scene.admin, "Nature", "Beside the lake, an hour from here on foot, there is a campground with many trees.")
    assert {one.title for one in await copilot.articles(scene.admin, "campground")} == {"Parking", "Nature"}
