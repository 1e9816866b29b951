"""Every save of an article keeps what it was before; going back is a save like any other."""

import asyncio

import pytest

from core.access import Actor
from core.database import pool
from core.errors import Conflict, Forbidden, NotFound
from core.knowledge import actions, queries, versions
from core.knowledge.search import search
from core.knowledge.structs import ArticleChanges, ArticleInput, RestoreInput
from tests.core.read_sources import a_file, kept
from tests.factories import a_member, an_article, an_organization

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


async def test_every_save_is_a_version_with_its_author_and_what_changed(admin: Actor) -> None:
    article = await an_article(admin, "Returns", "Within 30 days.")
    user = await a_member(admin, "user", "Una")
    await actions.update(user, article.id, ArticleChanges(article.version, body="Within 14 days.", category="Policies"))
    listed = await versions.all_of(admin, article.id)
    assert [(one.version, one.author, one.changed) for one in listed] == [
        (3, user.name, ["body", "category"]),
        (2, admin.name, ["status"]),
        (1, admin.name, []),
    ]
    before, after = await versions.get(admin, article.id, 2), await versions.get(admin, article.id, 3)
    assert (before.body, before.category, after.body, after.category) == ("Within 30 days.", "", "Within 14 days.", "Policies")
    assert (listed[2].status, listed[0].status) == ("draft", "published")


async def test_what_is_saved_as_it_was_makes_no_version(admin: Actor) -> None:
    article = await an_article(admin, "Returns", "Within 30 days.")
    same = await actions.update(admin, article.id, ArticleChanges(article.version, title="Returns", body="Within 30 days."))
    assert same == article
    assert len(await versions.all_of(admin, article.id)) == 2


async def test_going_back_is_a_new_version_that_is_searched_at_once(admin: Actor) -> None:
    article = await an_article(admin, "Returns", "The walrus pays.")
    changed = await actions.update(admin, article.id, ArticleChanges(article.version, title="Refunds", body="The otter pays."))
    back = await actions.restore(admin, article.id, 2, RestoreInput(changed.version))
    assert (back.title, back.body, back.version, back.status) == ("Returns", "The walrus pays.", 4, "published")
    assert await search(admin, "otter", ["public"], 5) == []
    assert [found.version for found in await search(admin, "walrus", ["public"], 5)] == [4]
    newest = (await versions.all_of(admin, article.id))[0]
    assert (newest.restored, newest.changed) == (2, ["title", "body"])


async def test_going_back_publishes_nothing(admin: Actor) -> None:
    article = await an_article(admin, "Returns", "Our margin is 40 %.", "internal")
    opened = await actions.update(admin, article.id, ArticleChanges(article.version, body="Within 30 days.", audience="public"))
    back = await actions.restore(admin, article.id, article.version, RestoreInput(opened.version))
    assert (back.audience, back.body) == ("internal", "Our margin is 40 %.")
    once_public = await actions.restore(admin, article.id, opened.version, RestoreInput(back.version))
    assert (once_public.audience, once_public.body) == ("internal", "Within 30 days.")
    drafted = await actions.withdraw(admin, article.id)
    assert (await actions.restore(admin, article.id, article.version, RestoreInput(drafted.version))).status == "draft"


async def test_whoever_goes_back_too_late_is_told_so(admin: Actor) -> None:
    article = await an_article(admin, "Returns", "Within 30 days.")
    changed = await actions.update(admin, article.id, ArticleChanges(article.version, body="Within 14 days."))
    outcomes = await asyncio.gather(
        actions.restore(admin, article.id, 2, RestoreInput(changed.version)),
        actions.update(admin, article.id, ArticleChanges(changed.version, body="Never.")),
        return_exceptions=True,
    )
    [refused] = [one for one in outcomes if isinstance(one, BaseException)]
    assert isinstance(refused, Conflict)
    assert refused.reason == "newer_version"
    assert (await queries.get(admin, article.id)).version == changed.version + 1


async def test_the_newest_fifty_before_the_current_one_are_kept(admin: Actor) -> None:
    article = await actions.create(admin, ArticleInput("Returns", "0"))
    for number in range(1, 60):
        article = await actions.update(admin, article.id, ArticleChanges(article.version, body=str(number)))
    assert [one.version for one in await versions.all_of(admin, article.id)] == list(range(60, 9, -1))
    with pytest.raises(NotFound):
        await versions.get(admin, article.id, 9)


async def test_what_was_written_before_versions_were_kept_is_not_lost(admin: Actor) -> None:
    article = await an_article(admin, "Returns", "Within 30 days.")
    await pool().execute("DELETE FROM article_versions WHERE article_id = $1", article.id)
    assert await versions.all_of(admin, article.id) == []
    await actions.update(admin, article.id, ArticleChanges(article.version, body="Within 14 days."))
    assert [(one.version, one.author) for one in await versions.all_of(admin, article.id)] == [(3, admin.name), (2, "")]
    assert (await versions.get(admin, article.id, 2)).body == "Within 30 days."


async def test_versions_go_with_their_article_and_documents_have_none(admin: Actor) -> None:
    article = await an_article(admin, "Returns", "Within 30 days.")
    await actions.delete(admin, article.id)
    assert await pool().fetchval("SELECT count(*) FROM article_versions WHERE organization_id = $1", admin.organization_id) == 0
    await a_file(admin, "care.txt", b"A walrus.")
    [document] = await kept(admin)
    assert await versions.all_of(admin, document.id) == []


async def test_only_those_who_write_see_what_was_taken_out(admin: Actor) -> None:
    article = await an_article(admin, "Returns", "Within 30 days.")
    agent, stranger = await a_member(admin), await an_organization()
    for attempt in (
        versions.all_of(agent, article.id),
        versions.get(agent, article.id, 1),
        actions.restore(agent, article.id, 1, RestoreInput(2)),
    ):
        with pytest.raises(Forbidden):
            await attempt
    for attempt in (
        versions.all_of(stranger, article.id),
        versions.get(stranger, article.id, 1),
        actions.restore(stranger, article.id, 1, RestoreInput(2)),
    ):
        with pytest.raises(NotFound):
            await attempt
