"""What an index holds: of which passages it has embeddings, by which models, and which of these an organization uses.

A model is put to use in one statement, as soon as no passage lacks its embedding; until then questions go on with the one before. A search compares
embeddings of one model only, so that two never mix.
"""

import msgspec

from core.access import Actor
from core.database import read, system_transaction, transaction
from core.extend.knowledge import InUse, Lacking, OtherDimension

LACKS = "NOT EXISTS (SELECT FROM {table} v WHERE v.organization_id = p.organization_id AND v.model = {model} AND v.passage_id = p.id AND {own})"
LACKING = f"""
SELECT p.id, p.article_id, a.version, p.title, p.heading, p.text, p.audience, p.language
FROM passages p JOIN articles a ON a.organization_id = $1 AND a.id = p.article_id
WHERE p.organization_id = $1 AND {LACKS.replace("{model}", "$2")} ORDER BY p.id LIMIT $3
"""
BEHIND = f"""
SELECT DISTINCT p.organization_id FROM passages p
WHERE {LACKS.replace("{model}", "$1")} OR NOT EXISTS (
    SELECT FROM knowledge_models k WHERE k.organization_id = p.organization_id AND k.index_name = $2 AND k.model = $1) ORDER BY 1
"""
KEPT = "SELECT v.dimension FROM {table} v WHERE v.organization_id = $1 AND v.model = $2 AND {own} LIMIT 1"
ADOPT = f"""
WITH before AS (SELECT model FROM knowledge_models WHERE organization_id = $1 AND index_name = $3)
INSERT INTO knowledge_models AS k (organization_id, index_name, model, dimension)
SELECT $1, $3, $2, v.dimension FROM {{table}} v
WHERE v.organization_id = $1 AND v.model = $2 AND {{own}}
  AND NOT EXISTS (SELECT FROM passages p WHERE p.organization_id = $1 AND {LACKS.replace("{model}", "$2")}) LIMIT 1
ON CONFLICT (organization_id, index_name) DO UPDATE SET model = EXCLUDED.model, dimension = EXCLUDED.dimension, since = now()
    WHERE k.model <> EXCLUDED.model
RETURNING (SELECT model FROM before)
"""
RETIRE = """
DELETE FROM {table} v WHERE v.organization_id = $1 AND {own} AND (v.model, v.passage_id) IN (
    SELECT v.model, v.passage_id FROM {table} v WHERE v.organization_id = $1 AND v.model <> $2 AND {own}
      AND v.model IS DISTINCT FROM (SELECT k.model FROM knowledge_models k WHERE k.organization_id = $1 AND k.index_name = $3) LIMIT $4)
"""
IN_USE = (
    "SELECT model, dimension FROM knowledge_models WHERE organization_id = $1 AND index_name = $2 AND to_regclass($3) IS NOT NULL"
)


class Holdings(msgspec.Struct, frozen=True):
    """The part of `KnowledgeIndex` that is the same for all: `table` has a row (organization_id, passage_id, model, dimension) for each embedding.

    `own`: which of its rows `v` are this index's.
    """

    index: str
    table: str
    own: str = "true"

    async def lacking(self, actor: Actor, model: str, limit: int) -> list[Lacking]:
        async with read(actor) as db:
            return await db.fetch(Lacking, self._sql(LACKING), actor.organization_id, model, limit)

    async def behind(self, model: str) -> list[int]:
        async with system_transaction("a model belongs to all organizations") as db:
            if not await db.fetch_value("SELECT to_regclass($1) IS NOT NULL", self.table):
                return []
            return [row[0] for row in await db.fetch_rows(self._sql(BEHIND), model, self.index)]

    async def in_use(self, actor: Actor) -> InUse | None:
        async with read(actor) as db:
            return await db.fetch_one(InUse, IN_USE, actor.organization_id, self.index, self.table)

    async def adopt(self, actor: Actor, model: str) -> str | None:
        async with transaction(actor) as db:
            before: str | None = await db.fetch_value(self._sql(ADOPT), actor.organization_id, model, self.index)
            return before

    async def retire(self, actor: Actor, keep: str, limit: int) -> int:
        async with transaction(actor) as db:
            return await db.execute(self._sql(RETIRE), actor.organization_id, keep, self.index, limit)

    async def kept(self, actor: Actor, model: str) -> int | None:
        """How many numbers the embeddings have that are kept of a model; None: there are none."""
        async with read(actor) as db:
            found: int | None = await db.fetch_value(self._sql(KEPT), actor.organization_id, model)
        return found

    async def fitting(self, actor: Actor, model: str, dimensions: set[int]) -> int:
        """The one length that new embeddings of a model have.

        Raises:
            OtherDimension: they have several, or another one than those that are kept.
        """
        kept = await self.kept(actor, model)
        if len(dimensions) != 1 or (kept is not None and dimensions != {kept}):
            raise OtherDimension(f"embeddings of {model} have {kept or 'one length'}, not {sorted(dimensions)} numbers")
        return next(iter(dimensions))

    def _sql(self, template: str) -> str:
        return template.format(table=self.table, own=self.own)
