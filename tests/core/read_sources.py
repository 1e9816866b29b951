"""Sources for tests, read as their jobs read them, without a worker."""

import asyncio
from collections.abc import AsyncIterator

from core.access import Actor
from core.database import pool
from core.knowledge import queries as knowledge
from core.knowledge.sources import actions, jobs, queries
from core.knowledge.sources.structs import SourceView, WebsiteInput
from core.knowledge.structs import ArticleSummary
from tests.core.websites import Website


async def in_pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def a_file(admin: Actor, name: str, data: bytes, **values: str) -> SourceView:
    added = await actions.add_file(admin, name, "", in_pieces(data), **values)
    return await read(admin, added)


async def read(admin: Actor, source: SourceView) -> SourceView:
    """Do what its jobs do, to the end."""
    for _ in range(50):
        await jobs.read_source.function(admin.organization_id, source.id, source.run)
        now = await queries.get(admin, source.id)
        if now.status not in {"waiting", "reading"}:
            return now
    raise AssertionError("a source is read without an end")


async def of_website(admin: Actor, site: Website, path: str = "/", **values: object) -> SourceView:
    added = await actions.add_website(admin, WebsiteInput(site.at(path), **({"audience": "public"} | values)))
    return await read(admin, added)


async def until_done(admin: Actor, source: SourceView, pages: int) -> None:
    for _ in range(1000):
        if (await queries.get(admin, source.id)).done >= pages:
            return
        await asyncio.sleep(0.005)
    raise AssertionError("a source is not read")


async def again(admin: Actor, source: SourceView) -> SourceView:
    return await read(admin, await actions.read_again(admin, source.id))


async def titles(admin: Actor) -> list[str]:
    return sorted(one.title for one in await kept(admin))


async def kept(admin: Actor) -> list[ArticleSummary]:
    return (await knowledge.page(admin, None, None, None, None, 100)).items


async def states(source: SourceView) -> dict[str, str]:
    rows = await pool().fetch("SELECT address, state, trouble FROM source_pages WHERE source_id = $1", source.id)
    return {row[0].partition("/")[2].partition("/")[2].partition("/")[2]: f"{row[1]} {row[2]}".strip() for row in rows}
