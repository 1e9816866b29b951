"""The search that the help center and the AI agent share: passages by their words, and by what they mean where PostgreSQL has pgvector.

By words: a passage must share a word with the question (a customer's sentence never holds all of an article's), the rarest decide
which are looked at, and BM25 orders the best of these. By meaning: the cosine of embeddings that somebody else computes (the AI
agent). Both are fused by their places (reciprocal rank fusion), in one statement. Row-level security would keep PostgreSQL from
the text index, so these are functions that run as the owner and filter by the organization of their transaction, by audience and by language,
themselves. Words are stemmed as English ones, whatever the language.
"""

from collections.abc import Sequence

import asyncpg
import msgspec

from core.access import Actor
from core.database import read
from core.extend.knowledge import Audience, Found, Kind, Meaning, OtherDimension

SENTENCE_MAX = 4000
LOOKED_AT, LOOKED_AT_MAX = 1000, 2000
"""So many passages the words which choose them may have in all, beside the last of them; a word with so many that it would be more than the second
counts only beside another one, and what is still more than that is not looked at: a large help center has its limits."""
BEST = 100
"""Of those looked at, so many are weighed by BM25."""
QUESTIONS = 10
"""So many questions that lead to one article are weighed: all of them would leave other articles no place."""
LEG = 50
"""So many of each leg take part in the fusion."""
PLACES = 60
"""The constant of reciprocal rank fusion: places near the top are told apart, but not much."""
SATURATION, LENGTH = 1.2, 0.75
"""BM25's k1 and b."""
HEADLINES_MAX = 3000
EXAMPLE = "title = '' AND heading = ''"
"""What makes a passage an example of a question that its article answers."""
EXAMPLES = 50
"""So many of an article are looked at, the first ones, for what they have in common."""
ARTICLE = (
    "SELECT a.slug, a.version, a.kind, a.address FROM articles a WHERE a.organization_id = $1 AND a.id = s.article_id OFFSET 0"
)
"""Of a passage `s`; by its id, where PostgreSQL would else read all articles of a large organization."""

TENANT = "nullif(current_setting('app.organization_id', true), '')::bigint"
LEXICAL = f"""
    asked AS MATERIALIZED (
        SELECT w.word, w.passages, ln(1 + (t.passages - w.passages + 0.5) / (w.passages + 0.5)) AS weight
        FROM unnest(tsvector_to_array(to_tsvector('english', left(sentence, {SENTENCE_MAX})))) AS q (word)
        JOIN passage_words w ON w.organization_id = {TENANT} AND w.word = q.word AND w.passages > 0
        JOIN passage_words t ON t.organization_id = {TENANT} AND t.word = ''
        ORDER BY w.passages, w.word LIMIT 60
    ), query AS MATERIALIZED (
        SELECT string_agg(CASE WHEN rare.before + rare.passages <= {LOOKED_AT_MAX} OR others IS NULL THEN quote_literal(rare.word)
                          ELSE quote_literal(rare.word) || ' & (' || others || ')' END, ' | ')::tsquery AS words,
               to_tsquery('simple', 'o' || {TENANT} || 'x') AS tenant
        FROM (SELECT word, passages, sum(passages) OVER (ORDER BY passages, word) - passages AS before FROM asked) rare,
             LATERAL (SELECT string_agg(quote_literal(word), ' | ') AS others FROM asked WHERE word <> rare.word) beside
        WHERE before < {LOOKED_AT}
    ), chosen AS MATERIALIZED (
        SELECT p.id, p.article_id, p.ordinal, p.words FROM passages p, query
        WHERE p.organization_id = {TENANT} AND p.audience = ANY (audiences) AND (asked_language = '' OR p.language IN ('', asked_language))
          AND p.words @@ (query.words && query.tenant) LIMIT {LOOKED_AT_MAX}
    ), ranked AS MATERIALIZED (
        SELECT c.id, c.article_id, c.ordinal, c.words, ts_rank(c.words, query.words, 1) AS rank FROM chosen c, query
    ), near AS MATERIALIZED (
        SELECT r.id, r.words, length(r.words) AS length FROM (
            SELECT id, words, rank FROM ranked WHERE ordinal > 0
            UNION ALL
            SELECT q.id, q.words, q.rank FROM (
                SELECT *, row_number() OVER (PARTITION BY article_id ORDER BY rank DESC, id) AS place FROM ranked WHERE ordinal < 0
            ) q WHERE q.place <= {QUESTIONS}
        ) r ORDER BY r.rank DESC, r.id LIMIT {BEST}
    ), heard AS (
        SELECT near.id, near.length, said.lexeme, coalesce(cardinality(said.positions), 1) AS times
        FROM near, LATERAL unnest(near.words) said WHERE said.lexeme = ANY (ARRAY(SELECT word FROM asked))
    ), weighed AS MATERIALIZED (
        SELECT heard.id, array_agg(asked.word ORDER BY asked.word) AS matched, sum(asked.weight * heard.times * {SATURATION + 1} /
               (heard.times + {SATURATION} * ({1 - LENGTH} + {LENGTH} * heard.length / usual.length))) AS bm25
        FROM heard JOIN asked ON asked.word = heard.lexeme, (SELECT avg(length) AS length FROM near) usual GROUP BY heard.id
    )"""
"""Common table expressions up to `weighed`: passages that share words with `sentence` in `audiences` and `asked_language`, with what BM25 says."""

LEXICAL_ROUTINES = f"""
CREATE OR REPLACE FUNCTION search_passages(sentence text, audiences text[], asked_language text, most int)
RETURNS TABLE (id bigint, article_id bigint, ordinal int, title text, heading text, body text, audience text, rank double precision, matched text[])
LANGUAGE sql STABLE SECURITY DEFINER ROWS {BEST} SET search_path = public, pg_temp AS $$
    WITH {LEXICAL}
    SELECT p.id, p.article_id, p.ordinal, p.title, p.heading, p.text, p.audience, w.bm25, w.matched
    FROM weighed w JOIN passages p ON p.organization_id = {TENANT} AND p.id = w.id
    ORDER BY w.bm25 DESC, p.id LIMIT least(most, {BEST})
$$;
REVOKE ALL ON FUNCTION search_passages FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_passages TO lacasa_app;

CREATE OR REPLACE FUNCTION word_weights(sentence text) RETURNS TABLE (word text, passages bigint, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT q.word, coalesce(w.passages, 0)::bigint, coalesce(t.passages, 0)::bigint
    FROM unnest(tsvector_to_array(to_tsvector('english', left(sentence, 2000)))) AS q (word)
    LEFT JOIN passage_words w ON w.organization_id = {TENANT} AND w.word = q.word
    LEFT JOIN passage_words t ON t.organization_id = {TENANT} AND t.word = '' LIMIT 60
$$;
REVOKE ALL ON FUNCTION word_weights FROM PUBLIC;
GRANT EXECUTE ON FUNCTION word_weights TO lacasa_app;
"""
NEAREST = f"""
CREATE OR REPLACE FUNCTION nearest_passages(meaning vector, by_model text, audiences text[], asked_language text)
RETURNS TABLE (id bigint, distance double precision)
LANGUAGE plpgsql STABLE ROWS {LEG} SET search_path = public, pg_temp {{settings}} AS $$
BEGIN
    RETURN QUERY EXECUTE format($query$
        SELECT v.passage_id, v.vector::vector(%1$s) <=> $1 FROM passage_vectors v
        WHERE v.organization_id = %2$L AND v.model = %3$L AND v.audience = ANY ($2) %4$s ORDER BY v.vector::vector(%1$s) <=> $1 LIMIT {LEG}
    $query$, vector_dims(meaning), {TENANT}, by_model,
    CASE WHEN asked_language <> '' THEN format($filter$AND v.language IN ('', %L)$filter$, asked_language) END) USING meaning, audiences;
END $$;
REVOKE ALL ON FUNCTION nearest_passages FROM PUBLIC;
"""
"""Passages by their meaning. Its text is planned for the very organization, so that an index of its own (`vectors.build`) can serve it."""
HYBRID_ROUTINES = f"""
DROP FUNCTION IF EXISTS search_hybrid(text, vector, text, text[], int);
DROP FUNCTION IF EXISTS search_hybrid(text, vector, text, text[], text, int);
CREATE OR REPLACE FUNCTION search_hybrid(sentence text, meaning vector, by_model text, audiences text[], asked_language text, most int)
RETURNS TABLE (id bigint, article_id bigint, ordinal int, title text, heading text, body text, audience text, rank double precision, matched text[],
               cosine double precision, middle double precision, alike double precision)
LANGUAGE sql STABLE SECURITY DEFINER ROWS {BEST} SET search_path = public, pg_temp AS $$
    WITH {LEXICAL}, dense AS MATERIALIZED (
        SELECT n.id, n.distance FROM nearest_passages(meaning, by_model, audiences, asked_language) n
    ), places AS (
        SELECT id, row_number() OVER (ORDER BY distance, id) AS place FROM dense
        UNION ALL
        (SELECT id, row_number() OVER (ORDER BY bm25 DESC, id) FROM weighed ORDER BY 2 LIMIT {LEG})
    ), fused AS (
        SELECT id, sum(1.0 / ({PLACES} + place))::float8 AS rank FROM places GROUP BY id ORDER BY 2 DESC, 1 LIMIT least(most, {2 * LEG})
    ), found AS MATERIALIZED (
        SELECT p.id, p.article_id, p.ordinal, p.title, p.heading, p.text, p.audience, f.rank, coalesce(w.matched, '{{}}') AS matched
        FROM fused f JOIN passages p ON p.organization_id = {TENANT} AND p.id = f.id AND p.audience = ANY (audiences)
             LEFT JOIN weighed w ON w.id = f.id
    ), examples AS (
        SELECT e.article_id, avg(v.vector) AS middle, avg(vector_norm(v.vector)) AS length
        FROM (SELECT DISTINCT article_id FROM found WHERE {EXAMPLE}) s
        CROSS JOIN LATERAL (SELECT p.id, p.article_id FROM passages p WHERE p.organization_id = {TENANT} AND p.article_id = s.article_id
                            AND p.audience = ANY (audiences) AND {EXAMPLE} ORDER BY p.ordinal LIMIT {EXAMPLES}) e
        JOIN passage_vectors v ON v.organization_id = {TENANT} AND v.passage_id = e.id AND v.model = by_model GROUP BY e.article_id
    )
    SELECT f.*, 1 - (v.vector <=> meaning), 1 - (e.middle <=> meaning), vector_norm(e.middle) / nullif(e.length, 0)
    FROM found f LEFT JOIN passage_vectors v ON v.organization_id = {TENANT} AND v.passage_id = f.id AND v.model = by_model
    LEFT JOIN examples e ON e.article_id = f.article_id AND f.title = '' AND f.heading = ''
    ORDER BY f.rank DESC, f.id
$$;
REVOKE ALL ON FUNCTION search_hybrid FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_hybrid TO lacasa_app;
"""


class Weight(msgspec.Struct, frozen=True):
    """How common a word of a question is: it stands in `passages` of `total`."""

    word: str
    passages: int
    total: int


async def search(
    actor: Actor,
    sentence: str,
    audiences: Sequence[Audience],
    limit: int,
    kinds: Sequence[Kind] = ("article", "snippet", "document"),
    *,
    language: str = "",
    meaning: Meaning | None = None,
) -> list[Found]:
    """Published passages of these audiences that share words with `sentence`, or are near to its `meaning`, best first.

    Audience and `language` are filtered inside the search, so an internal text cannot reach whoever asks for public ones. `meaning` needs pgvector
    (`vectors.is_there`), and finds what that model's embeddings are stored of.

    Raises:
        OtherDimension: these have another length; the open unit of work is lost.
    """
    named = (meaning.text, meaning.model) if meaning else ()
    arguments = [sentence.replace("\x00", ""), *named, list(audiences), language, limit]
    found, nearness = (
        ("search_hybrid($3, $4::text::vector, $5, $6, $7, $8)", "s.cosine, s.middle, s.alike")
        if meaning
        else ("search_passages($3, $4, $5, $6)", "NULL::float8, NULL::float8, NULL::float8")
    )
    sql = f"""
        SELECT s.id, s.article_id, s.ordinal, s.title, s.heading, s.body, s.audience, s.rank, s.matched, a.slug, a.version, a.kind,
               {nearness}, a.address
        FROM {found} s CROSS JOIN LATERAL ({ARTICLE}) a WHERE a.kind = ANY ($2) ORDER BY s.rank DESC, s.id
    """
    async with read(actor) as db:
        try:
            return await db.fetch(Found, sql, actor.organization_id, list(kinds), *arguments)
        except asyncpg.DataError as error:
            if meaning is None:
                raise
            raise OtherDimension(f"{meaning.model} says {len(meaning.vector)} numbers, its passages have others") from error


async def weights(actor: Actor, sentence: str) -> list[Weight]:
    """The lexemes of `sentence` (at most 60) and how many of the organization's passages hold each."""
    async with read(actor) as db:
        return await db.fetch(Weight, "SELECT word, passages, total FROM word_weights($1)", sentence.replace("\x00", ""))


async def headlines(actor: Actor) -> list[str]:
    """What public articles and their sections are called, at most 3,000 of them: the words that customers are likely to mean."""
    sql = f"""
        SELECT DISTINCT line FROM passages p CROSS JOIN LATERAL (VALUES (p.title), (p.heading)) AS headline (line)
        WHERE p.organization_id = $1 AND p.audience = 'public' AND line <> '' ORDER BY line LIMIT {HEADLINES_MAX}
    """
    async with read(actor) as db:
        return [row[0] for row in await db.fetch_rows(sql, actor.organization_id)]
