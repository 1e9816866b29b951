"""Files become documents that search finds, and that nobody edits."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access import Actor
from core.database import pool
from core.errors import Conflict, Forbidden, NotFound, TooLarge
from core.jobs import admin as ledger
from core.knowledge import actions as articles
from core.knowledge import queries as knowledge
from core.knowledge import reading
from core.knowledge.search import search
from core.knowledge.sources import actions, documents, jobs, queries
from core.knowledge.sources.structs import SourceView, WebsiteInput
from core.knowledge.structs import BODY_MAX, ArticleChanges
from tests.core.pdfs import a_pdf, shown
from tests.core.read_sources import a_file, again, in_pieces, kept, read, titles
from tests.factories import a_member, an_organization

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


async def test_a_file_becomes_a_document_that_is_found(admin: Actor) -> None:
    source = await a_file(
        admin, "Returns.md", b"# Returns\n\nA walrus may be returned within 30 days.", audience="public", category="Policies"
    )
    assert (source.status, source.documents, source.kind) == ("ready", 1, "file")
    [found] = await search(admin, "walrus", ["public"], 5)
    assert (found.title, found.kind, found.url) == ("Returns", "document", "")
    [article] = await kept(admin)
    assert (article.kind, article.category, article.status) == ("document", "Policies", "published")
    assert await knowledge.public_search(admin, "walrus") == []
    assert await knowledge.public_search(admin, "") == []
    with pytest.raises(NotFound):
        await knowledge.public_article(admin, article.slug)


async def test_an_internal_file_is_found_by_nobody_who_asks_for_public_ones(admin: Actor) -> None:
    await a_file(admin, "walrus.txt", b"The walrus is secret.")
    assert await search(admin, "walrus", ["public"], 5) == []
    assert len(await search(admin, "walrus", ["internal"], 5)) == 1


async def test_a_pdf_is_read_by_its_job(admin: Actor) -> None:
    source = await a_file(admin, "manual.pdf", a_pdf(shown("A walrus needs oil.")))
    assert source.status == "ready"
    assert [found.title for found in await search(admin, "walrus oil", ["internal"], 5)] == ["manual"]


async def test_a_file_of_the_same_name_takes_the_place_of_the_one_before(admin: Actor) -> None:
    first = await a_file(admin, "care.txt", b"Feed it daily.")
    [before] = await kept(admin)
    second = await a_file(admin, "care.txt", b"Feed it weekly.")
    [after] = await kept(admin)
    assert (first.id, before.id, before.slug) == (second.id, after.id, after.slug)
    assert after.version == before.version + 1
    assert (await knowledge.get(admin, after.id)).body == "Feed it weekly."


async def test_a_file_that_becomes_internal_is_quoted_to_nobody_from_then_on(admin: Actor) -> None:
    await a_file(admin, "care.txt", b"A walrus eats fish.", audience="public", category="Care", language="en")
    added = await actions.add_file(admin, "care.txt", "", in_pieces(b"A walrus eats clams."), audience="internal", category="Staff")
    assert (added.audience, added.category, added.language) == ("internal", "Staff", "")
    assert await search(admin, "walrus", ["public"], 5) == []
    await read(admin, added)
    [found] = await search(admin, "walrus", ["internal"], 5)
    assert found.text == "A walrus eats clams."
    [article] = await kept(admin)
    assert (article.audience, article.category, article.language) == ("internal", "Staff", "")


async def test_a_file_that_came_while_the_one_before_was_read_is_read_too(admin: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await actions.add_file(admin, "care.txt", "", in_pieces(b"\xc3\x28"))
    original = reading.read

    async def slow(data: bytes, *arguments: Any, **named: Any) -> reading.Reading:
        if data == b"\xc3\x28":
            await actions.add_file(admin, "care.txt", "", in_pieces(b"A walrus eats clams."))
        return await original(data, *arguments, **named)

    monkeypatch.setattr(reading, "read", slow)
    await jobs.read_source.function(admin.organization_id, first.id, first.run)
    now = await read(admin, await queries.get(admin, first.id))
    assert (now.status, now.trouble, now.documents) == ("ready", "", 1)


async def test_a_file_that_is_unchanged_costs_nothing(admin: Actor) -> None:
    source = await a_file(admin, "care.txt", b"Feed it daily.")
    [before] = await kept(admin)
    await again(admin, source)
    assert await kept(admin) == [before]


async def test_a_long_file_is_kept_in_parts_and_a_short_one_again_in_one(admin: Actor) -> None:
    long = "\n\n".join(f"## Section {number}\n\n{'walrus ' * 700}" for number in range(50)).encode()
    assert (await a_file(admin, "long.md", long)).documents == 3
    assert await titles(admin) == ["long (1/3)", "long (2/3)", "long (3/3)"]
    await a_file(admin, "long.md", b"short")
    assert await titles(admin) == ["long"]


@given(st.text(max_size=20).map(lambda text: text * 20_000))
def test_parts_hold_everything(text: str) -> None:
    found = documents.parts(text)
    assert all(len(part) <= BODY_MAX for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


async def test_what_cannot_be_read_says_why(admin: Actor) -> None:
    assert (await a_file(admin, "a.pdf", b"%PDF-1.7 broken")).trouble == "damaged"
    assert (await a_file(admin, "a.html", b"<p hidden>x")).trouble == "empty"
    with pytest.raises(Exception, match="only Markdown"):
        await a_file(admin, "a.docx", b"x")
    with pytest.raises(TooLarge):
        await actions.add_file(admin, "a.pdf", "", in_pieces(*[b"x" * 1024 * 1024] * 21))


async def test_a_document_is_not_written_by_hand(admin: Actor) -> None:
    await a_file(admin, "care.txt", b"Feed it daily.")
    [article] = await kept(admin)
    for attempt in (
        articles.update(admin, article.id, ArticleChanges(article.version, body="x")),
        articles.withdraw(admin, article.id),
        articles.delete(admin, article.id),
    ):
        with pytest.raises(Conflict) as refused:
            await attempt
        assert refused.value.reason == "is_document"


async def test_a_source_takes_its_documents_with_it(admin: Actor) -> None:
    source = await a_file(admin, "care.txt", b"A walrus.")
    await actions.remove(admin, source.id)
    assert await kept(admin) == []
    assert await queries.all_of(admin) == []
    assert await search(admin, "walrus", ["internal"], 5) == []
    assert await pool().fetchval("SELECT count(*) FROM source_files WHERE source_id = $1", source.id) == 0


async def test_a_source_of_many_documents_is_removed_in_pieces(admin: Actor) -> None:
    source = await a_file(admin, "care.txt", b"A walrus.")
    sql = """INSERT INTO articles (organization_id, source_id, source_key, slug, title, kind, status)
             SELECT $1, $2, 'x' || n, 'x' || n, 'x', 'document', 'published' FROM generate_series(1, 250) n"""
    await pool().execute(sql, admin.organization_id, source.id)
    await actions.remove(admin, source.id)
    assert await kept(admin) == []
    sql = "SELECT count(*) FROM outbox WHERE organization_id = $1 AND type IN ('article.deleted', 'source.deleted') GROUP BY xmin::text"
    told = [row[0] for row in await pool().fetch(sql, admin.organization_id)]
    assert sum(told) == 252
    assert max(told) <= actions.AT_ONCE + 1


async def test_only_those_who_write_articles_add_sources(admin: Actor) -> None:
    agent, stranger = await a_member(admin), await an_organization()
    source = await a_file(admin, "care.txt", b"A walrus.")
    with pytest.raises(Forbidden):
        await actions.add_website(agent, WebsiteInput("https://shop.example"))
    with pytest.raises(Forbidden):
        await actions.remove(agent, source.id)
    assert [one.id for one in await queries.all_of(agent)] == [source.id]
    assert await queries.all_of(stranger) == []
    for attempt in (
        actions.remove(stranger, source.id),
        actions.read_again(stranger, source.id),
        actions.stop(stranger, source.id),
    ):
        with pytest.raises(NotFound):
            await attempt


async def test_a_reading_whose_job_is_gone_can_begin_again(admin: Actor) -> None:
    source = await actions.add_website(admin, WebsiteInput(address="https://gone.example/"))
    await pool().execute("DELETE FROM jobs WHERE organization_id = $1", admin.organization_id)
    assert (await actions.read_again(admin, source.id)).run == source.run + 1
    assert (await actions.read_again(admin, source.id)).run == source.run + 1, "it is being read"


async def a_lost_reading(admin: Actor, source: SourceView) -> SourceView:
    """An admin drops the job that reads it; then comes the time to look for such."""
    (queued,) = await ledger.page(admin, "queued", jobs.read_source.name, None, 10)
    await ledger.drop(admin, queued.id)
    await jobs.read_due.function()
    return await queries.get(admin, source.id)


async def test_a_reading_whose_job_was_dropped_is_begun_anew_but_not_for_ever(admin: Actor) -> None:
    source = await actions.add_file(admin, "care.txt", "", in_pieces(b"A walrus."))
    await jobs.read_due.function()
    assert (await queries.get(admin, source.id)).run == 1, "what is being read is let be"
    for run in range(2, 2 + actions.TAKEN_UP_MAX):
        source = await a_lost_reading(admin, source)
        assert (source.run, source.status) == (run, "waiting")
    source = await a_lost_reading(admin, source)
    assert (source.status, source.trouble) == ("failed", "error")
    await jobs.read_due.function()
    assert (await queries.get(admin, source.id)).run == source.run
    source = await again(admin, source)
    assert (source.status, source.documents) == ("ready", 1)


async def test_a_reading_that_came_to_its_end_may_lose_its_job_as_often_again(admin: Actor) -> None:
    source = await actions.add_file(admin, "care.txt", "", in_pieces(b"A walrus."))
    source = await read(admin, await a_lost_reading(admin, source))
    assert (source.status, await queries.taken_up(admin, source.id)) == ("ready", 0)
