"""What was read becomes documents: articles that nobody edits. One per page or file; a long one is kept in parts."""

import hashlib
from collections.abc import Sequence

from core.access import Actor
from core.database import Unit
from core.knowledge import actions
from core.knowledge.queries import COLUMNS
from core.knowledge.sources.structs import SourceView
from core.knowledge.structs import BODY_MAX, ArticleView

PART_MAX = BODY_MAX - 5000
KEPT = """
SELECT a.source_key, a.content_hash FROM articles a
WHERE a.organization_id = $1 AND a.source_id = $2 AND (a.source_key = $3 OR a.source_key LIKE $4)
"""
KEEP = f"""
INSERT INTO articles AS a (organization_id, source_id, source_key, content_hash, slug, title, body, address, category, audience, language,
    kind, status, published_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'document', 'published', now())
ON CONFLICT (organization_id, source_id, source_key) WHERE source_id IS NOT NULL DO UPDATE SET content_hash = EXCLUDED.content_hash,
    title = EXCLUDED.title, body = EXCLUDED.body, address = EXCLUDED.address, category = EXCLUDED.category, audience = EXCLUDED.audience,
    language = EXCLUDED.language, version = a.version + 1, updated_at = now()
RETURNING {COLUMNS}
"""
DROP = "DELETE FROM articles WHERE organization_id = $1 AND source_id = $2 AND source_key = ANY ($3::text[]) RETURNING id"


async def keep(db: Unit, actor: Actor, source: SourceView, key: str, title: str, body: str, *, address: str = "") -> bool:
    """Keep a document by its key in the open unit of work; whether anything of it is new. What is the same costs one read."""
    wanted = {_key(key, number): part for number, part in enumerate(parts(body), 1)}
    rows = await db.fetch_rows(KEPT, actor.organization_id, source.id, key, _like(key))
    kept = {row["source_key"]: row["content_hash"] for row in rows}
    await _drop(db, actor, source.id, [one for one in kept if one not in wanted])
    changed = False
    for number, (part_key, part) in enumerate(wanted.items(), 1):
        named = title if len(wanted) == 1 else f"{title[:180]} ({number}/{len(wanted)})"
        digest = hashlib.sha256("\n".join([named, address, part]).encode()).hexdigest()
        if kept.get(part_key) == digest:
            continue
        common = (address if address.startswith("https://") else "", source.category, source.audience, source.language)
        values = (source.id, part_key, digest, slug(source.id, part_key), named, part, *common)
        await actions.saved(db, actor, await db.fetch_one(ArticleView, KEEP, actor.organization_id, *values))
        changed = True
    return changed


async def drop(db: Unit, actor: Actor, source_id: int, keys: Sequence[str]) -> None:
    """Drop documents with all their parts, in the open unit of work."""
    for key in keys:
        rows = await db.fetch_rows(KEPT, actor.organization_id, source_id, key, _like(key))
        await _drop(db, actor, source_id, [row["source_key"] for row in rows])


async def _drop(db: Unit, actor: Actor, source_id: int, keys: Sequence[str]) -> None:
    for row in await db.fetch_rows(DROP, actor.organization_id, source_id, list(keys)) if keys else []:
        await actions.deleted(actor, row["id"])


def slug(source_id: int, key: str) -> str:
    """The same for the same document, whenever it is read."""
    return f"document-{source_id}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _key(key: str, number: int) -> str:
    return key if number == 1 else f"{key}#part-{number}"


def _like(key: str) -> str:
    return key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "#part-%"


def parts(body: str) -> list[str]:
    """The text in parts that an article can hold, cut before a heading, else between paragraphs or lines where that is possible."""
    found, rest = [], body
    while len(rest) > BODY_MAX:
        window = rest[:PART_MAX]
        cuts = (window.rfind(mark, PART_MAX // 2) for mark in ("\n# ", "\n## ", "\n### ", "\n\n", "\n"))
        place = next((cut for cut in cuts if cut > 0), PART_MAX)
        found.append(rest[:place].strip())
        rest = rest[place:].strip()
    return [*found, rest]
