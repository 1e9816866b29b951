"""Questions with their intents, and a help center that answers each intent by examples: how frequently asked questions look.

Every intent is an article whose passages are the utterances that it was first asked by. An answer is right when it is the intent's. Shapes:
`clinc` reads a folder of JSON objects `{"train": [[text, intent], …], "oos_train": …, "val"/"oos_val" or "test"/"oos_test": …}`,
`banking` one of `train.csv` (`text,category`).
"""

import csv
import random
from collections.abc import Sequence
from pathlib import Path

import msgspec

from agent import confidence, retrieve, words
from agent.calibration import Signals
from agent.courtesy import bare
from agent.draft import quote
from agent.embedding.models import Model, model
from core.access import Actor
from core.database import read, system_transaction
from core.knowledge.search import search
from tests.evals.shop import learn

EACH = 10
"""So many utterances of each intent are the help center's, and as many are for fitting."""
IN_SCOPE = 150
SEED = 0
WRITE = """
WITH a AS (INSERT INTO articles (organization_id, title, slug, status, audience)
           SELECT DISTINCT $1::bigint, '', slug, 'published', 'public' FROM unnest($2::text[]) s (slug) RETURNING id, slug)
INSERT INTO passages (organization_id, article_id, ordinal, heading, text, title, audience)
SELECT $1, a.id, p.ordinal, p.heading, p.text, '', 'public'
FROM unnest($2::text[], $3::int[], $4::text[], $5::text[]) p (slug, ordinal, heading, text) JOIN a ON a.slug = p.slug
"""
VECTORS = """
SELECT a.slug, v.vector::text FROM passage_vectors v JOIN passages p ON p.organization_id = $1 AND p.id = v.passage_id
JOIN articles a ON a.organization_id = $1 AND a.id = p.article_id WHERE v.organization_id = $1
"""

Piece = tuple[str, int, str, str]
"""Slug, ordinal, heading and text of a passage."""


class Asked(msgspec.Struct, frozen=True):
    """A question; `intent` None: nothing answers it."""

    text: str
    intent: str | None


class Answered(msgspec.Struct, frozen=True):
    """What the product makes of a question, and what plain measures say of it: each with whether its best article is the right one."""

    asked: Asked
    signals: Signals
    right: float
    cosine: tuple[float, float]
    minilm: tuple[float, float]
    lexical: tuple[float, float]


class Split(msgspec.Struct, frozen=True):
    knowledge: list[Asked]
    fitting: list[Asked]
    scored: list[Asked]


def clinc(folder: Path, trained: Path) -> Split:
    """What is scored is of `folder`; it is trained on that too, or on `trained` where a folder holds only what is to be scored."""
    rows = _merged(folder)
    if "train" not in rows:
        rows = _merged(trained) | rows
    name = "test" if "test" in rows else "val"
    chosen = random.Random(SEED).sample(rows[name], min(IN_SCOPE, len(rows[name])))
    train = _by_intent(rows["train"])
    return Split(
        [one for own in train.values() for one in own[:EACH]],
        [one for own in train.values() for one in own[EACH : 2 * EACH]] + _outside(rows["oos_train"]),
        [Asked(text, intent) for text, intent in chosen] + _outside(rows[f"oos_{name}"]),
    )


def _merged(folder: Path) -> dict[str, list[tuple[str, str]]]:
    rows: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(folder.glob("*.json")):
        rows |= msgspec.json.decode(path.read_bytes(), type=dict[str, list[tuple[str, str]]])
    return rows


def _by_intent(rows: Sequence[tuple[str, str]]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {}
    for text, intent in rows:
        found.setdefault(intent, []).append(Asked(text, intent))
    return found


def _outside(rows: Sequence[tuple[str, str]]) -> list[Asked]:
    return [Asked(text, None) for text, _ in rows]


def banking(folder: Path) -> Split:
    """Half of the intents are missing from the help center, so that nothing answers them: the usual reason for a wrong answer."""
    with (folder / "train.csv").open(newline="") as file:
        train = _by_intent([(row["text"], row["category"]) for row in csv.DictReader(file)])
    known = frozenset(random.Random(SEED).sample(sorted(train), len(train) // 2))
    knowledge = [one for intent, own in train.items() if intent in known for one in own[:EACH]]
    asked = [one for own in train.values() for one in own[EACH : 2 * EACH]]
    return Split(knowledge, [one if one.intent in known else Asked(one.text, None) for one in asked], [])


async def write(actor: Actor, pieces: Sequence[Piece]) -> None:
    """Published articles without titles, all in one statement, and their embeddings."""
    slugs, ordinals, headings, texts = (list(column) for column in zip(*pieces, strict=True))
    async with system_transaction("an evaluation brings its own articles") as db:
        await db.execute(WRITE, actor.organization_id, slugs, ordinals, headings, texts)
    await learn(actor)


class Center:
    """A help center of examples, and its passages' embeddings as a plain matrix beside the product's index."""

    def __init__(self, actor: Actor, by: Model | None, slugs: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        import numpy as np

        self._actor, self._by, self._slugs = actor, by, slugs
        self._matrix = np.array(vectors, dtype=float)

    @classmethod
    async def build(cls, actor: Actor, knowledge: Sequence[Asked]) -> "Center":
        ordinals: dict[str, int] = {}
        pieces: list[Piece] = []
        for one in knowledge:
            slug = one.intent or ""
            ordinals[slug] = ordinals.get(slug, 0) + 1
            pieces.append((slug, ordinals[slug], "", one.text))
        await write(actor, pieces)
        by = await model()
        stored = []
        if by is not None:
            async with read(actor) as db:
                stored = await db.fetch_rows(VECTORS, actor.organization_id)
        return cls(actor, by, [row[0] for row in stored], [msgspec.json.decode(row[1]) for row in stored])

    async def answer(self, asked: Asked) -> Answered:
        """As the agent would: search, rank, quote, and look at how sure to be."""
        question = bare(asked.text)
        meaning = await self._by.meaning(question) if self._by else None
        async with read(self._actor):
            found = await words.concepts(self._actor, question)
            ranked = await retrieve.search(self._actor, question, found, ["public"], meaning)
            lexical = await search(self._actor, question, ["public"], 1)
        draft = quote(question, found, ranked)
        signals = confidence.signals(question, found, ranked, draft) if draft else {}
        nearest = max(ranked, key=lambda one: one.meant or 0.0, default=None)
        return Answered(
            asked,
            signals,
            float(draft is not None and draft.sources[0].slug == asked.intent),
            (nearest.meant or 0.0, float(nearest.prepared.passage.slug == asked.intent)) if nearest else (0.0, 0.0),
            self._exhaustive(meaning.vector, asked.intent) if meaning else (0.0, 0.0),
            (lexical[0].rank, float(lexical[0].slug == asked.intent)) if lexical else (0.0, 0.0),
        )

    def _exhaustive(self, vector: Sequence[float], intent: str | None) -> tuple[float, float]:
        """The best cosine of all passages, without any index."""
        import numpy as np

        cosines = self._matrix @ (np.array(vector) / np.linalg.norm(vector)) / np.linalg.norm(self._matrix, axis=1)
        best = int(cosines.argmax())
        return max(float(cosines[best]), 0.0), float(self._slugs[best] == intent)
