"""Search over 10,000 and 100,000 passages: by words, and by words and meaning, beside the bare SQL of the same retrieval.

Passages are made of words of a made-up vocabulary, as often as Zipf says; embeddings have 384 numbers and lie in clusters. A question is a few
words of a passage and something near its meaning. `--n`: passages of the one large organization; ten small ones are beside it. `recall_at_50`: how
many of the nearest 50 are found, told by comparing with all.
"""

import re
from collections.abc import Awaitable, Callable
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import asyncpg
import numpy as np
from numpy.random import Generator, default_rng

from core.access import system
from core.embedded.servers import Urls
from core.extend.knowledge import Meaning
from core.knowledge import search, vectors
from core.knowledge.passages import PASSAGE_MAX
from tests.bench import ground
from tests.bench.measure import Options, ratio, spread

SIZES = (10_000, 100_000)
DIMENSION = 384
CLUSTERS = 300
VOCABULARY = 30_000
STOP_WORDS = (
    "the",
    "a",
    "to",
    "of",
    "and",
    "in",
    "is",
    "it",
    "you",
    "that",
    "for",
    "on",
    "are",
    "with",
    "as",
    "be",
    "at",
    "this",
    "have",
)
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "xi",
    "bra",
    "cle",
    "dri",
    "flo",
    "gru",
]
WORDS_MEAN = 90
EACH = 5
"""Passages of an article."""
SMALL, SMALL_PASSAGES = 10, 500
QUESTIONS, COMPARED = 40, 10
"""Asked; and those of them whose nearest passages are compared with all, which takes long."""
FOUND = 60
MODEL = "bench"
LARGE = 1
BATCH = 5000


def vocabulary(random: Generator) -> np.ndarray:
    """Stop words first, as they are the most frequent ones; then words that can be said."""
    made: dict[str, None] = dict.fromkeys(STOP_WORDS)
    while len(made) < VOCABULARY:
        made["".join(random.choice(SYLLABLES, random.integers(2, 5)))] = None
    return np.array(list(made))


def texts(random: Generator, words: np.ndarray, count: int) -> list[str]:
    share = 1 / (np.arange(len(words)) + 2.7)
    lengths = np.clip(random.gamma(3, WORDS_MEAN / 3, count).astype(int), 8, 240)
    drawn = words[random.choice(len(words), int(lengths.sum()), p=share / share.sum())]
    return [" ".join(part)[:PASSAGE_MAX] for part in np.split(drawn, np.cumsum(lengths)[:-1])]


def embeddings(random: Generator, centres: np.ndarray, count: int) -> np.ndarray:
    drawn = centres[random.integers(0, len(centres), count)] + random.normal(0, 0.05, (count, DIMENSION))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


async def _speak_vectors(connection: asyncpg.Connection) -> None:
    """As bytes: read out of text once for every row that they are compared with, they would be dearer than all the rest."""
    await connection.set_type_codec("vector", schema="public", encoder=_binary, decoder=bytes, format="binary")


def _binary(vector: np.ndarray) -> bytes:
    return len(vector).to_bytes(2, "big") + b"\0\0" + vector.astype(">f4").tobytes()


def _builder(n: int) -> Callable[[Urls], Awaitable[None]]:
    async def build(urls: Urls) -> None:
        random = default_rng(7)
        words = vocabulary(random)
        centres = random.normal(0, 1 / np.sqrt(DIMENSION), (CLUSTERS, DIMENSION))
        connection = await asyncpg.connect(urls.database, command_timeout=3600)
        await _speak_vectors(connection)
        try:
            for organization_id in range(LARGE, LARGE + SMALL + 1):
                count = n if organization_id == LARGE else SMALL_PASSAGES
                await connection.execute(
                    "INSERT INTO organizations (id, name, slug) VALUES ($1, 'Shop', $2)", organization_id, str(organization_id)
                )
                for start in range(0, count, BATCH):
                    await _write(connection, organization_id, texts(random, words, min(BATCH, count - start)), random, centres)
                await vectors_in_use(connection, organization_id)
            await connection.execute("VACUUM ANALYZE")
        finally:
            await connection.close()
        async with ground.connected(urls):
            await vectors.build()

    return build


async def _write(
    connection: asyncpg.Connection, organization_id: int, made: list[str], random: Generator, centres: np.ndarray
) -> None:
    """One of twenty articles is internal, one of ten is German, one of a hundred Swedish; nobody said the language of the others."""
    articles = [
        row[0]
        for row in await connection.fetch(
            """INSERT INTO articles (organization_id, title, slug, status, audience, language)
               SELECT $1, 'Article', 'article-' || nextval('articles_id_seq'), 'published', CASE WHEN g % 20 = 7 THEN 'internal' ELSE 'public' END,
                      CASE WHEN g % 100 = 1 THEN 'sv' WHEN g % 10 = 3 THEN 'de' ELSE '' END
               FROM generate_series(1, $2) g RETURNING id""",
            organization_id,
            -(-len(made) // EACH),
        )
    ]
    rows = await connection.fetch(
        """INSERT INTO passages (organization_id, article_id, ordinal, heading, text, title, audience, language)
           SELECT $1, a.id, 1 + (s.place - 1) % $4, '', s.text, a.title, a.audience, a.language
           FROM unnest($3::text[]) WITH ORDINALITY AS s (text, place) JOIN articles a ON a.id = ($2::bigint[])[1 + (s.place - 1) / $4]
           RETURNING id, audience, language""",
        organization_id,
        articles,
        made,
        EACH,
    )
    records = [
        (organization_id, row["id"], MODEL, row["audience"], row["language"], vector)
        for row, vector in zip(rows, embeddings(random, centres, len(rows)), strict=True)
    ]
    columns = ["organization_id", "passage_id", "model", "audience", "language", "vector"]
    await connection.copy_records_to_table("passage_vectors", records=records, columns=columns)


async def vectors_in_use(connection: asyncpg.Connection, organization_id: int) -> None:
    sql = "INSERT INTO knowledge_models (organization_id, index_name, model, dimension) VALUES ($1, 'postgres', $2, $3)"
    await connection.execute(sql, organization_id, MODEL, DIMENSION)


def bare(routine: str, names: list[str]) -> str:
    """The query inside a stored routine, as one that stands alone: its arguments are parameters."""
    body = re.search(rf"FUNCTION {routine}\(.*?AS \$\$(.*?)\$\$;", search.LEXICAL_ROUTINES + search.HYBRID_ROUTINES, re.DOTALL)
    if body is None:
        raise LookupError(routine)
    found = body.group(1)
    kinds = {
        "sentence": "text",
        "meaning": "vector",
        "by_model": "text",
        "audiences": "text[]",
        "asked_language": "text",
        "most": "int",
    }
    for number, name in enumerate(names, 1):
        found = re.sub(rf"(?<![.\w]){name}\b", f"${number}::{kinds[name]}", found)
    return found


async def run(options: Options) -> dict[str, Any]:
    """Milliseconds of one search after another, by the product's own call and by its bare SQL."""
    figures: dict[str, Any] = {}
    for n in [options.n] if options.n else SIZES:
        async with ground.bench_data("retrieval", _builder(n), passages=n) as urls, ground.connected(urls):
            figures[str(n)] = await _measured(urls, max(3, options.rounds))
    return figures


class Question:
    def __init__(self, random: Generator, text: str, vector: np.ndarray) -> None:
        said = text.split()
        self.sentence = " ".join(random.choice(said, min(len(said), int(random.integers(4, 11)))))
        near = vector + random.normal(0, 0.02, DIMENSION)
        self.vector = near / np.linalg.norm(near)
        self.meaning = Meaning(MODEL, [float(number) for number in self.vector])


async def _measured(urls: Urls, rounds: int) -> dict[str, Any]:
    connection = await asyncpg.connect(urls.database, server_settings={"app.organization_id": str(LARGE), "jit": "off"})
    try:
        await _speak_vectors(connection)
        rows = await connection.fetch(
            """SELECT p.text, v.vector::text FROM passages p JOIN passage_vectors v ON v.organization_id = $1 AND v.passage_id = p.id
               WHERE p.organization_id = $1 AND p.audience = 'public' ORDER BY md5(p.id::text) LIMIT $2""",
            LARGE,
            QUESTIONS,
        )
        random = default_rng(11)
        questions = [Question(random, row[0], np.array(row[1][1:-1].split(","), dtype=float)) for row in rows]
        kinds = {
            "lexical": await _kind(connection, questions, rounds, by_meaning=False, language=""),
            "hybrid": await _kind(connection, questions, rounds, by_meaning=True, language=""),
            "hybrid_rare_language": await _kind(connection, questions, rounds, by_meaning=True, language="sv"),
        }
        indexed = await connection.fetchval("SELECT count(*) FROM pg_indexes WHERE starts_with(indexname, $1)", vectors.PREFIX)
        recall = {language or "any": await _recall(connection, questions[:COMPARED], language) for language in ("", "de", "sv")}
        return kinds | {"hnsw": bool(indexed), "recall_at_50": recall}
    finally:
        await connection.close()


async def _kind(
    connection: asyncpg.Connection, questions: list[Question], rounds: int, *, by_meaning: bool, language: str
) -> dict[str, Any]:
    actor = system(LARGE)
    if by_meaning:
        text = bare("search_hybrid", ["sentence", "meaning", "by_model", "audiences", "asked_language", "most"])
    else:
        text = bare("search_passages", ["sentence", "audiences", "asked_language", "most"])
    statement = await connection.prepare(text)

    async def ours(question: Question) -> int:
        meaning = question.meaning if by_meaning else None
        return len(await search.search(actor, question.sentence, ["public"], FOUND, language=language, meaning=meaning))

    async def theirs(question: Question) -> int:
        meant = [question.vector, MODEL] if by_meaning else []
        return len(await statement.fetch(question.sentence, *meant, ["public"], language, FOUND))

    took: dict[str, list[list[float]]] = {"ours": [], "bare": []}
    for number in range(rounds + 1):
        times: dict[str, list[float]] = {"ours": [], "bare": []}
        for place, question in enumerate(questions):
            both = [("ours", ours), ("bare", theirs)]
            for name, ask in both if (number + place) % 2 else reversed(both):
                began = perf_counter()
                await ask(question)
                times[name].append((perf_counter() - began) * 1000)
        if number:  # the first round warms up
            for name, values in times.items():
                took[name].append(values)
    every = {name: [value for values in each for value in values] for name, each in took.items()}
    medians = {name: [median(values) for values in each] for name, each in took.items()}
    return {
        "p50_ms": round(median(every["ours"]), 2),
        "p95_ms": round(quantiles(every["ours"], n=20)[18], 2),
        "bare_p50_ms": round(median(every["bare"]), 2),
        "bare_p95_ms": round(quantiles(every["bare"], n=20)[18], 2),
        "ratio": ratio(medians["ours"], medians["bare"]),
        "rounds": spread(medians["ours"], 2),
    }


async def _recall(connection: asyncpg.Connection, questions: list[Question], language: str) -> float:
    """The search's nearest against the nearest of all, which no index is used for."""
    exact = f"""
        SELECT v.passage_id FROM passage_vectors v WHERE v.organization_id = $1 AND v.model = $2 AND v.audience = 'public'
          AND ($4 = '' OR v.language IN ('', $4)) ORDER BY v.vector <=> $3::vector LIMIT {search.LEG}
    """
    shares = []
    for question in questions:
        wanted = {row[0] for row in await connection.fetch(exact, LARGE, MODEL, question.vector, language)}
        sql = "SELECT id FROM nearest_passages($1::vector, $2, ARRAY['public'], $3)"
        found = {row[0] for row in await connection.fetch(sql, question.vector, MODEL, language)}
        shares.append(len(wanted & found) / len(wanted))
    return round(sum(shares) / len(shares), 3)
