"""Embeddings of passages, where PostgreSQL has pgvector. Without it the search goes by words alone, and says so.

The table and its search are made by `lacasa migrate`, each time, as pgvector may come later; no migration can count on it. Whoever has a
model (the AI agent) asks for passages that lack its embedding and brings them; a passage's embeddings go with it.
"""

from collections.abc import Sequence

import msgspec

from core.access import Actor
from core.database import Unit, read, system_transaction, transaction
from core.knowledge.search import HYBRID_ROUTINES, Meaning

AVAILABLE = """
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector'),
       EXISTS (SELECT FROM pg_available_extension_versions v, pg_roles r
               WHERE v.name = 'vector' AND r.rolname = current_user AND (v.trusted OR r.rolsuper))
"""
"""Whether pgvector is here, and whether we may get it."""
TABLE = """
CREATE TABLE passage_vectors (
    organization_id bigint NOT NULL, passage_id bigint NOT NULL, model text NOT NULL, audience text NOT NULL, vector vector NOT NULL,
    PRIMARY KEY (organization_id, model, passage_id),
    FOREIGN KEY (organization_id, passage_id) REFERENCES passages (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX passage_vectors_passage ON passage_vectors (organization_id, passage_id);
ALTER TABLE passage_vectors ENABLE ROW LEVEL SECURITY;
CREATE POLICY organization ON passage_vectors TO lacasa_app
    USING (organization_id = nullif(current_setting('app.organization_id', true), '')::bigint)
    WITH CHECK (organization_id = nullif(current_setting('app.organization_id', true), '')::bigint);
GRANT SELECT, INSERT, UPDATE, DELETE ON passage_vectors TO lacasa_app;
"""
LACKING = """
SELECT p.id, p.title, p.heading, p.text FROM passages p
WHERE p.organization_id = $1
  AND NOT EXISTS (SELECT FROM passage_vectors v WHERE v.organization_id = $1 AND v.model = $2 AND v.passage_id = p.id) ORDER BY p.id LIMIT $3
"""
STORE = """
INSERT INTO passage_vectors (organization_id, passage_id, model, audience, vector)
SELECT p.organization_id, p.id, $2, p.audience, given.vector::vector FROM unnest($3::bigint[], $4::text[]) AS given (id, vector)
JOIN passages p ON p.organization_id = $1 AND p.id = given.id FOR KEY SHARE OF p ON CONFLICT DO NOTHING
"""

ORGANIZATIONS = """
SELECT DISTINCT p.organization_id FROM passages p
WHERE NOT EXISTS (SELECT FROM passage_vectors v WHERE v.organization_id = p.organization_id AND v.model = $1 AND v.passage_id = p.id) ORDER BY 1
"""


class Lacking(msgspec.Struct, frozen=True):
    """A passage that a model has no embedding of yet."""

    id: int
    title: str
    heading: str
    text: str

    @property
    def whole(self) -> str:
        """What is embedded: where a passage stands says half of what it means."""
        return "\n".join(filter(None, [self.title, self.heading, self.text]))


async def provide(unit: Unit) -> bool:
    """Make table and search, if PostgreSQL has pgvector or may get it here; whether they are there afterwards. For the database's owner."""
    [[installed, available]] = await unit.fetch_rows(AVAILABLE)
    if not installed and not available:
        return False
    if not installed:
        await unit.execute("CREATE EXTENSION IF NOT EXISTS vector")
    if await unit.fetch_value("SELECT to_regclass('public.passage_vectors') IS NULL"):
        await unit.execute(TABLE)
    await unit.execute(HYBRID_ROUTINES)
    return True


async def is_there(actor: Actor) -> bool:
    """Whether passages can be found by meaning."""
    async with read(actor) as db:
        return bool(await db.fetch_value("SELECT to_regclass('public.passage_vectors') IS NOT NULL"))


async def organizations_lacking(model: str) -> list[int]:
    """Organizations with passages that have no embedding of this model; none where there is no pgvector."""
    async with system_transaction("a model belongs to all organizations") as db:
        if not await db.fetch_value("SELECT to_regclass('public.passage_vectors') IS NOT NULL"):
            return []
        return [row[0] for row in await db.fetch_rows(ORGANIZATIONS, model)]


async def lacking(actor: Actor, model: str, limit: int) -> list[Lacking]:
    """Published passages without an embedding of this model, oldest first."""
    async with read(actor) as db:
        return await db.fetch(Lacking, LACKING, actor.organization_id, model, limit)


async def store(actor: Actor, model: str, vectors: Sequence[tuple[int, Sequence[float]]]) -> None:
    """Keep embeddings by passage id; of passages that are gone by now nothing is kept, what is there already stays."""
    texts = [Meaning(model, vector).text for _, vector in vectors]
    async with transaction(actor) as db:
        await db.execute(STORE, actor.organization_id, model, [passage for passage, _ in vectors], texts)
