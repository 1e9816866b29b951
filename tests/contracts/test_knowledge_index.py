"""What every knowledge index does, PostgreSQL and (where `LACASA_WEAVIATE_URL` names a real one) Weaviate alike."""

import os
import secrets
from collections.abc import AsyncIterator

import msgspec
import pytest

from agent import settings
from core.access import Actor
from core.database import system_transaction
from core.extend.knowledge import Found, KnowledgeIndex, Meaning, OtherDimension
from core.knowledge import actions, queries, vectors
from core.knowledge.structs import ArticleChanges, ArticleInput, ArticleView, Audience
from tests.factories import an_organization

NORTH, EAST, BETWEEN = [0.0, 1.0], [1.0, 0.0], [0.6, 0.8]
MODEL = "first"


@pytest.fixture(params=["postgres", "weaviate"])
async def index(request: pytest.FixtureRequest, connected: object) -> AsyncIterator[KnowledgeIndex]:
    if request.param == "postgres":
        if not await vectors.is_there(await an_organization()):
            pytest.skip("this PostgreSQL has no pgvector")
        yield vectors
        return
    if not os.environ.get("LACASA_WEAVIATE_URL"):
        pytest.skip("no Weaviate: LACASA_WEAVIATE_URL (and LACASA_WEAVIATE_GRPC, if not 50051) would name a real one")
    from agent.index.weaviate import Weaviate

    made = Weaviate(msgspec.structs.replace(settings.weaviate(), collection=f"Test{secrets.token_hex(4)}"))
    yield made
    async with made._asking(30) as client:
        await client.collections.delete([made.collection_of(model) for model in (MODEL, "second", "long")])
    await made.close()


async def published(
    admin: Actor, title: str, body: str, audience: Audience = "public", language: str = "", kind: str = "article"
) -> ArticleView:
    made = await actions.create(admin, ArticleInput(title, body, audience=audience, language=language, kind=kind))
    return await actions.publish(admin, made.id)


async def learn(index: KnowledgeIndex, actor: Actor, by_title: dict[str, list[float]], model: str = MODEL) -> int:
    """Bring embeddings of what lacks them, by title; how many."""
    known = [(passage, by_title[passage.title]) for passage in await index.lacking(actor, model, 100) if passage.title in by_title]
    if known:
        await index.store(actor, model, known)
    return len(known)


async def about(
    index: KnowledgeIndex,
    actor: Actor,
    vector: list[float],
    sentence: str = "nothing of this",
    audience: Audience = "public",
    language: str = "",
    model: str = MODEL,
) -> list[Found]:
    return await index.search(actor, sentence, [audience], 20, language=language, meaning=Meaning(model, vector))


def titles(found: list[Found]) -> list[str]:
    return [one.title for one in found]


SHOP = {"Returns": NORTH, "Payment": EAST, "Wholesale": NORTH}


@pytest.fixture
async def shop(index: KnowledgeIndex) -> Actor:
    admin = await an_organization()
    await published(admin, "Returns", "Send it back within a month.")
    await published(admin, "Payment", "Cards and invoices.")
    await published(admin, "Wholesale", "Send it back within a year.", "internal")
    assert await learn(index, admin, SHOP) == 3
    return admin


async def test_what_is_stored_is_found_by_its_meaning_and_says_how_near_it_is(index: KnowledgeIndex, shop: Actor) -> None:
    found = await about(index, shop, BETWEEN)
    assert titles(found) == ["Returns", "Payment"]
    assert [one.cosine for one in found] == pytest.approx([0.8, 0.6], abs=1e-5)
    assert [one.matched for one in found] == [[], []]
    assert (found[0].text, found[0].slug, found[0].kind) == ("Send it back within a month.", "returns", "article")


async def test_words_and_meaning_together_come_before_either(index: KnowledgeIndex, shop: Actor) -> None:
    await published(shop, "Invoices", "Invoices come by mail.")
    await published(shop, "Papers", "All your invoices in one place.")
    await published(shop, "Bills", "What you owe.")
    await learn(index, shop, {"Invoices": BETWEEN, "Papers": [-1.0, 0.0], "Bills": BETWEEN})
    found = await about(index, shop, BETWEEN, "invoices")
    assert titles(found)[0] == "Invoices"
    assert found[0].matched == ["invoic"]
    assert len({one.id for one in found}) == len(found)
    by_title = {one.title: one for one in found}
    assert by_title["Papers"].cosine == pytest.approx(-0.6, abs=1e-5)
    assert by_title["Papers"].matched
    assert by_title["Bills"].matched == []


async def test_the_best_hit_of_a_question_about_nothing_is_known_to_be_far(index: KnowledgeIndex, shop: Actor) -> None:
    """A rank says only what comes first; the cosine is raw."""
    found = await about(index, shop, [-1.0, -1.0], "weather on the moon")
    assert found
    assert max(one.cosine or 0.0 for one in found) < 0


async def test_without_a_meaning_words_are_searched_alone(index: KnowledgeIndex, shop: Actor) -> None:
    found = await index.search(shop, "which cards do you take", ["public"], 5)
    assert titles(found) == ["Payment"]
    assert found[0].cosine is None
    assert found[0].matched == ["card"]


async def test_a_changed_article_is_found_as_it_is_now(index: KnowledgeIndex, shop: Actor) -> None:
    [article] = (await queries.page(shop, None, None, "Returns", None, 5)).items
    changed = await actions.update(shop, article.id, ArticleChanges(article.version, body="Send it back within a week."))
    assert titles(await about(index, shop, NORTH)) == ["Payment"]  # not the old text, whatever an index still keeps
    assert titles(await index.search(shop, "send it back", ["public"], 5)) == ["Returns"]
    assert await learn(index, shop, SHOP) == 1
    await index.forget(shop, article.id)
    found = await about(index, shop, NORTH)
    assert (found[0].title, found[0].text, found[0].version) == ("Returns", "Send it back within a week.", changed.version)
    assert titles(found).count("Returns") == 1


async def test_a_withdrawn_or_deleted_article_is_found_by_nobody_at_once(index: KnowledgeIndex, shop: Actor) -> None:
    for title, end in (("Returns", actions.withdraw), ("Payment", actions.delete)):
        [article] = (await queries.page(shop, None, None, title, None, 5)).items
        await end(shop, article.id)
        assert title not in titles(await about(index, shop, BETWEEN, "send it back, cards"))
        for _ in range(2):
            await index.forget(shop, article.id)
    assert await about(index, shop, BETWEEN) == []
    assert titles(await about(index, shop, NORTH, audience="internal")) == ["Wholesale"]


async def test_an_article_that_became_internal_is_public_to_nobody_at_once(index: KnowledgeIndex, shop: Actor) -> None:
    [article] = (await queries.page(shop, None, None, "Returns", None, 5)).items
    await actions.update(shop, article.id, ArticleChanges(article.version, audience="internal"))
    assert "Returns" not in titles(await about(index, shop, NORTH, "send it back"))


async def test_internal_articles_are_found_by_nobody_who_asks_for_public_ones(index: KnowledgeIndex, shop: Actor) -> None:
    for sentence in ("send it back", "nothing of this"):
        assert "Wholesale" not in titles(await about(index, shop, NORTH, sentence))
        assert titles(await about(index, shop, NORTH, sentence, "internal")) == ["Wholesale"]


async def test_nobody_finds_what_another_organization_wrote(index: KnowledgeIndex, shop: Actor) -> None:
    stranger = await an_organization()
    await published(stranger, "Returns", "We take nothing back.")
    assert await index.search(stranger, "cards", ["public", "internal"], 50, meaning=Meaning(MODEL, NORTH)) == []
    assert await learn(index, stranger, SHOP) == 1
    for sentence in ("send it back", "nothing of this"):
        found = await index.search(stranger, sentence, ["public", "internal"], 50, meaning=Meaning(MODEL, NORTH))
        assert [one.text for one in found] == ["We take nothing back."]
    assert "We take nothing back." not in {one.text for one in await about(index, shop, NORTH)}


async def test_another_organizations_passage_cannot_be_stored(index: KnowledgeIndex, shop: Actor) -> None:
    stranger = await an_organization()
    await published(stranger, "Own", "A text of one's own.")
    await published(shop, "New", "Nobody has an embedding of this yet.")
    foreign = [(passage, NORTH) for passage in await index.lacking(shop, MODEL, 10)]
    assert [passage.title for passage, _ in foreign] == ["New"]
    await index.store(stranger, MODEL, foreign)
    assert [one.title for one in await index.search(stranger, "x", ["public"], 50, meaning=Meaning(MODEL, NORTH))] == []
    assert len(await index.lacking(shop, MODEL, 10)) == 1


@pytest.mark.parametrize("sentence", ["cancel", "nothing of this"])
async def test_who_asks_in_a_language_finds_it_and_what_is_in_none(index: KnowledgeIndex, sentence: str) -> None:
    admin = await an_organization()
    for title, language in (("Everybody", ""), ("German", "de"), ("Swedish", "sv")):
        await published(admin, title, "How to cancel.", language=language)
    await learn(index, admin, {"Everybody": NORTH, "German": NORTH, "Swedish": NORTH})
    asked = {
        language: set(titles(await about(index, admin, NORTH, sentence, language=language))) for language in ("", "de", "sv", "fr")
    }
    assert asked == {
        "": {"Everybody", "German", "Swedish"},
        "de": {"Everybody", "German"},
        "sv": {"Everybody", "Swedish"},
        "fr": {"Everybody"},
    }
    by_words = await index.search(admin, "cancel", ["public"], 10, language="de")
    assert set(titles(by_words)) == {"Everybody", "German"}


async def test_storing_again_changes_nothing(index: KnowledgeIndex, shop: Actor) -> None:
    await published(shop, "Lamps", "All about lamps.")
    once = [(passage, BETWEEN) for passage in await index.lacking(shop, MODEL, 10)]
    await index.store(shop, MODEL, once)
    before = await about(index, shop, NORTH)
    for _ in range(2):
        await index.store(shop, MODEL, once)
    assert await about(index, shop, NORTH) == before
    assert await index.lacking(shop, MODEL, 10) == []


async def test_embeddings_of_another_length_are_refused_and_say_so(index: KnowledgeIndex, shop: Actor) -> None:
    await published(shop, "Lamps", "All about lamps.")
    lacking = await index.lacking(shop, MODEL, 10)
    with pytest.raises(OtherDimension) as refused:
        await index.store(shop, MODEL, [(passage, [0.0, 0.0, 1.0]) for passage in lacking])
    assert refused.value.status == 409
    with pytest.raises(OtherDimension):
        await about(index, shop, [0.0, 0.0, 1.0])
    assert await index.lacking(shop, MODEL, 10) == lacking
    assert titles(await about(index, shop, NORTH))[0] == "Returns"


async def test_two_models_of_different_lengths_do_not_meet(index: KnowledgeIndex, shop: Actor) -> None:
    longer = {title: [0.0, 0.0, 1.0] for title in SHOP}
    assert await learn(index, shop, longer, "long") == 3
    found = await about(index, shop, [0.0, 0.0, 1.0], model="long")
    assert [one.cosine for one in found] == pytest.approx([1.0, 1.0], abs=1e-5)
    assert [one.cosine for one in await about(index, shop, BETWEEN)] == pytest.approx([0.8, 0.6], abs=1e-5)


async def test_a_model_is_put_to_use_when_nothing_lacks_it_and_then_at_once(index: KnowledgeIndex, shop: Actor) -> None:
    assert await index.in_use(shop) is None
    assert shop.organization_id in await index.behind(MODEL)
    assert await index.adopt(shop, MODEL) is None
    used = await index.in_use(shop)
    assert used is not None
    assert (used.model, used.dimension) == (MODEL, 2)
    assert shop.organization_id not in await index.behind(MODEL)
    await learn(index, shop, {"Returns": EAST}, "second")
    assert await index.adopt(shop, "second") is None
    assert await index.in_use(shop) == used
    await learn(index, shop, {"Payment": EAST, "Wholesale": EAST}, "second")
    assert await index.adopt(shop, "second") == MODEL
    assert (await index.in_use(shop) or used).model == "second"
    assert await index.adopt(shop, "second") is None


async def test_only_embeddings_that_nobody_uses_are_dropped(index: KnowledgeIndex, shop: Actor) -> None:
    await index.adopt(shop, MODEL)
    await learn(index, shop, {"Returns": EAST}, "second")
    assert await index.retire(shop, "second", 10) == 0
    await learn(index, shop, SHOP, "second")
    await index.adopt(shop, "second")
    dropped = [await index.retire(shop, "second", 2) for _ in range(3)]
    assert dropped == [2, 1, 0]
    assert await index.lacking(shop, "second", 10) == []
    assert len(await index.lacking(shop, MODEL, 10)) == 3
    assert titles(await about(index, shop, NORTH, "cards")) == ["Payment"]
    assert len(await about(index, shop, NORTH, model="second")) == 2


EXAMPLES = """
WITH a AS (INSERT INTO articles (organization_id, title, slug, status, audience) VALUES ($1, '', 'examples', 'published', 'public') RETURNING id)
INSERT INTO passages (organization_id, article_id, ordinal, heading, text, title, audience)
SELECT $1, a.id, given.place, '', given.text, '', given.audience
FROM a, unnest($2::text[], $3::text[]) WITH ORDINALITY AS given (text, audience, place)
"""


async def test_examples_of_questions_tell_what_they_have_in_common(index: KnowledgeIndex, shop: Actor) -> None:
    """The mean of those that may be read; an index without such knowledge says nothing of it, never something else."""
    by_text = {"Where is it?": NORTH, "Is it lost?": EAST, "Nobody may know": [-1.0, 0.0]}
    async with system_transaction("a test writes examples") as db:
        await db.execute(EXAMPLES, shop.organization_id, list(by_text), ["public", "public", "internal"])
    lacking = [one for one in await index.lacking(shop, MODEL, 100) if one.text in by_text]
    await index.store(shop, MODEL, [(one, by_text[one.text]) for one in lacking])
    found = {one.text: one for one in await about(index, shop, NORTH)}
    examples = [found["Where is it?"], found["Is it lost?"]]
    assert [one.cosine for one in examples] == pytest.approx([1.0, 0.0], abs=1e-5)
    if examples[0].middle is not None:
        assert [one.middle for one in examples] == pytest.approx([0.5**0.5] * 2, abs=1e-5)
        assert [one.alike for one in examples] == pytest.approx([0.5**0.5] * 2, abs=1e-5)
    assert all(one.middle is None for one in found.values() if one.title)
