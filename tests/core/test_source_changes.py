"""A source is given another audience, language, category or schedule, and its documents follow; what becomes internal is hidden at once."""

from datetime import timedelta

import pytest

from core import egress
from core.access import Actor
from core.database import pool
from core.errors import Forbidden, Invalid, NotFound
from core.extend.knowledge import Meaning
from core.knowledge import copies, vectors
from core.knowledge.search import search
from core.knowledge.sources import actions, changes, crawl, jobs, queries
from core.knowledge.sources.structs import SourceChanges, SourceView, WebsiteInput
from core.settings import Settings
from tests.core.read_sources import a_file, in_pieces, kept, of_website, read
from tests.core.websites import a_website
from tests.factories import a_member, an_organization

pytestmark = pytest.mark.usefixtures("connected")

WAITING = "SELECT count(*) FROM jobs WHERE organization_id = $1 AND name = 'core.knowledge.sources.follow_source' AND status < 2"
MANY = """
INSERT INTO articles (organization_id, title, slug, kind, status, audience, source_id, source_key)
SELECT $1, 'Page ' || n, 'page-' || n, 'document', 'published', 'public', $2, 'page-' || n FROM generate_series(1, $3) n
"""
THEIR_PASSAGES = """
INSERT INTO passages (organization_id, article_id, ordinal, text, title, audience)
SELECT $1, id, n, 'The walrus waits on page ' || id || ' at line ' || n, title, 'public'
FROM articles, generate_series(1, $3) n WHERE organization_id = $1 AND source_id = $2 AND title <> 'care'
"""
NORTH = [0.0, 1.0]


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


async def _followed(admin: Actor, source: SourceView) -> int:
    """Do what its jobs do; how many pieces it took."""
    for count in range(1, 50):
        before = await pool().fetchval(WAITING, admin.organization_id)
        await jobs.follow_source.function(admin.organization_id, source.id)
        if await pool().fetchval(WAITING, admin.organization_id) == before:
            return count
    raise AssertionError("documents follow without an end")


async def _found(admin: Actor, audience: str, meaning: Meaning | None = None) -> int:
    return len(await search(admin, "walrus", [audience], 5, meaning=meaning))


async def test_what_becomes_internal_is_hidden_at_once_and_its_documents_follow(admin: Actor) -> None:
    source = await a_file(admin, "care.txt", b"A walrus.", audience="public")
    changed = await changes.update(admin, source.id, SourceChanges(audience="internal", language="de"))
    assert (changed.audience, changed.language) == ("internal", "de")
    assert (await _found(admin, "public"), await _found(admin, "internal")) == (0, 1)
    await _followed(admin, source)
    [document] = await kept(admin)
    assert (document.audience, document.language, document.version) == ("internal", "de", 2)
    assert len(await search(admin, "walrus", ["internal"], 5, language="fr")) == 0


async def test_what_becomes_public_is_found_when_its_piece_was_done(admin: Actor) -> None:
    source = await a_file(admin, "care.txt", b"A walrus.")
    await changes.update(admin, source.id, SourceChanges(audience="public"))
    await _followed(admin, source)
    assert (await _found(admin, "public"), (await kept(admin))[0].audience) == (1, "public")


async def test_embeddings_find_nothing_that_became_internal_and_are_kept(admin: Actor) -> None:
    if not await vectors.is_there(admin):
        pytest.skip("no pgvector")
    source = await a_file(admin, "care.txt", b"A walrus.", audience="public")
    lacking = await vectors.lacking(admin, "m", 10)
    await vectors.store(admin, "m", [(one, NORTH) for one in lacking])
    meaning = Meaning("m", NORTH)
    assert await _found(admin, "public", meaning) == 1
    await changes.update(admin, source.id, SourceChanges(audience="internal"))
    assert await _found(admin, "public", meaning) == 0
    await _followed(admin, source)
    assert (await _found(admin, "public", meaning), await _found(admin, "internal", meaning)) == (0, 1)
    assert await vectors.lacking(admin, "m", 10) == []


async def test_copies_outside_are_made_anew(admin: Actor) -> None:
    source = await a_file(admin, "care.txt", b"A walrus.")
    [lacking] = await copies.holdings("far").lacking(admin, "m", 10)
    await copies.note(admin, "far", "m", 2, [lacking.id])
    assert await copies.holdings("far").lacking(admin, "m", 10) == []
    await changes.update(admin, source.id, SourceChanges(audience="public"))
    await _followed(admin, source)
    [lacking] = await copies.holdings("far").lacking(admin, "m", 10)
    assert lacking.audience == "public"


async def test_many_documents_follow_in_pieces(admin: Actor) -> None:
    source = await a_file(admin, "care.txt", b"A walrus.", audience="public")
    await pool().execute(MANY, admin.organization_id, source.id, 250)
    await pool().execute(THEIR_PASSAGES, admin.organization_id, source.id, 2)
    await changes.update(admin, source.id, SourceChanges(audience="internal"))
    assert await _found(admin, "public") == 0
    assert await _followed(admin, source) == 3
    assert {one.audience for one in await kept(admin)} == {"internal"}


async def test_a_file_that_is_read_meanwhile_is_kept_as_its_source_is_now(admin: Actor) -> None:
    source = await a_file(admin, "care.txt", b"A walrus.", audience="public")
    waiting = await actions.add_file(admin, "care.txt", "", in_pieces(b"A walrus waits."), audience="public")
    await changes.update(admin, source.id, SourceChanges(audience="internal", category="Animals"))
    await read(admin, waiting)
    assert (await _found(admin, "public"), await _found(admin, "internal")) == (0, 1)
    [document] = await kept(admin)
    assert (document.audience, document.category) == ("internal", "Animals")


async def test_a_category_is_that_of_all_documents_at_once(admin: Actor) -> None:
    source = await a_file(admin, "care.txt", b"A walrus.", category="Animals")
    await changes.update(admin, source.id, SourceChanges(category="Beasts"))
    [document] = await kept(admin)
    assert (document.category, document.version) == ("Beasts", 1)
    assert await pool().fetchval(WAITING, admin.organization_id) == 0


async def test_a_website_is_read_again_by_its_new_schedule(admin: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))
    monkeypatch.setattr(crawl, "DELAY_S", 0.001)
    async with a_website() as site:
        site.pages["/"] = "<h1>Care</h1><p>A walrus.</p>"
        source = await of_website(admin, site)
    assert source.next_at is None
    daily = await changes.update(admin, source.id, SourceChanges(refresh_hours=24))
    assert source.finished_at
    assert daily.next_at == source.finished_at + timedelta(hours=24)
    assert (await changes.update(admin, source.id, SourceChanges(refresh_hours=0))).next_at is None


async def test_a_file_has_no_schedule(admin: Actor) -> None:
    source = await a_file(admin, "care.txt", b"A walrus.")
    with pytest.raises(Invalid) as refused:
        await changes.update(admin, source.id, SourceChanges(refresh_hours=24))
    assert refused.value.reason == "no_schedule"
    assert await changes.update(admin, source.id, SourceChanges(refresh_hours=0)) == await queries.get(admin, source.id)


async def test_only_those_who_write_change_sources(admin: Actor) -> None:
    source = await actions.add_website(admin, WebsiteInput("https://shop.example/"))
    with pytest.raises(Forbidden):
        await changes.update(await a_member(admin), source.id, SourceChanges(audience="public"))
    with pytest.raises(NotFound):
        await changes.update(await an_organization(), source.id, SourceChanges(audience="public"))
