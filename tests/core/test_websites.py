"""Websites become documents, and are read as they ask to be, whatever they send."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterator

import pytest

from core import egress
from core.access import Actor, system
from core.database import pool
from core.errors import Conflict, Invalid
from core.knowledge.search import search
from core.knowledge.sources import actions, crawl, documents, jobs, queries
from core.knowledge.sources.structs import WebsiteInput
from core.settings import Settings
from tests.core.read_sources import again, kept, of_website, read, states, titles, until_done
from tests.core.websites import Website, a_website, answer
from tests.factories import an_organization

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture(autouse=True)
def _near(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Loopback may be asked here, without long pauses."""
    monkeypatch.setattr(egress, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))
    monkeypatch.setattr(crawl, "DELAY_S", 0.001)
    return


@pytest.fixture
async def site() -> AsyncIterator[Website]:
    async with a_website() as found:
        yield found


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


async def test_a_website_is_read_by_its_sitemap(admin: Actor, site: Website) -> None:
    site.pages = {
        "/": "<title>Home</title><p>Welcome, walrus. <a href='/hidden'>x</a>",
        "/sitemap.xml": f"<sitemapindex><sitemap><loc>{site.at('/all.xml.gz')}</loc></sitemap></sitemapindex>",
        "/all.xml.gz": answer(gzip.compress(site.listed("/a", "/b").encode()), content_type="application/gzip"),
        "/a": "<main><h1>A</h1><p>The otter.</main>",
        "/b": answer("<title>B</title><p>Grüße, Robbe", content_type="text/html; charset=utf-8"),
        "/hidden": "<p>Not listed",
    }
    source = await of_website(admin, site)
    assert (source.status, source.found, source.done, source.documents) == ("ready", 3, 3, 3)
    assert await titles(admin) == ["A", "B", "Home"]
    assert "/hidden" not in site.asked
    assert site.most_at_once == 1
    assert site.asked[0] == "/robots.txt"


async def test_without_a_sitemap_links_of_the_website_are_followed(admin: Actor, site: Website) -> None:
    def page(number: int) -> str:
        links = "".join(f"<a href='{to}'>x</a>" for to in (f"/p{number + 1}", "https://elsewhere.example/", "/"))
        return f"<title>P{number}</title><p>Text {number}{links}"

    site.pages = {"/": page(0)} | {f"/p{number}": page(number) for number in range(1, 9)}
    source = await of_website(admin, site)
    assert await titles(admin) == ["P0", "P1", "P2", "P3", "P4"]
    assert source.found == 5
    assert sorted(site.asked).count("/p1") == 1


async def test_robots_are_respected(admin: Actor, site: Website) -> None:
    site.pages = {
        "/robots.txt": f"User-agent: *\nDisallow: /private\nAllow: /private/open\nSitemap: {site.at('/map.xml')}\nSitemap: https://evil.example/x.xml",
        "/map.xml": site.listed("/private/a", "/private/open", "/public"),
        "/": "<title>Home</title><p>x",
        "/private/a": "<p>secret",
        "/private/open": "<title>Open</title><p>x",
        "/public": "<title>Public</title><p>x",
    }
    await of_website(admin, site)
    assert await titles(admin) == ["Home", "Open", "Public"]
    assert "/private/a" not in site.asked


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_robots_that_cannot_be_had_forbid_all(admin: Actor, site: Website, status: int) -> None:
    site.pages = {"/robots.txt": answer("", status), "/": "<p>x"}
    source = await of_website(admin, site)
    assert (source.status, source.trouble, source.documents) == ("failed", "robots", 0)
    assert "/" not in site.asked


async def test_what_a_page_asks_for_is_done(admin: Actor, site: Website) -> None:
    site.pages = {
        "/sitemap.xml": site.listed("/noindex", "/header", "/copy", "/moved", "/picture"),
        "/": "<title>Home</title><p>x",
        "/noindex": "<meta name=robots content='noindex'><title>No</title><p>x",
        "/header": answer("<title>No</title><p>x", x_robots_tag="noindex"),
        "/copy": "<link rel=canonical href='/real'><title>Copy</title><p>x",
        "/real": "<title>Real</title><p>x",
        "/moved": answer(status=301, location="/new"),
        "/new": "<title>New</title><p>x",
        "/picture": answer(b"\x89PNG", content_type="image/png"),
    }
    source = await of_website(admin, site)
    assert await titles(admin) == ["Home", "New", "Real"]
    assert await states(source) == {
        "": "read", "noindex": "skipped noindex", "header": "skipped noindex", "copy": "skipped canonical", "real": "read", "moved": "skipped moved",
        "new": "read", "picture": "skipped type",
    }  # fmt: skip


@pytest.mark.parametrize("listed", [("/old", "/new"), ("/new", "/old"), ("/old",), ("/new",)])
async def test_a_page_that_leads_to_one_which_names_it_back_is_kept_once(
    admin: Actor, site: Website, listed: tuple[str, ...]
) -> None:
    """Under the address that it says is its own, whichever of the two is read first."""
    site.pages = {
        "/": "<title>Home</title><p>x",
        "/old": answer(status=301, location="/new"),
        "/new": "<link rel=canonical href='/old'><title>New</title><p>The otter",
        "/sitemap.xml": site.listed(*listed),
    }
    source = await of_website(admin, site)
    for _ in range(2):
        assert await titles(admin) == ["Home", "New"]
        found = await states(source)
        assert (found["old"], found.get("new", "")) == ("read", "skipped canonical" if "/new" in listed else "")
        source = await again(admin, source)
    assert site.asked.count("/new") <= 2 * 3, "it is not gone round in"


async def test_what_robots_txt_forbids_is_not_kept_under_an_address_that_leads_to_it(admin: Actor, site: Website) -> None:
    site.pages = {
        "/": "<title>Home</title><p>x",
        "/robots.txt": answer("User-agent: *\nDisallow: /new", content_type="text/plain"),
        "/old": answer(status=301, location="/new"),
        "/new": "<link rel=canonical href='/old'><title>New</title><p>The otter",
        "/sitemap.xml": site.listed("/old"),
    }
    source = await of_website(admin, site)
    assert await titles(admin) == ["Home"]
    assert await states(source) == {"": "read", "old": "skipped moved", "new": "skipped robots"}


async def test_unchanged_pages_cost_little(admin: Actor, site: Website) -> None:
    served: list[bool] = []

    def page(headers: dict[str, str]) -> bytes:
        known = headers.get("if-none-match") == '"1"' and headers.get("if-modified-since") == "Mon, 01 Jan 2024 00:00:00 GMT"
        served.append(not known)
        return (
            answer(status=304)
            if known
            else answer("<title>A</title><p>x", etag='"1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
        )

    site.pages = {"/": page, "/sitemap.xml": site.listed("/")}
    source = await of_website(admin, site)
    before = await kept(admin)
    source = await again(admin, source)
    assert served == [True, False]
    assert await kept(admin) == before
    assert (source.run, source.documents) == (2, 1)
    await again(admin, source)
    assert served == [True, False, False]


async def test_what_an_unchanged_page_leads_to_stays(admin: Actor, site: Website) -> None:
    def home(headers: dict[str, str]) -> bytes:
        return answer(status=304) if "if-none-match" in headers else answer("<title>Home</title><p>x<a href='/a'>a</a>", etag='"1"')

    site.pages = {"/": home, "/a": "<title>A</title><p>x"}
    source = await of_website(admin, site)
    for _ in range(3):
        source = await again(admin, source)
    assert await titles(admin) == ["A", "Home"]
    assert await states(source) == {"": "read", "a": "read"}


async def test_a_mark_of_a_version_that_no_header_holds_is_not_sent_back(admin: Actor, site: Website) -> None:
    site.pages = {"/": answer("<title>Home</title><p>x", etag='"é"'), "/sitemap.xml": site.listed("/")}
    source = await again(admin, await of_website(admin, site))
    assert await states(source) == {"": "read"}


async def test_pages_that_come_and_go_leave_nothing_behind(admin: Actor, site: Website) -> None:
    source = None
    for visit in range(5):
        site.pages = {"/": "<title>Home</title><p>x", "/sitemap.xml": site.listed(f"/?session={visit}")}
        site.pages[f"/?session={visit}"] = f"<title>S{visit}</title><p>x"
        source = await (of_website(admin, site) if source is None else again(admin, source))
    assert source is not None
    assert await titles(admin) == ["Home", "S3", "S4"]
    assert set(await states(source)) == {"", "?session=3", "?session=4"}


async def test_a_page_is_gone_the_second_time(admin: Actor, site: Website) -> None:
    site.pages = {
        "/": "<title>Home</title><p>x",
        "/sitemap.xml": site.listed("/a", "/b"),
        "/a": "<title>A</title><p>x",
        "/b": "<title>B</title><p>x",
    }
    source = await of_website(admin, site)
    [slug] = [one.slug for one in await kept(admin) if one.title == "A"]
    del site.pages["/a"]
    site.pages["/sitemap.xml"] = site.listed("/a")
    source = await again(admin, source)
    assert await titles(admin) == ["A", "B", "Home"]
    source = await again(admin, source)
    assert await titles(admin) == ["Home"]
    site.pages["/a"] = "<title>A</title><p>back"
    await again(admin, source)
    assert [one.slug for one in await kept(admin) if one.title == "A"] == [slug]


async def test_a_page_that_fails_is_kept_as_it_was(admin: Actor, site: Website) -> None:
    site.pages = {"/": "<title>Home</title><p>x"}
    source = await of_website(admin, site)
    site.pages["/"] = answer("", 500)
    for _ in range(3):
        source = await again(admin, source)
    assert await titles(admin) == ["Home"]
    assert source.failed == 1


async def test_a_hostile_website_does_no_harm(admin: Actor, site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl, "ANSWER_S", 0.5)
    async with a_website() as inside:
        inside.pages = {"/": "<p>internal"}
        bomb = gzip.compress(b"x" * 50_000_000)
        site.pages = {
            "/sitemap.xml": site.listed("/inside", "/loop", "/giant", "/drip", "/bomb", "/charset", "/deep", "/nowhere", "/good"),
            "/": "<title>Home</title><p>x",
            "/inside": answer(status=302, location=inside.at("/")),
            "/loop": answer(status=302, location="/loop"),
            "/giant": answer(b"<p>x" * 2_000_000),
            "/drip": b"drip",
            "/bomb": answer(bomb, content_encoding="gzip"),
            "/charset": answer(b"<p>x", content_type="text/html; charset=rot13"),
            "/deep": "<div>" * 100_000,
            "/nowhere": answer(status=302, location="http://["),
            "/good": "<title>Good</title><p>x",
        }
        source = await of_website(admin, site)
    assert inside.asked == []
    assert await titles(admin) == ["Good", "Home"]
    assert await states(source) == {
        "": "read", "inside": "failed refused", "loop": "failed refused", "giant": "failed too_large", "drip": "failed too_slow",
        "bomb": "failed refused", "charset": "failed charset", "deep": "failed too_long", "nowhere": "failed refused", "good": "read",
    }  # fmt: skip


async def test_sitemaps_without_an_end_are_read_so_far(admin: Actor, site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl, "PAGES_MAX", 5)
    monkeypatch.setattr(crawl, "SITEMAPS_MAX", 4)
    many = "".join(f"<url><loc>{site.at(f'/{number}')}</loc></url>" for number in range(2000))
    endless = f"<sitemapindex><sitemap><loc>{site.at('/sitemap.xml?2')}</loc></sitemap></sitemapindex>"
    site.pages = {"/": "<title>Home</title><p>x", "/sitemap.xml": endless, "/sitemap.xml?2": f"<urlset>{many}"}
    source = await of_website(admin, site)
    assert source.found == 5
    site.pages["/sitemap.xml"] = "<sitemapindex>" + "".join(
        f"<sitemap><loc>{site.at(f'/s{number}.xml')}</loc></sitemap>" for number in range(100)
    )
    site.asked.clear()
    await again(admin, source)
    assert len([path for path in site.asked if path.endswith(".xml")]) == 4


async def test_a_network_inside_is_not_read(admin: Actor, site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "settings", Settings)
    site.pages = {"/": "<p>internal"}
    source = await of_website(admin, site)
    assert (source.status, source.trouble, site.asked) == ("failed", "unreachable", [])


async def test_a_reading_is_stopped_and_begun_anew(admin: Actor, site: Website) -> None:
    site.pages = {"/": "<title>Home</title><p>x", "/sitemap.xml": site.listed(*(f"/{number}" for number in range(20)))}

    def page(headers: dict[str, str]) -> bytes:
        return answer("<title>N</title><p>x")

    site.pages |= {f"/{number}": page for number in range(20)}
    source = await actions.add_website(admin, WebsiteInput(site.at("/")))
    await jobs.read_source.function(admin.organization_id, source.id, source.run)
    going = asyncio.create_task(jobs.read_source.function(admin.organization_id, source.id, source.run))
    await until_done(admin, source, 3)
    stopped = await actions.stop(admin, source.id)
    await going
    now = await queries.get(admin, source.id)
    assert (stopped.status, now.status, now.found) == ("stopped", "stopped", 21)
    assert 3 <= now.done < 21
    assert now.documents == now.done
    assert (await again(admin, source)).documents == 21


async def test_whoever_takes_over_goes_on_where_the_rows_say(admin: Actor, site: Website) -> None:
    site.pages = {"/": "<title>Home</title><p>x", "/sitemap.xml": site.listed("/1", "/2", "/3", "/4")}
    site.pages |= {f"/{number}": f"<title>N{number}</title><p>x" for number in range(1, 5)}
    source = await actions.add_website(admin, WebsiteInput(site.at("/")))
    await jobs.read_source.function(admin.organization_id, source.id, source.run)
    killed = asyncio.create_task(jobs.read_source.function(admin.organization_id, source.id, source.run))
    await until_done(admin, source, 2)
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    done = (await queries.get(admin, source.id)).done
    asked = len(site.asked)
    assert (await read(admin, source)).documents == 5
    assert len(site.asked) - asked <= 5 - done


async def test_a_website_is_read_again_when_its_time_has_come(admin: Actor, site: Website) -> None:
    site.pages = {"/": "<title>Home</title><p>x"}
    source = await of_website(admin, site, refresh_hours=24)
    assert source.next_at is not None
    await jobs.read_due.function()
    assert (await queries.get(admin, source.id)).run == 1
    await pool().execute("UPDATE knowledge_sources SET next_at = now() WHERE id = $1", source.id)
    await jobs.read_due.function()
    now = await queries.get(admin, source.id)
    assert (now.run, now.status, now.next_at) == (2, "waiting", None)


async def test_a_reading_that_fails_for_good_says_so(admin: Actor) -> None:
    source = await actions.add_website(admin, WebsiteInput("https://shop.example"))
    await jobs.give_up(admin.organization_id, source.id, source.run)
    assert (await queries.get(system(admin.organization_id), source.id)).trouble == "error"


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://a]b/x", "https://shop.example:99999/", "https://:secret@shop.example/", "http:///help"]
)
async def test_what_is_no_address_is_not_read(admin: Actor, address: str) -> None:
    with pytest.raises(Invalid) as refused:
        await actions.add_website(admin, WebsiteInput(address))
    assert refused.value.reason == "no_address"


async def test_a_website_is_added_once(admin: Actor) -> None:
    await actions.add_website(admin, WebsiteInput("https://shop.example/help"))
    with pytest.raises(Conflict):
        await actions.add_website(admin, WebsiteInput("https://shop.example/help#top"))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://shop.example/", "shop.example"),
        ("https://www.shop.example:8443/help/", "www.shop.example:8443/help"),
        ("https://shop.example/hilfe/r%C3%BCckgabe?lang=de", "shop.example/hilfe/rückgabe?lang=de"),
        ("https://shop.example/a%E2%80%AEb%0Ac", "shop.example/ab c"),
        (f"https://shop.example/{'x' * 300}", f"shop.example/{'x' * 186}…"),
    ],
)
async def test_a_website_is_called_by_its_host_and_path(admin: Actor, address: str, name: str) -> None:
    assert (await actions.add_website(admin, WebsiteInput(address))).name == name


async def test_websites_that_are_called_the_same_are_two(admin: Actor) -> None:
    long = "https://shop.example/" + "x" * 300
    for address in ("https://shop.example/help", "http://shop.example/help", long + "1", long + "2"):
        await actions.add_website(admin, WebsiteInput(address))
    assert [one.name for one in await queries.all_of(admin)].count("shop.example/help") == 2


async def test_only_an_https_page_is_cited_by_its_address(admin: Actor, site: Website) -> None:
    site.pages = {"/": "<title>Home</title><p>A walrus"}
    source = await of_website(admin, site)
    [found] = await search(admin, "walrus", ["public"], 5)
    assert found.url == ""
    from core.database import transaction

    async with transaction(system(admin.organization_id)) as db:
        address = "https://shop.example/walrus"
        await documents.keep(db, system(admin.organization_id), source, address, "Walrus care", "A walrus swims.", address=address)
    assert [found.url for found in await search(admin, "walrus swims", ["public"], 1)] == ["https://shop.example/walrus"]


async def test_what_a_page_says_to_others_or_of_pictures_keeps_it_not_out(admin: Actor, site: Website) -> None:
    site.pages = {
        "/sitemap.xml": site.listed("/a", "/b", "/c", "/d"),
        "/": "<title>Home</title><p>x",
        "/a": answer("<title>A</title><p>x", x_robots_tag="max-image-preview:none"),
        "/b": "<meta name=robots content='index, follow, max-image-preview:none'><title>B</title><p>x",
        "/c": answer("<title>C</title><p>x", x_robots_tag="otherbot: noindex"),
        "/d": answer("<title>D</title><p>x", x_robots_tag="otherbot: nofollow, lacasabot: noindex"),
    }
    await of_website(admin, site)
    assert await titles(admin) == ["A", "B", "C", "Home"]
