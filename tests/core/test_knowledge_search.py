"""Search over articles: rare words decide, meaning finds what words do not, nobody finds what is not theirs."""

import math
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.access import Actor
from core.database import pool, system_transaction
from core.extend.knowledge import Lacking, Meaning
from core.knowledge import actions, queries, vectors
from core.knowledge.search import search
from core.knowledge.structs import ArticleChanges, ArticleInput
from tests.factories import an_article, an_organization

pytestmark = pytest.mark.usefixtures("connected")

COUNTED = "SELECT word, passages FROM passage_words WHERE organization_id = $1 AND passages <> 0"
SAID = """SELECT said.word, count(*) AS passages FROM passages p, LATERAL (SELECT '' AS word UNION ALL SELECT unnest(tsvector_to_array(p.words))) said
          WHERE p.organization_id = $1 GROUP BY 1"""
NORTH, EAST, BETWEEN = [0.0, 1.0], [1.0, 0.0], [0.6, 0.8]


async def _counts(organization_id: int, sql: str) -> dict[str, int]:
    return {row["word"]: row["passages"] for row in await pool().fetch(sql, organization_id)}


WORDS = st.sampled_from(["lamp", "lamps", "parcel", "refund", "the", "norway", "#", "\n\n", "# Heading\n", "warranty"])
BODIES = st.lists(WORDS, max_size=12).map(" ".join)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["write", "change", "withdraw", "publish", "delete"]), st.integers(0, 2), BODIES), max_size=12
    )
)
async def test_the_words_of_passages_are_counted_whatever_becomes_of_them(steps: list[tuple[str, int, str]]) -> None:
    admin = await an_organization()
    ids: list[int] = []
    for step, which, body in steps:
        article = ids[which % len(ids)] if ids else None
        if step == "write" or article is None:
            ids.append((await actions.publish(admin, (await actions.create(admin, ArticleInput("Lamps", body))).id)).id)
        elif step == "change":
            version = (await queries.get(admin, article)).version
            await actions.update(admin, article, ArticleChanges(version, body=body))
        elif step == "delete":
            await actions.delete(admin, article)
            ids.remove(article)
        else:
            await (actions.publish if step == "publish" else actions.withdraw)(admin, article)
    assert await _counts(admin.organization_id, COUNTED) == await _counts(admin.organization_id, SAID)


async def test_an_organization_takes_its_words_with_it() -> None:
    admin = await an_organization()
    await an_article(admin, "Parcels", "Where parcels go.")
    await pool().execute("DELETE FROM organizations WHERE id = $1", admin.organization_id)
    assert await _counts(admin.organization_id, COUNTED) == {}


async def test_a_rare_word_says_more_than_many_common_ones() -> None:
    admin = await an_organization()
    for number in range(12):
        await an_article(admin, f"Order {number}", "Your order: how to order, change an order, and when the order comes.")
    await an_article(admin, "Customs", "Norway asks for customs papers.")
    found = await search(admin, "My order, when does the order come to Norway?", ["public"], 20)
    assert found[0].title == "Customs"
    assert found[0].matched == ["norway"]
    assert Counter(hit.title for hit in found).most_common(1)[0][1] == 1


async def _embedded(actor: Actor, model: str, by_title: dict[str, list[float]]) -> None:
    passages = await vectors.lacking(actor, model, 100)
    await vectors.store(actor, model, [(passage, by_title[passage.title]) for passage in passages if passage.title in by_title])


@pytest.fixture
async def shop() -> Actor:
    admin = await an_organization()
    if not await vectors.is_there(admin):
        pytest.skip("this PostgreSQL has no pgvector")
    await an_article(admin, "Returns", "Send it back within a month.")
    await an_article(admin, "Payment", "Cards and invoices.")
    await an_article(admin, "Wholesale", "Send it back within a year.", audience="internal")
    await _embedded(admin, "a", {"Returns": NORTH, "Payment": EAST, "Wholesale": NORTH})
    return admin


async def test_what_shares_no_word_is_found_by_its_meaning(shop: Actor) -> None:
    assert await search(shop, "I do not want this any more", ["public"], 5) == []
    found = await search(shop, "I do not want this any more", ["public"], 5, meaning=Meaning("a", NORTH))
    assert [hit.title for hit in found] == ["Returns", "Payment"]
    assert [hit.cosine for hit in found] == pytest.approx([1.0, 0.0])


async def test_words_and_meaning_together_come_before_either(shop: Actor) -> None:
    await an_article(shop, "Invoices", "Invoices come by mail.")
    await _embedded(shop, "a", {"Invoices": BETWEEN})
    found = await search(shop, "invoices", ["public"], 5, meaning=Meaning("a", BETWEEN))
    assert found[0].title == "Invoices"
    assert found[0].matched
    assert len({hit.id for hit in found}) == len(found)


async def test_internal_articles_are_found_by_nobody_who_asks_for_public_ones(shop: Actor) -> None:
    for sentence in ("send it back", "nothing of this"):
        public = await search(shop, sentence, ["public"], 50, meaning=Meaning("a", NORTH))
        assert "Wholesale" not in {hit.title for hit in public}
        assert "Wholesale" in {hit.title for hit in await search(shop, sentence, ["internal"], 50, meaning=Meaning("a", NORTH))}


async def test_nobody_finds_by_meaning_what_another_organization_wrote(shop: Actor) -> None:
    stranger = await an_organization()
    assert await search(stranger, "send it back", ["public", "internal"], 50, meaning=Meaning("a", NORTH)) == []
    assert await vectors.lacking(stranger, "a", 10) == []
    passage = await pool().fetchval("SELECT min(id) FROM passages WHERE organization_id = $1", shop.organization_id)
    await vectors.store(stranger, "b", [(Lacking(passage, 1, 1, "", "", "", "public", ""), NORTH)])
    assert await pool().fetchval("SELECT count(*) FROM passage_vectors WHERE model = 'b'") == 0


async def test_embeddings_go_with_their_passages_and_each_model_has_its_own(shop: Actor) -> None:
    assert await vectors.lacking(shop, "a", 10) == []
    assert len(await vectors.lacking(shop, "b", 10)) == 3
    assert shop.organization_id in await vectors.behind("b")
    assert await search(shop, "nothing of this", ["public"], 5, meaning=Meaning("b", NORTH)) == []
    [article] = (await queries.page(shop, None, None, "Returns", None, 5)).items
    await actions.update(shop, article.id, ArticleChanges(article.version, body="Send it back, please."))
    assert [passage.title for passage in await vectors.lacking(shop, "a", 10)] == ["Returns"]


async def test_vectors_of_two_lengths_do_not_meet(shop: Actor) -> None:
    """A model whose vectors are longer: it is told apart by its name, and compared with its own alone."""
    passages = await vectors.lacking(shop, "long", 10)
    await vectors.store(shop, "long", [(passage, [0.0, 0.0, 1.0]) for passage in passages])
    found = await search(shop, "nothing of this", ["public"], 5, meaning=Meaning("long", [0.0, 0.0, 1.0]))
    assert {hit.cosine for hit in found} == {1.0}


async def test_making_table_and_search_again_changes_nothing(shop: Actor) -> None:
    async with system_transaction("a test migrates again") as db:
        assert await vectors.provide(db)
    assert await vectors.lacking(shop, "a", 10) == []
    assert await search(shop, "nothing of this", ["public"], 5, meaning=Meaning("a", NORTH))


PUBLIC = "SELECT id FROM passages WHERE organization_id = $1 AND audience = 'public' AND ($2 = '' OR language IN ('', $2))"


async def _indexes() -> set[str]:
    sql = """SELECT pg_get_expr(i.indpred, i.indrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
             WHERE starts_with(c.relname, $1) AND i.indisvalid"""
    return {row[0] for row in await pool().fetch(sql, vectors.PREFIX)}


async def _nearest(admin: Actor, model: str, vector: list[float], language: str, *, exact: bool) -> list[int]:
    """As the search does, by the index or by comparing with all."""
    async with pool().acquire() as connection, connection.transaction():
        off = ("indexscan", "bitmapscan") if exact else ("seqscan", "bitmapscan", "sort")
        await connection.execute("; ".join(f"SET LOCAL enable_{name} = off" for name in off))
        await connection.execute(f"SET LOCAL app.organization_id = {admin.organization_id}")
        sql = "SELECT id FROM nearest_passages($1::text::vector, $2, ARRAY['public'], $3)"
        return [row[0] for row in await connection.fetch(sql, Meaning(model, vector).text, model, language)]


async def test_a_large_organization_gets_an_index_of_its_own_which_finds_the_same(
    shop: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "MANY", 150)
    body = "\n\n".join(f"# Part {number}\n\nText {number}." for number in range(60))
    for title, audience, language in (("One", "public", ""), ("Two", "public", "sv"), ("Three", "internal", "")):
        made = await actions.create(shop, ArticleInput(title, body, audience=audience, language=language))
        await actions.publish(shop, made.id)
    around = {passage.id: [math.cos(place), math.sin(place)] for place, passage in enumerate(await vectors.lacking(shop, "a", 999))}
    await vectors.store(shop, "a", [(passage, around[passage.id]) for passage in await vectors.lacking(shop, "a", 999)])
    await vectors.adopt(shop, "a")
    await vectors.build()
    [where] = [where for where in await _indexes() if f"organization_id = {shop.organization_id}" in where]
    assert "'a'" in where
    for language in ("", "sv", "de"):
        by_index = await _nearest(shop, "a", BETWEEN, language, exact=False)
        by_all = await _nearest(shop, "a", BETWEEN, language, exact=True)
        assert by_index[:10] == by_all[:10]
        assert len(set(by_index) & set(by_all)) >= 45  # an HNSW index is allowed to overlook some
        wanted = {row[0] for row in await pool().fetch(PUBLIC, shop.organization_id, language)}
        assert len(by_index) == len(by_all) == 50
        assert set(by_index) <= wanted
    await vectors.build()
    assert where in await _indexes()
    await vectors.store(shop, "b", [(passage, [1.0, 0.0, 0.0]) for passage in await vectors.lacking(shop, "b", 999)])
    await vectors.adopt(shop, "b")
    await vectors.retire(shop, "b", 999)
    await vectors.build()
    [after] = [other for other in await _indexes() if f"organization_id = {shop.organization_id}" in other]
    assert "'b'" in after


async def test_one_process_at_a_time_makes_indexes(shop: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "MANY", 3)
    await vectors.adopt(shop, "a")
    async with pool().acquire() as connection:
        await connection.fetchval("SELECT pg_advisory_lock($1)", vectors.LOCK)
        await vectors.build()
        await connection.fetchval("SELECT pg_advisory_unlock($1)", vectors.LOCK)
    assert not [where for where in await _indexes() if f"organization_id = {shop.organization_id}" in where]
    await vectors.build()
    assert [where for where in await _indexes() if f"organization_id = {shop.organization_id}" in where]
