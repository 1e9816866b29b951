"""An organization goes over from one sentence model to another: questions go on meanwhile, and then change at once."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest
from langchain_core.embeddings import Embeddings

from agent import jobs, queries
from agent.embedding import models
from agent.embedding.models import Model
from agent.index import chosen
from agent.settings import settings
from core.access import Actor, system
from core.database import pool
from core.knowledge import actions, vectors
from core.knowledge.structs import ArticleInput, Found
from tests.factories import an_article, an_organization

pytestmark = pytest.mark.usefixtures("connected")

TITLES = ["Returns", "Payment", "Delivery", "Warranty", "Gifts"]
ROWS = "SELECT model, count(*) FROM passage_vectors WHERE organization_id = $1 GROUP BY 1 ORDER BY 1"


class Letters(Embeddings):
    """A small model that really tells texts apart: by how often they hold each of these letters."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        self.read: list[str] = []

    def embed_query(self, text: str) -> list[float]:
        return [1.0 + text.lower().count(letter) for letter in self.letters]

    def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
        self.read += texts
        return [self.embed_query(text) for text in texts]


class Slow(Model):
    """Does something else first, before each batch."""

    def __init__(self, name: str, embeddings: Embeddings, first: Callable[[int], Awaitable[None]]) -> None:
        super().__init__(name, embeddings)
        self._first, self._batches = first, 0

    async def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        self._batches += 1
        await self._first(self._batches)
        return await super().vectors(texts)


OLD, NEW = Letters("abcdefgh"), Letters("aeiou")


@pytest.fixture
async def admin(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Actor]:
    """A shop that uses the old model; each batch is one passage."""
    admin = await an_organization()
    if not await vectors.is_there(admin):
        pytest.skip("this PostgreSQL has no pgvector")
    monkeypatch.setattr(jobs, "EMBED_AT_ONCE", 1)
    monkeypatch.setattr(models, "_loading", {})
    _know(Model("old", Letters("abcdefgh")))
    for title in TITLES:
        await an_article(admin, title, f"All about {title.lower()}.")
    _want(monkeypatch, "old")
    await jobs.embed.function(admin.organization_id)
    _want(monkeypatch, "new")
    assert await _used(admin) == "old"
    yield admin
    settings.cache_clear()


def _want(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """This process's model is called so from now on."""
    monkeypatch.setenv("LACASA_AGENT_EMBEDDINGS", name)
    settings.cache_clear()


def _know(model: Model | None, name: str = "") -> None:
    done: asyncio.Future[Model | None] = asyncio.get_running_loop().create_future()
    done.set_result(model)
    models._loading[model.name if model else name] = done


async def _used(admin: Actor) -> str | None:
    used = await vectors.in_use(admin)
    return used.model if used else None


async def _ask(admin: Actor) -> list[Found]:
    meant = await chosen.meaning(admin, "a question of nobody's words")
    return await chosen.search(admin, "", ["public"], 50, meaning=meant)


def _near(model: Letters, found: Found) -> float:
    ours, theirs = model.embed_query("a question of nobody's words"), model.embed_query(f"{found.title}\n{found.text}")
    product = sum(one * other for one, other in zip(ours, theirs, strict=True))
    lengths = (sum(one * one for one in ours) * sum(one * one for one in theirs)) ** 0.5
    return float(product / lengths)


async def _rows(admin: Actor) -> dict[str, int]:
    return {row[0]: row[1] for row in await pool().fetch(ROWS, admin.organization_id)}


async def _all_by(model: Letters, admin: Actor, count: int = len(TITLES)) -> None:
    """Every passage is compared by this model, and no passage by another."""
    found = await _ask(admin)
    assert len(found) == count
    assert [one.cosine for one in found] == pytest.approx([_near(model, one) for one in found], abs=1e-5)


async def test_questions_go_on_with_the_old_model_until_the_new_one_has_read_everything(admin: Actor) -> None:
    seen: list[int] = []

    async def look(batch: int) -> None:
        assert await _used(admin) == "old"
        await _all_by(OLD, admin)
        seen.append(batch)

    _know(Slow("new", Letters("aeiou"), look))
    await jobs.embed.function(admin.organization_id)
    assert seen == [1, 2, 3, 4, 5]
    assert await _used(admin) == "new"
    await _all_by(NEW, admin)


async def test_articles_that_are_published_together_are_embedded_by_one_job_and_let_others_through(admin: Actor) -> None:
    letters = Letters("aeiou")
    sql = "SELECT count(*) FROM jobs WHERE organization_id = $1 AND name = 'agent.embed' AND run_at > now()"

    async def meanwhile(batch: int) -> None:
        if batch == 2:
            await an_article(admin, "Repairs", "All about repairs.")
            await jobs.embed.function(admin.organization_id)
            assert await pool().fetchval(sql, admin.organization_id) == 1

    _know(Slow("new", letters, meanwhile))
    await jobs.embed.function(admin.organization_id)
    assert len(letters.read) == len(TITLES) + 1
    await jobs.embed.function(admin.organization_id)
    await _all_by(NEW, admin, len(TITLES) + 1)


async def test_the_old_models_embeddings_go_when_the_new_one_is_in_use_and_not_before(
    admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "EMBED_MAX", 2)
    monkeypatch.setattr(jobs, "RETIRE_AT_ONCE", 2)
    _know(Model("new", Letters("aeiou")))
    await jobs.embed.function(admin.organization_id)
    await jobs.retire.function(admin.organization_id)
    assert await _rows(admin) == {"new": 2, "old": 5}
    for _ in range(3):
        await jobs.embed.function(admin.organization_id)
    assert await _used(admin) == "new"
    assert await _rows(admin) == {"new": 5, "old": 5}
    sql = "SELECT count(*) FROM jobs WHERE organization_id = $1 AND name = 'agent.retire' AND run_at > now() + interval '1 minute'"
    assert await pool().fetchval(sql, admin.organization_id) == 1
    await jobs.retire.function(admin.organization_id)
    assert await _rows(admin) == {"new": 5}
    await _all_by(NEW, admin)


async def test_a_crash_in_the_middle_loses_nothing_and_reads_nothing_twice(admin: Actor) -> None:
    async def crash(batch: int) -> None:
        if batch == 3:
            raise ConnectionError

    reading = Letters("aeiou")
    _know(Slow("new", reading, crash))
    with pytest.raises(ConnectionError):
        await jobs.embed.function(admin.organization_id)
    assert await _rows(admin) == {"new": 2, "old": 5}
    assert await _used(admin) == "old"
    await _all_by(OLD, admin)
    _know(Model("new", reading))
    await jobs.embed.function(admin.organization_id)
    assert len(reading.read) == len(set(reading.read)) == 5
    assert await _used(admin) == "new"


async def test_an_article_saved_in_the_middle_is_found_by_both(admin: Actor) -> None:
    """It comes when the new model reads its last batch: the change waits for it, and until then the old model finds it too."""

    async def save(batch: int) -> None:
        if batch == 5:
            await an_article(admin, "Latecomer", "All about being late.")

    _know(Slow("new", Letters("aeiou"), save))
    await jobs.embed.function(admin.organization_id)
    assert await _used(admin) == "new"
    await _all_by(NEW, admin, 6)


async def test_an_article_saved_after_everything_was_read_keeps_the_change_waiting(admin: Actor) -> None:
    _know(Model("new", Letters("aeiou")))
    by = await models.model()
    assert by is not None
    assert await jobs._fill(admin, by)
    draft = await actions.create(admin, ArticleInput("Latecomer", "All about being late.", audience="public"))
    await actions.publish(admin, draft.id)
    assert await vectors.adopt(admin, "new") is None
    assert await _used(admin) == "old"
    await jobs.embed.function(admin.organization_id)
    assert await _used(admin) == "new"
    await _all_by(NEW, admin, 6)
    assert (await _rows(admin))["old"] == 6


async def test_where_the_old_model_cannot_be_loaded_words_are_searched_until_the_change_and_the_log_says_so(
    admin: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    del models._loading["old"]
    assert await chosen.meaning(admin, "Where is it?") is None
    assert "by words alone where old is in use" in caplog.text
    caplog.clear()
    assert await chosen.meaning(admin, "Where is it?") is None
    assert caplog.text == ""  # once is enough
    assert [one.title for one in await chosen.search(admin, "payment", ["public"], 5)] == ["Payment"]
    _know(Model("new", Letters("aeiou")))
    await jobs.embed.function(admin.organization_id)
    await _all_by(NEW, admin)


async def test_a_model_whose_embeddings_changed_their_length_leaves_the_search_to_words(
    admin: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    _know(Model("old", Letters("abc")))
    with caplog.at_level(logging.WARNING):
        assert await chosen.meaning(admin, "Where is it?") is None
    assert "another length" in caplog.text


async def test_who_wants_no_model_searches_by_words_whatever_is_kept(admin: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await chosen.meaning(admin, "Where is it?") is not None
    assert (await queries.search_state(admin)).model == "old"
    _want(monkeypatch, "none")
    assert await chosen.meaning(admin, "Where is it?") is None
    state = await queries.search_state(admin)
    assert (state.model, state.reason) == (None, "none_wanted")


async def test_the_pages_say_how_articles_are_found(admin: Actor) -> None:
    stranger = await an_organization()
    assert (await queries.search_state(stranger)).reason == ""
    await an_article(stranger, "Returns", "Send it back.")
    assert (await queries.search_state(stranger)).reason == "embedding"
    state = await queries.search_state(system(admin.organization_id))
    assert (state.index, state.model, state.reason) == ("postgres", "old", "")


async def test_what_changed_while_nobody_listened_is_found_by_the_round(admin: Actor) -> None:
    """Setting and worker changed, no article was saved: the round that comes every few minutes sees it."""
    _know(Model("new", Letters("aeiou")))
    await jobs.embed_all.function()
    sql = "SELECT count(*) FROM jobs WHERE organization_id = $1 AND name = 'agent.embed' AND key = 'embed' AND status = 0"
    assert await pool().fetchval(sql, admin.organization_id) == 1
