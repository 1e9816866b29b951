"""PostgreSQL as a knowledge index: embeddings of passages, where it has pgvector. Without it the search goes by words alone, and says so.

The table and its search are made by `lacasa migrate`, each time, as pgvector may come later; no migration can count on it. Whoever has a
model (the AI agent) asks for passages that lack its embedding and brings them; a passage's embeddings go with it.

A few thousand embeddings are compared one by one, exactly. An organization with many gets an index of its own for its model (HNSW), made while
it works: an index over all organizations would wade through everybody's to find one's own.
"""

import hashlib
from collections.abc import Sequence

from core.access import Actor
from core.database import Unit, pool, read, system_transaction, transaction
from core.extend.knowledge import Embedded, Meaning
from core.knowledge import search as passages
from core.knowledge.holdings import Holdings

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
COLUMNS = """
ALTER TABLE passage_vectors ADD COLUMN IF NOT EXISTS language text NOT NULL DEFAULT '';
ALTER TABLE passage_vectors ADD COLUMN IF NOT EXISTS dimension int NOT NULL GENERATED ALWAYS AS (vector_dims(vector)) STORED;
CREATE INDEX IF NOT EXISTS passage_vectors_filtered ON passage_vectors (organization_id, model, language, audience);
"""
"""What came after the first release of the table."""
STORE = """
INSERT INTO passage_vectors (organization_id, passage_id, model, audience, language, vector)
SELECT p.organization_id, p.id, $2, p.audience, p.language, given.vector::vector FROM unnest($3::bigint[], $4::text[]) AS given (id, vector)
JOIN passages p ON p.organization_id = $1 AND p.id = given.id FOR KEY SHARE OF p ON CONFLICT DO NOTHING
"""
FOLLOW = """
UPDATE passage_vectors v SET audience = p.audience, language = p.language FROM passages p
WHERE v.organization_id = $1 AND p.organization_id = $1 AND v.passage_id = p.id AND p.article_id = ANY ($2::bigint[])
  AND (v.audience, v.language) IS DISTINCT FROM (p.audience, p.language)
"""
ITERATIVE = "0.8"
"""pgvector's version from which an HNSW index goes on looking where filters left too few."""
SETTINGS = "SET hnsw.iterative_scan = strict_order SET hnsw.ef_search = 100"
MANY = 20_000
"""So many embeddings of one organization and model are worth an index."""
LARGE = """
SELECT organization_id, model, min(dimension) FROM passage_vectors GROUP BY 1, 2 HAVING count(*) >= $1
"""
"""Also of a model that is not in use yet: it has its index when it is put to use."""
PREFIX = "passage_vectors_near_"
NEAR = f"""
SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = 'passage_vectors'::regclass AND starts_with(c.relname, '{PREFIX}')
"""
LOCK = 0x1ACA5D
BUILD_S = 3600
"""So long may one index take."""

HOLDINGS = Holdings("postgres", "passage_vectors")
search = passages.search
lacking = HOLDINGS.lacking
in_use = HOLDINGS.in_use
adopt = HOLDINGS.adopt
retire = HOLDINGS.retire
behind = HOLDINGS.behind


async def provide(unit: Unit) -> bool:
    """Make table and search, if PostgreSQL has pgvector or may get it here; whether they are there afterwards. For the database's owner."""
    [[installed, available]] = await unit.fetch_rows(AVAILABLE)
    if not installed and not available:
        return False
    if not installed:
        await unit.execute("CREATE EXTENSION IF NOT EXISTS vector")
    if await unit.fetch_value("SELECT to_regclass('public.passage_vectors') IS NULL"):
        await unit.execute(TABLE)
    await unit.execute(COLUMNS)
    settings = SETTINGS if await _is_iterative(unit) else ""
    await unit.fetch_value("SELECT '[1]'::vector::text")  # pgvector is loaded then, and its settings are known
    await unit.execute(passages.NEAREST.format(settings=settings) + passages.HYBRID_ROUTINES)
    return True


async def _is_iterative(unit: Unit) -> bool:
    sql = "SELECT string_to_array(extversion, '.')::int[] >= string_to_array($1, '.')::int[] FROM pg_extension WHERE extname = 'vector'"
    return bool(await unit.fetch_value(sql, ITERATIVE))


async def follow(unit: Unit, actor: Actor, article_ids: Sequence[int]) -> None:
    """Embeddings take over audience and language of their passages, in the open unit of work."""
    if await unit.fetch_value("SELECT to_regclass('public.passage_vectors') IS NOT NULL"):
        await unit.execute(FOLLOW, actor.organization_id, list(article_ids))


async def is_there(actor: Actor) -> bool:
    """Whether passages can be found by meaning."""
    async with read(actor) as db:
        return bool(await db.fetch_value("SELECT to_regclass('public.passage_vectors') IS NOT NULL"))


async def store(actor: Actor, model: str, embedded: Sequence[Embedded]) -> None:
    """As `KnowledgeIndex.store`."""
    texts = [Meaning(model, vector).text for _, vector in embedded]
    async with transaction(actor) as db:
        await HOLDINGS.fitting(actor, model, {len(vector) for _, vector in embedded})
        await db.execute(STORE, actor.organization_id, model, [passage.id for passage, _ in embedded], texts)


async def forget(actor: Actor, article_id: int) -> None:
    """Nothing is left: a passage takes its embeddings with it."""


async def close() -> None:
    """Nothing was opened."""


async def build() -> None:
    """Make the indexes of large organizations, and drop those of models that were retired. Nobody who reads or writes waits for it."""
    async with system_transaction("large organizations get an index of their own") as db:
        if not await db.fetch_value("SELECT to_regclass('passage_vectors') IS NOT NULL") or not await _is_iterative(db):
            return
        wanted = {_name(row[0], row[1]): tuple(row) for row in await db.fetch_rows(LARGE, MANY)}
        there = {row[0]: row[1] for row in await db.fetch_rows(NEAR)}
    async with pool().acquire() as connection:
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            return
        await connection.execute("SET statement_timeout = 0; SET maintenance_work_mem = '256MB'")
        try:
            for name in [name for name, valid in there.items() if name not in wanted or not valid]:
                await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", timeout=BUILD_S)
            for name in [name for name in wanted if not there.get(name)]:
                organization_id, model, dimension = wanted[name]
                quoted = await connection.fetchval("SELECT quote_literal($1::text)", model)
                await connection.execute(
                    f"CREATE INDEX CONCURRENTLY {name} ON passage_vectors USING hnsw ((vector::vector({int(dimension)})) vector_cosine_ops) "
                    f"WHERE organization_id = {int(organization_id)} AND model = {quoted}",
                    timeout=BUILD_S,
                )
        finally:
            await connection.execute(f"RESET statement_timeout; RESET maintenance_work_mem; SELECT pg_advisory_unlock({LOCK})")


def _name(organization_id: int, model: str) -> str:
    return f"{PREFIX}{organization_id}_{hashlib.sha256(model.encode()).hexdigest()[:8]}"
