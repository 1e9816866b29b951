"""Reads of sources and of what a reading of a website has yet to do."""

from datetime import datetime

import msgspec

from core.access import Actor
from core.database import read, system_transaction
from core.errors import NotFound
from core.knowledge.sources.structs import SourceView

COLUMNS = """
s.id, s.kind, s.name, s.address, s.audience, s.language, s.category, s.status, s.trouble, s.current, s.refresh_hours, s.run,
coalesce(p.found, 0), coalesce(p.done, 0), coalesce(p.skipped, 0), coalesce(p.failed, 0),
(SELECT count(*) FROM articles a WHERE a.organization_id = s.organization_id AND a.source_id = s.id), s.finished_at, s.next_at, s.created_at
"""
COUNTS = """
LEFT JOIN LATERAL (
    SELECT count(*) AS found, count(*) FILTER (WHERE state <> 'waiting') AS done, count(*) FILTER (WHERE state IN ('skipped', 'gone')) AS skipped,
           count(*) FILTER (WHERE state = 'failed') AS failed
    FROM source_pages p WHERE p.organization_id = s.organization_id AND p.source_id = s.id AND p.run = s.run
) p ON true
"""
ONE = f"SELECT {COLUMNS} FROM knowledge_sources s {COUNTS} WHERE s.organization_id = $1 AND s.id = $2"
ALL = f"SELECT {COLUMNS} FROM knowledge_sources s {COUNTS} WHERE s.organization_id = $1 ORDER BY lower(s.name), s.id"
DUE = "SELECT organization_id, id FROM knowledge_sources WHERE next_at <= now() AND status NOT IN ('waiting', 'reading') ORDER BY next_at LIMIT 200"
LOST = """
SELECT s.organization_id, s.id FROM knowledge_sources s WHERE s.status IN ('waiting', 'reading') AND NOT EXISTS (
    SELECT FROM jobs j WHERE j.organization_id = s.organization_id AND j.key = 'source:' || s.id || ':' || s.run AND j.status < 2)
ORDER BY s.id LIMIT 200
"""
"""The key of a job as `key` makes it."""
BEFORE = """
SELECT NOT s.follows AND EXISTS (SELECT FROM source_pages p WHERE p.organization_id = $1 AND p.source_id = $2 AND p.run < s.run),
       s.sitemap_missed, s.sitemap_missed_at
FROM knowledge_sources s WHERE s.organization_id = $1 AND s.id = $2
"""
NEXT = """
SELECT address, depth, etag, modified, missed FROM source_pages
WHERE organization_id = $1 AND source_id = $2 AND run = $3 AND state = 'waiting' ORDER BY depth, id LIMIT $4
"""


class Rules(msgspec.Struct, frozen=True):
    """What one reading of a website goes by."""

    robots: str
    follows: bool


class Before(msgspec.Struct, frozen=True):
    """How pages were found the last time: whether by a sitemap, and since when, in how many readings, one was not there."""

    by_sitemap: bool
    missed: int
    missed_at: datetime | None


class Waiting(msgspec.Struct, frozen=True):
    """A page that is to be read."""

    address: str
    depth: int
    etag: str
    modified: str
    missed: int


def key(source: SourceView) -> str:
    """Of the job that reads it now."""
    return f"source:{source.id}:{source.run}"


async def get(actor: Actor, source_id: int, *, lock: bool = False) -> SourceView:
    """Raises: NotFound: unknown to the actor's organization."""
    async with read(actor) as db:
        found = await db.fetch_one(SourceView, ONE + (" FOR UPDATE OF s" if lock else ""), actor.organization_id, source_id)
    if found is None:
        raise NotFound("this source does not exist")
    return found


async def all_of(actor: Actor) -> list[SourceView]:
    """By name; an organization has few (`actions.SOURCES_MAX`)."""
    async with read(actor) as db:
        return await db.fetch(SourceView, ALL, actor.organization_id)


async def due() -> list[tuple[int, int]]:
    """Organizations and their sources whose time to be read again has come."""
    async with system_transaction("sources of all organizations fall due") as db:
        return [(row[0], row[1]) for row in await db.fetch_rows(DUE)]


async def lost() -> list[tuple[int, int]]:
    """Organizations and their sources that are said to be read, by a job that is gone."""
    async with system_transaction("sources of all organizations may have lost their jobs") as db:
        return [(row[0], row[1]) for row in await db.fetch_rows(LOST)]


async def taken_up(actor: Actor, source_id: int) -> int:
    """How often in a row its reading was begun anew because its job was gone."""
    async with read(actor) as db:
        sql = "SELECT taken_up FROM knowledge_sources WHERE organization_id = $1 AND id = $2"
        return int(await db.fetch_value(sql, actor.organization_id, source_id) or 0)


async def rules(actor: Actor, source_id: int) -> Rules:
    async with read(actor) as db:
        sql = "SELECT robots, follows FROM knowledge_sources WHERE organization_id = $1 AND id = $2"
        found = await db.fetch_one(Rules, sql, actor.organization_id, source_id)
    return found or Rules("", follows=False)


async def before(actor: Actor, source_id: int) -> Before:
    async with read(actor) as db:
        return await db.fetch_one(Before, BEFORE, actor.organization_id, source_id) or Before(
            by_sitemap=False, missed=0, missed_at=None
        )


async def waiting(actor: Actor, source: SourceView, limit: int) -> list[Waiting]:
    async with read(actor) as db:
        return await db.fetch(Waiting, NEXT, actor.organization_id, source.id, source.run, limit)


async def content(actor: Actor, source_id: int) -> tuple[bytes, str] | None:
    """A file's bytes and its declared type."""
    sql = "SELECT content, content_type FROM source_files WHERE organization_id = $1 AND source_id = $2"
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, source_id)
    return (rows[0][0], rows[0][1]) if rows else None
