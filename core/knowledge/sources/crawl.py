"""Reading a website: politely, one page at a time, as its robots.txt allows; what it asks not to keep is not kept.

First it is found out what to read (`_discover`), then page after page is read and kept in a unit of work of its own. Nothing that a website says
leads to another one, and everything it sends is bounded. A sitemap that cannot be read for a while takes nothing away: what was known is read again.
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urldefrag, urlsplit

import httpx
import msgspec

from core import egress
from core.access import Actor
from core.database import Unit, transaction
from core.knowledge import reading
from core.knowledge.reading.html import resolved
from core.knowledge.sources import actions, documents, queries, robots, sitemaps
from core.knowledge.sources.queries import Before, Rules, Waiting
from core.knowledge.sources.structs import SourceView

AGENT = "LacasaBot/1.0 (knowledge of a helpdesk; one page at a time)"
HEADERS = {"user-agent": AGENT, "accept": "text/html,application/xhtml+xml,text/plain;q=0.8,text/markdown;q=0.8"}
ANSWER_S = 20.0
DELAY_S = 0.5
PIECE_S = 60.0
PIECE = 50
"""Pages and seconds of one job; the next goes on."""
PAGES_MAX = 2000
SITEMAPS_MAX = 50
SITEMAPS_S = 120.0
"""So many sitemaps of a website are read, for so long."""
DEPTH_MAX = 4
DIRECTIVES = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
"""Of `X-Robots-Tag`, those with a value: any other word before a colon names a robot."""
MARK_MAX = 200
MISSED_MAX = 2
"""A page that was not there in so many readings one after the other is gone."""
SITEMAP_TRIES, SITEMAP_MISSED = 3, timedelta(days=3)
"""A sitemap that was there is gone if it was not found in so many readings one after the other, over so long."""
AT_ONCE = 100
"""So many pages are forgotten in one unit of work."""
GONE = frozenset({404, 410})
TYPES: dict[str, reading.Format] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "markdown", "": "html",
}  # fmt: skip
FOUND = """
INSERT INTO source_pages AS p (organization_id, source_id, address, run, depth)
SELECT $1, $2, f.address, $4, $5 FROM unnest($3::text[]) WITH ORDINALITY AS f (address, place)
WHERE place <= $6 - (SELECT count(*) FROM source_pages c WHERE c.organization_id = $1 AND c.source_id = $2 AND c.run = $4) ORDER BY place
ON CONFLICT (organization_id, source_id, address) DO UPDATE SET run = EXCLUDED.run, depth = EXCLUDED.depth, state = 'waiting', trouble = ''
    WHERE p.run < EXCLUDED.run
"""
READ = """
UPDATE source_pages SET state = $4, trouble = $5, etag = $6, modified = $7, missed = $8
WHERE organization_id = $1 AND source_id = $2 AND address = $3 AND state = 'waiting'
"""
KNOWN = """
UPDATE source_pages SET run = $3, state = 'waiting', trouble = '' WHERE organization_id = $1 AND id IN (
    SELECT id FROM source_pages WHERE organization_id = $1 AND source_id = $2 AND run < $3 AND state <> 'gone' ORDER BY run DESC, id LIMIT $4)
"""
ENTERED = """
NOT EXISTS (SELECT FROM source_pages b JOIN knowledge_sources s ON s.organization_id = $1 AND s.id = $2
            WHERE b.organization_id = $1 AND b.source_id = $2 AND b.run = $3 AND b.depth = 0 AND b.state = 'failed' AND s.follows)
"""
"""The page that all links begin at could be read, or links are not gone by: what was not found is not there."""
UNLISTED = f"UPDATE source_pages SET missed = missed + 1 WHERE organization_id = $1 AND source_id = $2 AND run < $3 AND {ENTERED}"
FORGET = f"""
DELETE FROM source_pages WHERE organization_id = $1 AND id IN (
    SELECT id FROM source_pages WHERE organization_id = $1 AND source_id = $2 AND run < $3 AND (state = 'gone' OR missed + 1 >= $4) AND {ENTERED}
    LIMIT $5)
RETURNING address
"""


class Read(msgspec.Struct):
    """What became of a page: see `SourcePage.state`. `found`: addresses that it leads to; `drops`: its document is not to be kept."""

    state: str
    trouble: str = ""
    etag: str = ""
    modified: str = ""
    missed: int = 0
    drops: bool = False
    found: list[str] = []
    document: reading.Reading | None = None


class Listing(msgspec.Struct):
    """What sitemaps list. `away`: one could not be read for now; `gone`: one that is named, or the only one looked for, is not there."""

    pages: list[str] = []
    away: bool = False
    gone: bool = False


class Missed(msgspec.Struct, frozen=True):
    """What comes of a listing that is not whole. `trouble`: what was known stays; `tries` and `since`: see `Source.sitemap_missed`."""

    trouble: str = ""
    tries: int = 0
    since: datetime | None = None


async def go(actor: Actor, source: SourceView) -> bool:
    """Go on with a reading for about a minute; whether it is complete.

    Raises:
        Unreadable: `robots`, `unreachable` or `sitemap`: there is nothing to read.
    """
    if source.status == "waiting":
        await _discover(actor, source)
        return False
    rules, until = await queries.rules(actor, source.id), time.monotonic() + PIECE_S
    rulebook = robots.parse(rules.robots)
    for page in await queries.waiting(actor, source, PIECE):
        if time.monotonic() > until:
            return False
        if rules.follows and page.depth < DEPTH_MAX:  # what it leads to is to be seen, changed or not
            page = msgspec.structs.replace(page, etag="", modified="")
        read = await _read(source, page, rulebook)
        if not await _keep(actor, source, page, read, rules):
            return False
        await asyncio.sleep(max(DELAY_S, rulebook.delay_s))
    return not await queries.waiting(actor, source, 1) and await _forgotten(actor, source, until)


def site(address: str) -> tuple[str, int | None]:
    """What two addresses of one website share: its name (with or without `www`) and port."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").removeprefix("www."), None if parts.port in (None, 80, 443) else parts.port
    except ValueError:
        return "", None


def whole(base: str, address: str) -> str:
    """An address as it is kept: whole, without a fragment; empty if it leads out of the website of `base`."""
    found = urldefrag(resolved(base, address))[0]
    return found if found and site(found) == site(base) else ""


async def _get(source: SourceView, address: str, *, answer_max: int, **headers: str) -> egress.Answer:
    return await egress.get(
        address, may=lambda to: bool(whole(source.address, to)), headers=HEADERS | headers, time_s=ANSWER_S, answer_max=answer_max
    )


async def _discover(actor: Actor, source: SourceView) -> None:
    """Find out what there is to read: what its sitemaps list, else the page to begin at and what that leads to."""
    text = await _robots(source)
    rulebook = robots.parse(text)
    start = whole(source.address, source.address)
    is_sitemap = urlsplit(start).path.lower().endswith((".xml", ".xml.gz"))
    named = [start] if is_sitemap else [one for one in (whole(start, one) for one in rulebook.sitemaps) if one]
    listing = await _listed(source, named, "" if is_sitemap else whole(start, "/sitemap.xml"), rulebook)
    missed = _missed(await queries.before(actor, source.id), listing)
    if is_sitemap and not listing.pages and not missed.trouble:
        raise reading.Unreadable("sitemap", "there is no sitemap with pages of this website")
    if not is_sitemap and not rulebook.allows(start):
        raise reading.Unreadable("robots", "the website's robots.txt forbids it")
    async with transaction(actor) as db:
        now = await queries.get(actor, source.id, lock=True)
        if now.run != source.run or now.status != "waiting":
            return
        if missed.trouble:
            await db.execute(KNOWN, actor.organization_id, source.id, source.run, PAGES_MAX)
        await _add(db, actor, source, listing.pages if is_sitemap else [start, *listing.pages], 0)
        await actions.changed(
            actor,
            source.id,
            status="reading",
            trouble=missed.trouble,
            robots=text,
            follows=not listing.pages and not missed.trouble,
            sitemap_missed=missed.tries,
            sitemap_missed_at=missed.since,
        )


def _missed(before: Before, listing: Listing) -> Missed:
    """A website that was read by its sitemap goes on as before while that cannot be had, and until it is surely gone."""
    if not before.by_sitemap:
        return Missed()
    if listing.away:
        return Missed("sitemap_away", before.missed, before.missed_at)
    if not listing.gone:
        return Missed()
    now = datetime.now(UTC)
    tries, since = before.missed + 1, before.missed_at or now
    is_over = tries >= SITEMAP_TRIES and now - since >= SITEMAP_MISSED
    return Missed("" if is_over else "sitemap_gone", tries, since)


async def _robots(source: SourceView) -> str:
    """The website's robots.txt. One that cannot be had forbids all, one that is not there nothing (RFC 9309)."""
    try:
        answer = await _get(source, resolved(source.address, "/robots.txt"), answer_max=robots.SIZE_MAX * 2)
    except (httpx.HTTPError, TimeoutError):
        raise reading.Unreadable("unreachable", "the website does not answer") from None
    if answer.status >= 500 or answer.status == 429:
        raise reading.Unreadable("robots", "the website's robots.txt cannot be read")
    return answer.body[: robots.SIZE_MAX].decode(errors="replace").replace("\x00", "") if answer.status < 300 else ""


async def _listed(source: SourceView, named: list[str], guessed: str, rulebook: robots.Robots) -> Listing:
    """What sitemaps list of this website, and may be read. Whether the `guessed` one is there matters only where none is named."""
    found, pages, seen = Listing(), dict[str, None](), set[str]()
    left, until = [*named, guessed], time.monotonic() + SITEMAPS_S
    while left and time.monotonic() < until and len(seen) < SITEMAPS_MAX and len(pages) < PAGES_MAX:
        address = left.pop(0)
        if address in seen or not address:
            continue
        seen.add(address)
        sitemap, is_away = await _sitemap(source, address)
        if sitemap is not None:
            left += sitemap.sitemaps and [whole(source.address, one) for one in sitemap.sitemaps[:SITEMAPS_MAX]]
            pages |= dict.fromkeys(await asyncio.to_thread(_allowed, source, sitemap.pages, rulebook, until))
        elif address != guessed or not named:
            found.away, found.gone = found.away or is_away, found.gone or not is_away
        await asyncio.sleep(max(DELAY_S, rulebook.delay_s))
    return Listing(list(pages)[:PAGES_MAX], found.away or time.monotonic() >= until, found.gone or not pages)


async def _sitemap(source: SourceView, address: str) -> tuple[sitemaps.Sitemap | None, bool]:
    """A sitemap, or None and whether it may only be away for now."""
    try:
        answer = await _get(source, address, answer_max=sitemaps.SIZE_MAX)
    except (httpx.HTTPError, TimeoutError):
        return None, True
    if answer.status != 200:
        return None, answer.status not in GONE
    return await asyncio.to_thread(sitemaps.parse, answer.body), False


def _allowed(source: SourceView, addresses: list[str], rulebook: robots.Robots, until: float) -> list[str]:
    """Those of this website that may be read, as far as the time reaches."""
    found = list[str]()
    for one in (whole(source.address, address) for address in addresses):
        if time.monotonic() > until or len(found) >= PAGES_MAX:
            break
        if one and rulebook.allows(one):
            found.append(one)
    return found


async def _read(source: SourceView, page: Waiting, rulebook: robots.Robots) -> Read:
    if not rulebook.allows(page.address):
        return Read("skipped", "robots", drops=True)
    asked = {name: value for name, value in (("if-none-match", page.etag), ("if-modified-since", page.modified)) if value}
    try:
        answer = await _get(source, page.address, answer_max=reading.PAGE_MAX, **asked)
    except TimeoutError:
        return Read("failed", "too_slow")
    except egress.Refused as refused:
        return Read("failed", "too_large" if "larger" in str(refused) else "refused")
    except httpx.HTTPError:
        return Read("failed", "unreachable")
    if answer.status == 304:
        return Read("same", etag=page.etag, modified=page.modified)
    if answer.status in GONE:
        is_gone = page.missed + 1 >= MISSED_MAX
        return Read("gone" if is_gone else "failed", "not_found", missed=page.missed + 1, drops=is_gone)
    if answer.status != 200:
        return Read("failed", f"status_{answer.status}")
    return await _understood(source, page, answer, rulebook)


async def _understood(source: SourceView, page: Waiting, answer: egress.Answer, rulebook: robots.Robots) -> Read:
    """A page that leads elsewhere is read there, once; but here, where what it leads to says that this is its address: there it is passed over."""
    content_type = answer.headers.get("content-type", "")
    kind = TYPES.get(content_type.partition(";")[0].strip().lower())
    if kind is None:
        return Read("skipped", "type", drops=True)
    to = whole(source.address, answer.address)
    moved = Read("skipped", "moved", drops=True, found=[to]) if to and to != page.address else None
    if moved and not rulebook.allows(to):
        return moved
    try:
        found = await reading.read(answer.body, kind, name=page.address, content_type=content_type, address=answer.address)
    except reading.Unreadable as unreadable:
        return moved or Read("failed", unreadable.reason)
    canonical = whole(source.address, found.canonical) if found.canonical else ""
    if moved and canonical != page.address:
        return moved
    links = [] if found.nofollow else [one for one in (whole(source.address, link) for link in found.links) if one]
    if found.noindex or _is_kept_out(answer.headers.get("x-robots-tag", "")):
        return Read("skipped", "noindex", drops=True, found=links)
    if canonical and canonical != page.address:
        return Read("skipped", "canonical", drops=True, found=[canonical, *links])
    etag, modified = (_mark(answer.headers.get(name, "")) for name in ("etag", "last-modified"))
    return Read("read", etag=etag, modified=modified, document=found, found=links)


def _is_kept_out(header: str) -> bool:
    """Whether an `X-Robots-Tag` forbids keeping a page, to all or to us. `max-image-preview:none` and words to other robots do not."""
    words, is_ours = set[str](), True
    for directive in header.lower().split(","):
        name, colon, rest = directive.strip().partition(":")
        if colon and name not in DIRECTIVES:
            is_ours, name = name.strip() == "lacasabot", rest.strip()
        if is_ours:
            words.add(name)
    return bool(words & {"noindex", "none"})


def _mark(value: str) -> str:
    """What a website says of a page's version, if it can be said back."""
    return value if len(value) <= MARK_MAX and value.isascii() and value.isprintable() else ""


async def _keep(actor: Actor, source: SourceView, page: Waiting, read: Read, rules: Rules) -> bool:
    """Keep what became of a page; whether the reading goes on."""
    async with transaction(actor) as db:
        now = await queries.get(actor, source.id, lock=True)
        if now.run != source.run or now.status != "reading":
            return False
        values = (page.address, read.state, read.trouble, read.etag, read.modified, read.missed)
        if not await db.execute(READ, actor.organization_id, source.id, *values):
            return True
        if read.drops:
            await documents.drop(db, actor, source.id, [page.address])
        if read.document is not None:
            await documents.keep(db, actor, now, page.address, read.document.title, read.document.body, address=page.address)
        if read.trouble in {"moved", "canonical"}:
            await _add(db, actor, source, read.found[:1], page.depth)
        if rules.follows and page.depth < DEPTH_MAX:
            await _add(db, actor, source, read.found, page.depth + 1)
        await actions.changed(actor, source.id, current=page.address)
    return True


async def _add(db: Unit, actor: Actor, source: SourceView, addresses: list[str], depth: int) -> None:
    await db.execute(FOUND, actor.organization_id, source.id, list(dict.fromkeys(addresses)), source.run, depth, PAGES_MAX)


async def _forgotten(actor: Actor, source: SourceView, until: float) -> bool:
    """What no page led to any more is gone, the second time: whether all of it is."""
    while time.monotonic() < until:
        async with transaction(actor) as db:
            now = await queries.get(actor, source.id, lock=True)
            if now.run != source.run or now.status != "reading":
                return False
            rows = await db.fetch_rows(FORGET, actor.organization_id, source.id, source.run, MISSED_MAX, AT_ONCE)
            await documents.drop(db, actor, source.id, [row["address"] for row in rows])
        if len(rows) < AT_ONCE:
            return True
    return False


async def end(actor: Actor, source: SourceView) -> str:
    """What no page led to is missed from now on. `nothing`: not one page could be read."""
    async with transaction(actor) as db:
        await db.execute(UNLISTED, actor.organization_id, source.id, source.run)
        now = await queries.get(actor, source.id)
    return "" if now.documents else "nothing"
