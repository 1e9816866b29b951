"""Pictures in a mail that is being written: by the same door as those of mails that came, for whoever may write it."""

import httpx
import pytest

from core.access import Actor
from core.channels.email import images
from core.database import pool
from core.errors import Forbidden
from tests.core.websites import Website, answer
from tests.factories import a_member, an_organization
from tests.mail.test_images import PNG, http, site  # noqa: F401 (fixtures)


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


async def test_they_are_fetched_by_our_server_once_and_only_pictures_come_through(
    admin: Actor,
    site: Website,  # noqa: F811 (a fixture)
    http: httpx.AsyncClient,  # noqa: F811 (a fixture)
) -> None:
    site.pages["/page"] = answer(b"<html>", content_type="image/png")
    wanted = [site.at("/a.png"), site.at("/page"), "javascript:alert(1)", "data:image/png;base64,AA==", site.at("/" + "a" * 4000)]
    picture, page, *others = images.of_drafts(await a_member(admin, "user"), wanted)
    assert others == [None, None, None]
    assert picture is not None
    assert page is not None
    for _ in range(2):
        found = await http.get(picture)
        assert (found.status_code, found.content, found.headers["content-type"]) == (200, PNG, "image/png")
        assert (await http.get(page)).json()["code"] == "image_unavailable"
    assert sorted(site.asked) == ["/a.png", "/page"], "kept, and what could not be had is not asked for again"
    assert await pool().fetchval("SELECT count(*) FROM email_images WHERE organization_id = $1", admin.organization_id) == 2


async def test_nobody_else_has_anything_fetched(admin: Actor, site: Website, http: httpx.AsyncClient) -> None:  # noqa: F811 (fixtures)
    [given] = images.of_drafts(admin, [site.at("/a.png")])
    assert given is not None
    with pytest.raises(Forbidden):
        images.of_drafts(await a_member(admin, "agent"), [site.at("/a.png")])
    stranger = await an_organization()
    for changed in (
        given.replace("a.png", "b.png"),
        given.replace(f"/{admin.organization_id}/0/", f"/{stranger.organization_id}/0/"),
        given.replace(f"/{admin.organization_id}/0/", f"/{admin.organization_id}/1/"),
    ):
        assert (await http.get(changed)).status_code == 404
    assert site.asked == []
