"""What our adapter sends to Weaviate, and what it makes of its answers and failures, against `weaviate_wire`.

This is a contract test of our adapter, not of Weaviate: it proves nothing of ranking, tokens, tenants or consistency. `test_knowledge_index.py` does,
against a real server.
"""

import logging
import struct
import time
from collections.abc import AsyncIterator

import pytest

from agent import settings
from agent.index import chosen
from agent.index import weaviate as adapter
from agent.index.weaviate import Weaviate, id_of
from core.access import Actor
from core.errors import Misconfigured
from core.extend.knowledge import IndexUnavailable, Meaning
from core.knowledge import actions, queries
from core.knowledge.structs import ArticleChanges
from tests.contracts.test_knowledge_index import about, published, titles
from tests.contracts.weaviate_wire import Peer, listening
from tests.factories import an_organization

pytestmark = pytest.mark.usefixtures("connected")

MODEL = "wired"
NORTH = [0.0, 1.0]


@pytest.fixture
async def wired() -> AsyncIterator[tuple[Weaviate, Peer]]:
    async with listening() as (peer, rest, grpc):
        index = Weaviate(settings.Weaviate(url=f"http://127.0.0.1:{rest}", grpc=grpc))
        yield index, peer
        await index.close()


@pytest.fixture
def index(wired: tuple[Weaviate, Peer]) -> Weaviate:
    return wired[0]


@pytest.fixture
def peer(wired: tuple[Weaviate, Peer]) -> Peer:
    return wired[1]


async def learn(index: Weaviate, actor: Actor) -> list[int]:
    lacking = await index.lacking(actor, MODEL, 1000)
    await index.store(actor, MODEL, [(passage, NORTH) for passage in lacking])
    return [passage.id for passage in lacking]


@pytest.fixture
async def shop(index: Weaviate) -> Actor:
    admin = await an_organization()
    await published(admin, "Returns", "# When\n\nSend it back within a month.", language="de")
    await published(admin, "Wholesale", "Send it back within a year.", "internal")
    return admin


def hits(actor: Actor, *passages: int, distance: float = 0.25) -> list[tuple[str, int, float]]:
    return [(str(id_of(actor, passage)), passage, distance) for passage in passages]


async def test_a_collection_takes_vectors_of_ours_and_keeps_tenants_apart(index: Weaviate, peer: Peer, shop: Actor) -> None:
    await learn(index, shop)
    [made] = peer.created
    assert made["class"] == index.collection_of(MODEL)
    assert made["multiTenancyConfig"]["enabled"] is True
    [vectors] = made["vectorConfig"].values()
    assert vectors["vectorizer"] == {"none": {}}
    assert vectors["vectorIndexConfig"]["distance"] == "cosine"
    exact = {one["name"]: one["tokenization"] for one in made["properties"] if one["name"] in {"audience", "language"}}
    assert exact == {"audience": "field", "language": "field"}
    assert peer.schema == {made["class"]: {f"organization-{shop.organization_id}"}}


async def test_what_is_stored_names_its_tenant_and_has_an_id_that_stays(index: Weaviate, peer: Peer, shop: Actor) -> None:
    ids = await learn(index, shop)
    [batch] = peer.batches
    assert [one.tenant for one in batch.objects] == [f"organization-{shop.organization_id}"] * 2
    assert {one.collection for one in batch.objects} == {index.collection_of(MODEL)}
    assert [one.uuid for one in batch.objects] == [str(id_of(shop, passage)) for passage in ids]
    assert [one.vector_bytes for one in batch.objects] == [struct.pack("<2f", *NORTH)] * 2
    said = [dict(one.properties.non_ref_properties) for one in batch.objects]
    assert [(one["audience"], one["language"], one["heading"]) for one in said] == [
        ("public", "de", "When"),
        ("internal", "any", ""),
    ]
    assert [int(one["passage_id"]) for one in said] == ids
    assert await index.lacking(shop, MODEL, 10) == []
    await learn_again(index, shop)
    assert [one.uuid for one in peer.batches[-1].objects] == [one.uuid for one in batch.objects]


async def learn_again(index: Weaviate, shop: Actor) -> None:
    """The tenant was lost: the books are struck out, and everything is brought anew."""
    async with index._asking(5) as client:
        await client.collections.use(index.collection_of(MODEL)).tenants.remove(f"organization-{shop.organization_id}")
    assert len(await learn(index, shop)) == 2


async def test_batches_are_bounded(index: Weaviate, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "AT_ONCE", 3)
    admin = await an_organization()
    await published(admin, "Long", "\n\n".join(f"# {number}\n\nText" for number in range(7)))
    await learn(index, admin)
    assert [len(batch.objects) for batch in peer.batches] == [3, 3, 1]


async def test_a_search_filters_inside_and_asks_for_ranks_and_then_for_distances(index: Weaviate, peer: Peer, shop: Actor) -> None:
    first, second = await learn(index, shop)
    peer.hits = [hits(shop, first), hits(shop, first)]
    found = await about(index, shop, NORTH, "send it back", language="de", model=MODEL)
    assert [(one.title, one.cosine, one.matched) for one in found] == [("Returns", 0.75, ["back", "send"])]
    hybrid, near = peer.searches
    for request in (hybrid, near):
        assert request.tenant == f"organization-{shop.organization_id}"
        assert request.collection == index.collection_of(MODEL)
    asked = hybrid.hybrid_search
    assert asked.query == "send it back"
    assert (asked.alpha_param if asked.use_alpha_param else asked.alpha) == pytest.approx(0.5)
    assert asked.fusion_type == type(asked).FUSION_TYPE_RANKED
    assert list(asked.properties) == ["title^2", "heading", "text"]
    assert struct.pack("<2f", *NORTH) in asked.SerializeToString()
    audience, language = hybrid.filters.filters
    assert hybrid.filters.operator == type(hybrid.filters).OPERATOR_AND
    assert (audience.target.property, list(audience.value_text_array.values)) == ("audience", ["public"])
    assert (language.target.property, list(language.value_text_array.values)) == ("language", ["de", "any"])
    assert audience.operator == language.operator == type(audience).OPERATOR_CONTAINS_ANY
    assert list(near.filters.value_text_array.values) == [str(id_of(shop, first))]
    assert near.metadata.distance is True
    assert struct.pack("<2f", *NORTH) in near.near_vector.SerializeToString()
    assert second != first


async def test_without_words_only_nearness_is_asked_for_with_the_same_filters(index: Weaviate, peer: Peer, shop: Actor) -> None:
    first, _ = await learn(index, shop)
    peer.hits = [hits(shop, first)]
    assert titles(await about(index, shop, NORTH, " ", model=MODEL)) == ["Returns"]
    [near] = peer.searches
    assert list(near.filters.value_text_array.values) == ["public"]


async def test_what_it_should_not_have_found_is_shown_to_nobody(index: Weaviate, peer: Peer, shop: Actor) -> None:
    """A peer that filters nothing: internal, foreign, withdrawn and unknown passages come back, in any language."""
    public, internal = await learn(index, shop)
    stranger = await an_organization()
    await published(stranger, "Foreign", "Not yours.")
    [foreign] = await learn(index, stranger)
    everything = hits(shop, internal, foreign, public, 999_999_999)
    for language, expected in (("", ["Returns"]), ("de", ["Returns"]), ("sv", [])):
        peer.hits = [everything, everything]
        assert titles(await about(index, shop, NORTH, "send", language=language, model=MODEL)) == expected
    [article] = (await queries.page(shop, None, None, "Returns", None, 5)).items
    await actions.withdraw(shop, article.id)
    peer.hits = [everything, everything]
    assert await about(index, shop, NORTH, "send", model=MODEL) == []


async def test_earlier_versions_are_dropped_and_all_of_an_article_that_is_gone(index: Weaviate, peer: Peer, shop: Actor) -> None:
    await learn(index, shop)
    await index.adopt(shop, MODEL)
    [article] = (await queries.page(shop, None, None, "Returns", None, 5)).items
    changed = await actions.update(shop, article.id, ArticleChanges(article.version, body="Never."))
    await index.forget(shop, article.id)
    await actions.delete(shop, article.id)
    await index.forget(shop, article.id)
    older, all_of_it = peer.deletions
    assert {older.tenant, all_of_it.tenant} == {f"organization-{shop.organization_id}"}
    of_article, before = older.filters.filters
    assert (of_article.target.property, of_article.value_int) == ("article_id", article.id)
    assert (before.target.property, before.value_int) == ("version", changed.version)
    assert before.operator == type(before).OPERATOR_LESS_THAN
    assert (all_of_it.filters.target.property, all_of_it.filters.value_int) == ("article_id", article.id)


async def test_a_retired_models_tenant_is_removed_and_no_other(index: Weaviate, peer: Peer, shop: Actor) -> None:
    await learn(index, shop)
    await index.adopt(shop, MODEL)
    lacking = await index.lacking(shop, "next", 10)
    await index.store(shop, "next", [(passage, [1.0, 0.0, 0.0]) for passage in lacking])
    assert await index.adopt(shop, "next") == MODEL
    assert await index.retire(shop, "next", 10) == 2
    assert peer.schema == {index.collection_of(MODEL): set(), index.collection_of("next"): {f"organization-{shop.organization_id}"}}


async def test_of_a_batch_that_failed_in_part_the_rest_is_kept_and_tried_again(
    index: Weaviate, peer: Peer, shop: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    lacking = await index.lacking(shop, MODEL, 10)
    peer.refuse = {1}
    with caplog.at_level(logging.DEBUG), pytest.raises(IndexUnavailable):
        await index.store(shop, MODEL, [(passage, NORTH) for passage in lacking])
    assert "within a" not in caplog.text  # what people wrote is in no log
    assert await index.lacking(shop, MODEL, 10) == [lacking[1]]
    peer.refuse = set()
    await index.store(shop, MODEL, [(lacking[1], NORTH)])
    assert await index.lacking(shop, MODEL, 10) == []


async def test_a_server_that_is_away_is_said_to_be_in_time(
    index: Weaviate, peer: Peer, shop: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its client alone would go on trying for half a minute."""
    monkeypatch.setattr(adapter, "SEARCH_S", 0.5)
    await learn(index, shop)
    peer.is_away = True
    began = time.monotonic()
    with pytest.raises(IndexUnavailable):
        await about(index, shop, NORTH, "send it back", model=MODEL)
    assert time.monotonic() - began < 3


async def test_while_it_is_away_questions_are_answered_by_words(
    index: Weaviate, peer: Peer, shop: Actor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(adapter, "SEARCH_S", 0.5)
    monkeypatch.setattr(chosen, "index", lambda: index)
    await learn(index, shop)
    peer.is_away = True
    found = await chosen.search(shop, "send it back", ["public"], 5, meaning=Meaning(MODEL, NORTH))
    assert [(one.title, one.cosine) for one in found] == [("Returns", None)]
    assert "by words alone" in caplog.text


async def test_nobody_who_listens_is_an_index_that_does_not_answer() -> None:
    admin = await an_organization()
    index = Weaviate(settings.Weaviate(url="http://127.0.0.1:9", grpc=9))
    with pytest.raises(IndexUnavailable):
        await index.lacking(admin, MODEL, 5)
    await index.close()


@pytest.mark.parametrize("url", [None, "", "localhost:8080", "ftp://example.org"])
def test_an_address_that_is_none_is_told_at_the_start(url: str | None) -> None:
    with pytest.raises(Misconfigured):
        Weaviate(settings.Weaviate(url=url))
