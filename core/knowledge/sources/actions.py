"""Adding sources, having them read, stopping that, removing them with all that was read."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from core.access import MARKETERS, Actor, ActorKind, Audience
from core.database import Unit, transaction
from core.errors import Conflict, Invalid
from core.events.log import record
from core.extend.files import too_large
from core.jobs import ledger
from core.knowledge import actions as articles
from core.knowledge import structs
from core.knowledge.events import SourceDeleted, SourceSaved
from core.knowledge.queries import COLUMNS
from core.knowledge.reading import FILE_MAX, format_of
from core.knowledge.reading.characters import one_line
from core.knowledge.reading.html import resolved
from core.knowledge.sources import queries
from core.knowledge.sources.structs import SourceView, WebsiteInput
from core.knowledge.structs import ArticleView

SOURCES_MAX = 500
TAKEN_UP_MAX = 3
"""So often in a row a reading whose job is gone is begun anew: whoever drops it again and again may know why."""
AT_ONCE = 100
"""So many documents are deleted in one unit of work."""
READ = "core.knowledge.sources.read_source"
ADD = """
INSERT INTO knowledge_sources (organization_id, kind, name, address, audience, language, category, refresh_hours)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id
"""
KEEP_FILE = """
INSERT INTO source_files (organization_id, source_id, content_type, content) VALUES ($1, $2, $3, $4)
ON CONFLICT (organization_id, source_id) DO UPDATE SET content_type = EXCLUDED.content_type, content = EXCLUDED.content
"""
AGAIN = """
UPDATE knowledge_sources SET run = run + 1, status = 'waiting', trouble = '', current = '', next_at = NULL, taken_up = $3
WHERE organization_id = $1 AND id = $2
"""
FOLLOW = f"""
UPDATE articles a SET audience = s.audience, language = s.language, category = s.category, version = a.version + 1, updated_at = now()
FROM knowledge_sources s WHERE s.organization_id = $1 AND s.id = $2 AND a.organization_id = $1 AND a.source_id = $2
  AND (a.audience, a.language, a.category) IS DISTINCT FROM (s.audience, s.language, s.category) RETURNING {COLUMNS}
"""
REMOVE = """
DELETE FROM articles WHERE organization_id = $1 AND id IN (
    SELECT id FROM articles WHERE organization_id = $1 AND source_id = $2 ORDER BY id LIMIT $3) RETURNING id
"""
SAME_FILE = "SELECT id FROM knowledge_sources WHERE organization_id = $1 AND kind = 'file' AND name = $2"
NAME_MAX = 200


async def add_website(actor: Actor, data: WebsiteInput) -> SourceView:
    """Have a website read from now on. Admins and users.

    Raises:
        Conflict: `source_exists`, this address is read already.
        Invalid: `no_address`.
    """
    _allow(actor)
    address = urldefrag(resolved("", data.address))[0]
    if not address:
        raise Invalid("this is no address of a website", code="no_address")
    async with transaction(actor) as db:
        added = (name_of(address), address, data.audience, data.language, data.category, data.refresh_hours)
        source_id = await _add(db, actor, "website", *added)
        return await _started(actor, source_id)


def name_of(address: str) -> str:
    """What a website is called: its host and path as people read them, cut at the end where they are long."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    name = one_line(unquote(parts.netloc + path))
    return name if len(name) <= NAME_MAX else name[: NAME_MAX - 1] + "…"


async def add_file(
    actor: Actor,
    name: str,
    content_type: str,
    chunks: AsyncIterator[bytes],
    *,
    audience: structs.Audience = "internal",
    language: str = "",
    category: str = "",
) -> SourceView:
    """Keep a file and have it read; one of the same name takes the place of the one before. Admins and users.

    Who may read what was read of the one before follows at once, not only when the new one is read.

    Raises:
        Unreadable: `type`, it is nothing that can be read.
        TooLarge: it has too many bytes.
    """
    _allow(actor)
    format_of(name, content_type)
    data = await _whole(chunks)
    async with transaction(actor) as db:
        source_id = await db.fetch_value(SAME_FILE, actor.organization_id, name)
        if source_id is None:
            source_id = await _add(db, actor, "file", name, "", audience, language, category, 0)
        else:
            await queries.get(actor, source_id, lock=True)
            await db.execute(AGAIN, actor.organization_id, source_id, 0)
            named = {"audience": audience, "language": language, "category": category}
            await assign(db, actor, source_id, named)
            for article in await db.fetch(ArticleView, FOLLOW, actor.organization_id, source_id):
                await articles.saved(db, actor, article)
        await db.execute(KEEP_FILE, actor.organization_id, source_id, content_type[:120], data)
        return await _started(actor, source_id)


async def _whole(chunks: AsyncIterator[bytes]) -> bytes:
    data = bytearray()
    async for chunk in chunks:
        data += chunk
        if len(data) > FILE_MAX:
            raise too_large(FILE_MAX)
    if not data:
        raise Invalid("the file is empty", code="empty_file")
    return bytes(data)


async def _add(db: Unit, actor: Actor, *values: Any) -> int:
    count = await db.fetch_value("SELECT count(*) FROM knowledge_sources WHERE organization_id = $1", actor.organization_id)
    if count >= SOURCES_MAX:
        raise Conflict(f"an organization may have {SOURCES_MAX} sources", code="too_many_sources")
    source_id = await db.fetch_value(ADD, actor.organization_id, *values)
    if source_id is None:
        raise Conflict("this website or file is read already", code="source_exists")
    return int(source_id)


async def read_again(actor: Actor, source_id: int) -> SourceView:
    """Read a source anew, from its beginning; what is unchanged costs little. Nothing happens while it is being read.

    One whose job is gone (an admin dropped it) is not being read, whatever it says.
    """
    _allow(actor)
    async with transaction(actor) as db:
        source = await queries.get(actor, source_id, lock=True)
        if source.status in {"waiting", "reading"} and await ledger.is_held(actor, queries.key(source)):
            return source
        await db.execute(AGAIN, actor.organization_id, source_id, 0)
        return await _started(actor, source_id)


async def take_up(actor: Actor, source_id: int) -> SourceView | None:
    """Read a source anew whose job is gone while it was read; None: that has been done too often in a row.

    Raises:
        NotFound: it was removed.
    """
    async with transaction(actor) as db:
        source = await queries.get(actor, source_id, lock=True)
        if source.status not in {"waiting", "reading"} or await ledger.is_held(actor, queries.key(source)):
            return source
        before = await queries.taken_up(actor, source_id)
        if before >= TAKEN_UP_MAX:
            return None
        await db.execute(AGAIN, actor.organization_id, source_id, before + 1)
        return await _started(actor, source_id)


async def stop(actor: Actor, source_id: int) -> SourceView:
    """Stop reading; what was read stays. Nothing happens where nothing is read."""
    _allow(actor)
    async with transaction(actor):
        source = await queries.get(actor, source_id, lock=True)
        return await changed(actor, source_id, status="stopped", current="") if source.status in {"waiting", "reading"} else source


async def remove(actor: Actor, source_id: int) -> None:
    """Remove a source and all that was read from it, a number of documents at a time: what ends it early leaves the rest, and the source."""
    _allow(actor)
    async with transaction(actor):
        source = await queries.get(actor, source_id, lock=True)
        if source.status in {"waiting", "reading"} or source.next_at is not None:
            await changed(actor, source_id, status="stopped", current="", next_at=None)
    while not await _removed(actor, source_id):
        pass


async def _removed(actor: Actor, source_id: int) -> bool:
    async with transaction(actor) as db:
        await queries.get(actor, source_id, lock=True)
        rows = await db.fetch_rows(REMOVE, actor.organization_id, source_id, AT_ONCE)
        for row in rows:
            await articles.deleted(actor, row["id"])
        if len(rows) == AT_ONCE:
            return False
        await db.execute("DELETE FROM knowledge_sources WHERE organization_id = $1 AND id = $2", actor.organization_id, source_id)
        await record(SourceDeleted(organization_id=actor.organization_id, source_id=source_id, by=actor.ref), Audience())
    return True


async def _started(actor: Actor, source_id: int) -> SourceView:
    source = await changed(actor, source_id)
    await go_on(actor, source)
    return source


async def go_on(actor: Actor, source: SourceView) -> None:
    """Queue the next piece of a reading, in the open unit of work."""
    await ledger.enqueue(
        actor,
        READ,
        key=queries.key(source),
        organization_id=actor.organization_id,
        source_id=source.id,
        run=source.run,
    )


async def changed(actor: Actor, source_id: int, **values: Any) -> SourceView:
    """Note how a reading goes, and tell everybody."""
    async with transaction(actor) as db:
        if values:
            await assign(db, actor, source_id, values)
        source = await queries.get(actor, source_id)
        await record(SourceSaved(organization_id=actor.organization_id, source=source, by=actor.ref), Audience())
    return source


async def assign(db: Unit, actor: Actor, source_id: int, values: Mapping[str, Any]) -> None:
    """Write columns of a source, and tell nobody. Their names are ours, no input."""
    assigned = ", ".join(f"{name} = ${number}" for number, name in enumerate(values, 3))
    sql = f"UPDATE knowledge_sources SET {assigned} WHERE organization_id = $1 AND id = $2"
    await db.execute(sql, actor.organization_id, source_id, *values.values())


def _allow(actor: Actor) -> None:
    if actor.kind != ActorKind.system:
        actor.require(*MARKETERS)
