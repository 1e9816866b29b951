"""An article is tried without publishing it, and what it is tried for comes out as if it had been published."""

import msgspec
import pytest

from agent import jobs
from agent.index import chosen
from agent.learning import dry
from agent.replay import overlay
from core.access import Actor
from core.database import system_transaction
from core.knowledge import actions as knowledge
from core.knowledge import queries as articles
from core.knowledge import search
from core.knowledge.structs import ArticleChanges, ArticleInput, ArticleView
from tests.agent.scenes import QUESTION, SHIPPING, Scene, a_shop
from tests.factories import an_article

pytestmark = pytest.mark.usefixtures("connected")

PARKING = """Visitors are welcome.

## Where to park

You may park your car behind our showroom, in the yard. Parking costs €2 per hour.

## Bicycles

Bicycles stand in front of the door.
"""
QUESTIONS = [
    "Where may I park my car at your showroom?", "What does parking cost?", QUESTION, "How do I return an item?",
    "How long does shipping to Sweden take?", "May I bring my bycicle?", "Do you have an aquarium?", "Refund my order at once",
]  # fmt: skip


async def embedded(scene: Scene) -> bool:
    """Have what is published embedded, as the worker does; whether it is searched by meaning then."""
    await jobs.embed.function(scene.admin.organization_id)
    return await chosen.model(scene.machine) is not None


async def would(scene: Scene, over: overlay.Overlay | None = None) -> list[dry.Would]:
    return [await dry.decide(scene.machine, question, 0.7, overlay=over) for question in QUESTIONS]


def same(found: list[dry.Would], published: list[dry.Would]) -> None:
    for one, other, question in zip(found, published, QUESTIONS, strict=True):
        assert (one.outcome, one.reason, one.draft, one.title) == (other.outcome, other.reason, other.draft, other.title), question
        assert one.confidence == (None if other.confidence is None else pytest.approx(other.confidence, abs=1e-4)), question


async def passages(actor: Actor) -> list[tuple[int, str]]:
    async with system_transaction("tests look at passages") as db:
        sql = "SELECT id, text FROM passages WHERE organization_id = $1 ORDER BY id"
        return [(row[0], row[1]) for row in await db.fetch_rows(sql, actor.organization_id)]


@pytest.mark.parametrize("by_meaning", [False, True])
async def test_a_draft_is_tried_as_if_it_was_published(by_meaning: bool) -> None:
    scene = await a_shop()
    if by_meaning and not await embedded(scene):
        pytest.skip("PostgreSQL has no pgvector here")
    draft = await knowledge.create(scene.admin, ArticleInput("Parking", PARKING, audience="public"))
    now, before = await would(scene), await passages(scene.admin)
    over = await overlay.lay(scene.machine, draft)
    assert (over.model != "") is by_meaning
    tried = await would(scene, over)
    assert await passages(scene.admin) == before
    assert (now[0].outcome, tried[0].outcome, tried[0].title) == ("handed_over", "answered", "Parking")
    assert await would(scene) == now, "nobody else sees it"
    await knowledge.publish(scene.admin, draft.id)
    if by_meaning:
        await embedded(scene)
    same(tried, await would(scene))


@pytest.mark.parametrize("by_meaning", [False, True])
async def test_a_change_of_a_published_article_takes_the_place_of_what_is_published(by_meaning: bool) -> None:
    scene = await a_shop()
    article = await an_article(scene.admin, "Parking", PARKING)
    if by_meaning and not await embedded(scene):
        pytest.skip("PostgreSQL has no pgvector here")
    changed = PARKING.replace("€2 per hour", "€3 per hour").partition("## Bicycles")[0]
    tried = await would(scene, await overlay.lay(scene.machine, changed_to(article, changed)))
    assert "€3 per hour" in tried[1].draft
    assert "€2" not in "".join(one.draft for one in tried)
    await knowledge.update(scene.admin, article.id, ArticleChanges(article.version, body=changed))
    if by_meaning:
        await embedded(scene)
    same(tried, await would(scene))


def changed_to(article: ArticleView, body: str) -> ArticleView:
    return msgspec.structs.replace(article, body=body)


async def test_an_article_that_says_nothing_any_more_takes_its_answers_with_it() -> None:
    scene = await a_shop()
    async with system_transaction("tests look for an article") as db:
        sql = "SELECT id FROM articles WHERE organization_id = $1 AND body = $2"
        found = int(await db.fetch_value(sql, scene.admin.organization_id, SHIPPING))
    article = await articles.get(scene.admin, found)
    over = await overlay.lay(scene.machine, changed_to(article, ""))
    gone = await dry.decide(scene.machine, QUESTION, 0.7, overlay=over)
    assert (gone.outcome, found in gone.found) == ("handed_over", False)


async def test_an_internal_draft_reaches_no_answer() -> None:
    scene = await a_shop()
    draft = await knowledge.create(scene.admin, ArticleInput("Parking", PARKING, audience="internal"))
    over = await overlay.lay(scene.machine, draft)
    tried = await dry.decide(scene.machine, QUESTIONS[0], 0.7, overlay=over)
    assert draft.id not in tried.found


async def test_one_in_another_language_comes_after_those_in_the_customers() -> None:
    scene = await a_shop()
    draft = await knowledge.create(scene.admin, ArticleInput("Parking", PARKING, audience="public", language="de"))
    over = await overlay.lay(scene.machine, draft)
    in_english = await dry.decide(scene.machine, QUESTION, 0.7, language="en", overlay=over)
    assert draft.id not in in_english.found
    only_there = await dry.decide(scene.machine, QUESTIONS[0], 0.7, language="en", overlay=over)
    assert draft.id in only_there.found


async def test_words_are_as_common_as_they_would_be() -> None:
    scene = await a_shop()
    draft = await knowledge.create(scene.admin, ArticleInput("Parking", PARKING, audience="public"))
    over = await overlay.lay(scene.machine, draft)
    asked = "park shipping zebra"
    tried = {one.word: one for one in over.weights(await search.weights(scene.machine, asked))}
    await knowledge.publish(scene.admin, draft.id)
    assert tried == {one.word: one for one in await search.weights(scene.machine, asked)}
