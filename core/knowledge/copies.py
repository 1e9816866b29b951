"""For indexes outside of PostgreSQL: which passages they have copies of, and whether what they found may be seen.

PostgreSQL keeps the books (`indexed_passages`; a row goes with its passage), and has the last word on every search: a passage that is still there is
its article's current, published version.
"""

from collections.abc import Sequence

import msgspec

from core.access import Actor
from core.database import read, system_transaction, transaction
from core.extend.knowledge import Audience, Found
from core.knowledge.holdings import Holdings
from core.knowledge.search import PLACES, SENTENCE_MAX

NOTE = """
INSERT INTO indexed_passages (organization_id, passage_id, index_name, model, dimension)
SELECT p.organization_id, p.id, $2, $3, $4 FROM passages p WHERE p.organization_id = $1 AND p.id = ANY ($5::bigint[])
FOR KEY SHARE OF p ON CONFLICT DO NOTHING
"""
CURRENT = f"""
SELECT p.id, p.article_id, p.ordinal, p.title, p.heading, p.text, p.audience, (1.0 / ({PLACES} + h.place))::float8,
       ARRAY(SELECT unnest(tsvector_to_array(p.words)) INTERSECT SELECT unnest(tsvector_to_array(to_tsvector('english', left($4, {SENTENCE_MAX}))))
             ORDER BY 1), a.slug, a.version, a.kind, h.cosine, NULL::float8, NULL::float8, a.address
FROM unnest($2::bigint[], $3::float8[]) WITH ORDINALITY AS h (id, cosine, place)
JOIN passages p ON p.organization_id = $1 AND p.id = h.id JOIN articles a ON a.organization_id = $1 AND a.id = p.article_id
WHERE a.status = 'published' AND p.audience = ANY ($5) AND ($6 = '' OR p.language IN ('', $6)) ORDER BY h.place
"""
MODELS = """
SELECT model FROM knowledge_models WHERE organization_id = $1 AND index_name = $2
UNION SELECT model FROM indexed_passages WHERE organization_id = $1 AND index_name = $2 ORDER BY 1
"""
VERSION = "SELECT version FROM articles WHERE organization_id = $1 AND id = $2 AND status = 'published'"


class Hit(msgspec.Struct, frozen=True):
    """What an index found: a passage, and the cosine of what it and the question mean, where it is known."""

    passage_id: int
    cosine: float | None = None


def holdings(index: str) -> Holdings:
    """What `index` has copies of. Its name is ours, no input."""
    return Holdings(index, "indexed_passages", f"v.index_name = '{index}'")


async def current(
    actor: Actor, sentence: str, hits: Sequence[Hit], audiences: Sequence[Audience], language: str = ""
) -> list[Found]:
    """Of what an index found, in its order, what this actor's organization publishes now to these audiences, in this language or none."""
    ids, cosines = [hit.passage_id for hit in hits], [hit.cosine for hit in hits]
    async with read(actor) as db:
        return await db.fetch(
            Found, CURRENT, actor.organization_id, ids, cosines, sentence.replace("\x00", ""), list(audiences), language
        )


async def note(actor: Actor, index: str, model: str, dimension: int, passage_ids: Sequence[int]) -> None:
    """Write down that an index has copies of these passages by now; of passages that are gone meanwhile nothing is."""
    async with transaction(actor) as db:
        await db.execute(NOTE, actor.organization_id, index, model, dimension, list(passage_ids))


async def lost(actor: Actor, index: str, model: str) -> None:
    """An index has nothing of this model (any more): what the books say of it is struck out."""
    sql = "DELETE FROM indexed_passages WHERE organization_id = $1 AND index_name = $2 AND model = $3"
    async with transaction(actor) as db:
        await db.execute(sql, actor.organization_id, index, model)


async def lost_by_all(index: str, model: str) -> None:
    """The same for all organizations."""
    async with system_transaction("an index that lost a model lost it for all organizations") as db:
        await db.execute("DELETE FROM indexed_passages WHERE index_name = $1 AND model = $2", index, model)


async def published_version(actor: Actor, article_id: int) -> int | None:
    """None: it is a draft, or gone."""
    async with read(actor) as db:
        found: int | None = await db.fetch_value(VERSION, actor.organization_id, article_id)
    return found


async def models(actor: Actor, index: str) -> list[str]:
    """By which models an index has embeddings of the organization, as far as the books know."""
    async with read(actor) as db:
        return [row[0] for row in await db.fetch_rows(MODELS, actor.organization_id, index)]
