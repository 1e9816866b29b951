"""A sitemap that cannot be had for a while takes nothing away, and is told; one that is gone counts only after several tries over days."""

import time
from collections.abc import AsyncIterator, Iterator

import pytest

from core import egress
from core.access import Actor
from core.database import pool
from core.knowledge.sources import crawl, sitemaps
from core.knowledge.sources.structs import SourceView
from core.settings import Settings
from tests.core.read_sources import again, kept, of_website, states, titles
from tests.core.websites import Website, a_website, answer
from tests.factories import an_organization

pytestmark = pytest.mark.usefixtures("connected")

ALL = ["A", "B", "Home"]


@pytest.fixture(autouse=True)
def _near(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Loopback may be asked here, without long pauses, and what never ends is not waited for."""
    monkeypatch.setattr(egress, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))
    monkeypatch.setattr(crawl, "DELAY_S", 0.001)
    monkeypatch.setattr(crawl, "ANSWER_S", 0.5)
    return


@pytest.fixture
async def site() -> AsyncIterator[Website]:
    """Pages that nothing but the sitemap leads to."""
    async with a_website() as found:
        found.pages = {
            "/": "<title>Home</title><p>x",
            "/sitemap.xml": found.listed("/a", "/b"),
            "/a": "<title>A</title><p>x",
            "/b": "<title>B</title><p>x",
        }
        yield found


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


async def follows(source: SourceView) -> bool:
    return bool(await pool().fetchval("SELECT follows FROM knowledge_sources WHERE id = $1", source.id))


async def days_pass(source: SourceView, days: int) -> None:
    sql = "UPDATE knowledge_sources SET sitemap_missed_at = sitemap_missed_at - make_interval(days => $2) WHERE id = $1"
    await pool().execute(sql, source.id, days)


@pytest.mark.parametrize(
    "failing",
    [
        answer("", 500),
        answer("", 503),
        answer("", 429),
        answer("", 403),
        b"drip",
        b"",
        answer(status=302, location="https://x.example/"),
    ],
    ids=["500", "503", "429", "403", "timeout", "refused", "elsewhere"],
)
async def test_a_sitemap_that_fails_takes_nothing_away_and_is_told(admin: Actor, site: Website, failing: bytes) -> None:
    source = await of_website(admin, site)
    before = await kept(admin)
    listed, site.pages["/sitemap.xml"] = site.pages["/sitemap.xml"], failing
    for _ in range(4):
        source = await again(admin, source)
        assert (source.status, source.trouble, source.documents) == ("ready", "sitemap_away", 3)
    assert not await follows(source)
    assert await kept(admin) == before
    site.pages["/sitemap.xml"] = listed
    source = await again(admin, source)
    assert (source.status, source.trouble, source.documents) == ("ready", "", 3)


async def test_pages_are_read_again_while_their_sitemap_is_away(admin: Actor, site: Website) -> None:
    source = await of_website(admin, site)
    site.pages |= {"/sitemap.xml": answer("", 500), "/a": "<title>A2</title><p>x"}
    del site.pages["/b"]
    source = await again(admin, source)
    assert await titles(admin) == ["A2", "B", "Home"]
    await again(admin, source)
    assert await titles(admin) == ["A2", "Home"], "a page that is gone itself is gone"


async def test_one_of_several_sitemaps_that_fails_keeps_its_pages(admin: Actor, site: Website) -> None:
    def index(*names: str) -> str:
        return f"<sitemapindex>{''.join(f'<sitemap><loc>{site.at(name)}</loc></sitemap>' for name in names)}</sitemapindex>"

    site.pages |= {"/sitemap.xml": index("/1.xml", "/2.xml"), "/1.xml": site.listed("/a"), "/2.xml": site.listed("/b")}
    source = await of_website(admin, site)
    for missing, trouble in ((answer("", 503), "sitemap_away"), (answer("", 404), "sitemap_gone")):
        site.pages["/2.xml"] = missing
        for _ in range(3):
            source = await again(admin, source)
            assert source.trouble == trouble
    assert await titles(admin) == ALL
    site.pages["/sitemap.xml"] = index("/1.xml")
    for _ in range(2):
        source = await again(admin, source)
    assert (await titles(admin), source.trouble) == (["A", "Home"], ""), "what is not listed any more is gone the second time"


@pytest.mark.parametrize("gone", [answer("", 404), answer("", 410), "<h1>Our new website</h1>"], ids=["404", "410", "a page"])
async def test_a_sitemap_that_is_gone_counts_after_several_tries_over_days(admin: Actor, site: Website, gone: str | bytes) -> None:
    source = await of_website(admin, site)
    site.pages["/sitemap.xml"] = gone
    for _ in range(crawl.SITEMAP_TRIES + 1):
        source = await again(admin, source)
        assert (source.status, source.trouble, await titles(admin)) == ("ready", "sitemap_gone", ALL), "tries without days"
    await days_pass(source, crawl.SITEMAP_MISSED.days)
    source = await again(admin, source)
    assert (source.trouble, await follows(source)) == ("", True)
    assert await titles(admin) == ALL
    await again(admin, source)
    assert await titles(admin) == ["Home"]


async def test_days_without_tries_do_not_count(admin: Actor, site: Website) -> None:
    source = await of_website(admin, site)
    listed = site.pages.pop("/sitemap.xml")
    source = await again(admin, source)
    await days_pass(source, 30)
    source = await again(admin, source)
    assert (source.trouble, await follows(source)) == ("sitemap_gone", False)
    site.pages["/sitemap.xml"] = listed
    source = await again(admin, source)
    del site.pages["/sitemap.xml"]
    source = await again(admin, source)
    await days_pass(source, 30)
    source = await again(admin, source)
    assert source.trouble == "sitemap_gone", "once it is back, tries are counted anew"


async def test_a_website_that_never_had_one_is_read_by_its_links(admin: Actor, site: Website) -> None:
    site.pages |= {"/sitemap.xml": answer("", 500), "/": "<title>Home</title><p>x<a href='/a'>a</a>"}
    source = await of_website(admin, site)
    source = await again(admin, source)
    assert (source.status, source.trouble, await follows(source)) == ("ready", "", True)
    assert await titles(admin) == ["A", "Home"]


async def test_a_sitemap_by_its_own_address_that_fails_takes_nothing_away(admin: Actor, site: Website) -> None:
    source = await of_website(admin, site, "/sitemap.xml")
    site.pages["/sitemap.xml"] = answer("", 503)
    for _ in range(3):
        source = await again(admin, source)
    assert (source.status, source.trouble, await titles(admin)) == ("ready", "sitemap_away", ["A", "B"])


async def test_a_first_page_that_fails_takes_away_nothing_that_it_led_to(admin: Actor, site: Website) -> None:
    site.pages |= {"/sitemap.xml": answer("", 404), "/": "<title>Home</title><p>x<a href='/a'>a</a>"}
    source = await of_website(admin, site)
    site.pages["/"] = answer("", 503)
    for _ in range(3):
        source = await again(admin, source)
    assert (await titles(admin), source.failed) == (["A", "Home"], 1)
    site.pages["/"] = "<title>Home</title><p>x"
    for _ in range(2):
        source = await again(admin, source)
    assert await titles(admin) == ["Home"]
    assert await states(source) == {"": "read"}


def test_a_long_namespace_is_not_copied_for_each_element() -> None:
    size = 512 * 1024
    hostile = b"<urlset xmlns='" + b"u" * size + b"'>" + b"<a/>" * (size // 4) + b"</urlset>"
    began = time.process_time()
    sitemaps.parse(hostile)
    assert time.process_time() - began < 2, "seven seconds and more, where it is"
