"""Categories are counted, filtered by, and renamed or merged for all at once, with one event."""

import time

import pytest

from core.access import Actor
from core.database import pool
from core.errors import Forbidden
from core.knowledge import actions, queries, versions
from core.knowledge.categories import actions as categories
from core.knowledge.categories.queries import used
from core.knowledge.sources import queries as sources
from core.knowledge.structs import ArticleChanges, ArticleInput, CategoryChange
from tests.core.read_sources import a_file
from tests.factories import a_member, an_organization

pytestmark = pytest.mark.usefixtures("connected")

MANY = """
INSERT INTO articles (organization_id, title, slug, category, status) SELECT $1, 'Article ' || n, 'article-' || n, $2, 'draft'
FROM generate_series(1, $3) n
"""
EVENTS = (
    "SELECT (SELECT count(*) FROM outbox WHERE organization_id = $1) + (SELECT count(*) FROM event_log WHERE organization_id = $1)"
)


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


async def _used(actor: Actor) -> dict[str, int]:
    return {one.category: one.articles for one in await used(actor)}


async def test_categories_in_use_are_counted_and_filtered_by(admin: Actor) -> None:
    for title, category, kind in (
        ("Fees", "Money", "article"),
        ("Refunds", "Money", "snippet"),
        ("Lamps", "care", "article"),
        ("?", "", "article"),
    ):
        await actions.create(admin, ArticleInput(title, category=category, kind=kind))
    assert [(one.category, one.articles) for one in await used(admin)] == [("care", 1), ("Money", 2)]

    async def titles(**filters: str) -> set[str]:
        return {one.title for one in (await queries.page(admin, None, None, None, None, 25, **filters)).items}

    assert await titles(category="Money") == {"Fees", "Refunds"}
    assert await titles(category="Money", kind="snippet") == {"Refunds"}
    assert await titles(category="") == {"?"}
    assert await titles(kind="document") == set()


async def test_a_category_is_renamed_and_merged_with_its_sources(admin: Actor) -> None:
    kept = await actions.create(admin, ArticleInput("Fees", category="Money"))
    await actions.create(admin, ArticleInput("Returns", category="Policies"))
    source = await a_file(admin, "care.txt", b"A walrus.", category="Money")
    assert (await categories.rename(admin, CategoryChange("Money", "Policies"))).articles == 2
    assert await _used(admin) == {"Policies": 3}
    assert (await sources.get(admin, source.id)).category == "Policies"
    after = await queries.get(admin, kept.id)
    assert (after.version, len(await versions.all_of(admin, kept.id))) == (1, 1)
    assert (await actions.update(admin, kept.id, ArticleChanges(1, title="Prices"))).category == "Policies"
    assert (await categories.rename(admin, CategoryChange("Policies", ""))).articles == 3
    assert await _used(admin) == {}


async def test_a_large_category_is_renamed_with_one_event(admin: Actor) -> None:
    await pool().execute(MANY, admin.organization_id, "Old", 5000)
    before = await pool().fetchval(EVENTS, admin.organization_id)
    began = time.monotonic()
    assert (await categories.rename(admin, CategoryChange("Old", "New"))).articles == 5000
    assert time.monotonic() - began < 10
    assert await pool().fetchval(EVENTS, admin.organization_id) == before + 1
    assert await _used(admin) == {"New": 5000}


async def test_nothing_is_told_where_nothing_changes(admin: Actor) -> None:
    await actions.create(admin, ArticleInput("Fees", category="Money"))
    before = await pool().fetchval(EVENTS, admin.organization_id)
    assert (await categories.rename(admin, CategoryChange("Money", "Money"))).articles == 0
    assert (await categories.rename(admin, CategoryChange("money", "Fees"))).articles == 0
    assert await pool().fetchval(EVENTS, admin.organization_id) == before


async def test_only_those_who_write_rename_and_only_their_own(admin: Actor) -> None:
    await actions.create(admin, ArticleInput("Fees", category="Money"))
    agent, stranger = await a_member(admin), await an_organization()
    with pytest.raises(Forbidden):
        await categories.rename(agent, CategoryChange("Money", "Gone"))
    assert (await categories.rename(stranger, CategoryChange("Money", "Gone"))).articles == 0
    assert (await _used(agent), await _used(stranger)) == ({"Money": 1}, {})
