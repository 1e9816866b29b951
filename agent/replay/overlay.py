"""An article as it would be, laid over what is published: searches of one run see it, and nobody else does. No row is written, none is locked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count

import msgspec

from agent import queries
from agent.index import chosen
from core.access import Actor
from core.database import read
from core.extend.knowledge import Audience, Found, Lacking, Meaning
from core.knowledge.passages import cut
from core.knowledge.questions import queries as questions
from core.knowledge.search import Weight
from core.knowledge.structs import ArticleView

PASSAGES_MAX = 60
"""So many passages of it take part in one search, those that share most with the question: as many as any search finds."""
OLD = "SELECT tsvector_to_array(p.words) FROM passages p WHERE p.organization_id = $1 AND p.article_id = $2"

Stems = frozenset[str]
_ids = count(1)
"""Passages that do not exist have negative ids, each another one, so that none is ever taken for another."""


class Overlay(msgspec.Struct, frozen=True):
    """The passages that an article would have, with the stems of each and, by one `model`, its embedding.

    `change`: in how many more passages (or fewer) a stem would stand; under "" how many more there would be. `gone`: it has so many now.
    """

    article_id: int
    passages: tuple[Found, ...]
    stems: tuple[Stems, ...]
    change: Mapping[str, int]
    gone: int
    language: str = ""
    model: str = ""
    vectors: tuple[Sequence[float], ...] = ()

    def weights(self, found: Sequence[Weight]) -> list[Weight]:
        """How common words would be."""
        return [Weight(one.word, one.passages + self.change.get(one.word, 0), one.total + self.change.get("", 0)) for one in found]

    def headlines(self) -> list[str]:
        """What it and its sections would be called."""
        return sorted({line for one in self.passages for line in (one.title, one.heading) if line})

    def hits(
        self, found: Sequence[Found], sentence: str, audiences: Sequence[Audience], meaning: Meaning | None, language: str
    ) -> list[Found]:
        """What a search would find that finds `found` now."""
        others = [hit for hit in found if hit.article_id != self.article_id]
        if language and self.language not in {"", language}:
            return others
        asked = frozenset(sentence.split())
        near = self._cosines(meaning) if meaning is not None and meaning.model == self.model else [None] * len(self.passages)
        known = [hit.cosine for hit in others if hit.cosine is not None]
        least = min(known, default=-1.0) if len(others) >= PASSAGES_MAX else -1.0
        own = [
            msgspec.structs.replace(passage, matched=sorted(asked & stems), cosine=cosine)
            for passage, stems, cosine in zip(self.passages, self.stems, near, strict=True)
            if passage.audience in audiences and (asked & stems or (cosine is not None and cosine >= least))
        ]
        own.sort(key=lambda one: (-len(one.matched), -(one.cosine or 0.0), one.ordinal))
        return [*others, *own[:PASSAGES_MAX]]

    def _cosines(self, meaning: Meaning) -> list[float | None]:
        import numpy as np

        asked = np.asarray(meaning.vector, np.float64)
        vectors = np.asarray(self.vectors, np.float64)
        if not len(vectors) or vectors.shape[1] != len(asked):
            return [None] * len(self.passages)
        lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(asked)
        return [float(cosine) for cosine in vectors @ asked / np.maximum(lengths, 1e-12)]


async def lay(actor: Actor, article: ArticleView) -> Overlay:
    """The article as if it was published as it is given. Its embeddings are made here, by the model that the organization is searched by."""
    texts = [(number, article.title, one.heading, one.text) for number, one in enumerate(cut(article.body), 1)]
    texts += [(-one.number, "", "", one.text) for one in await questions.of(actor, article.id)]
    passages = tuple(
        Found(
            id=-next(_ids),
            article_id=article.id,
            ordinal=ordinal,
            title=title,
            heading=heading,
            text=text,
            audience=article.audience,
            rank=0.0,
            matched=[],
            slug=article.slug,
            version=article.version,
            kind=article.kind,
        )
        for ordinal, title, heading, text in texts
    )
    stems = await queries.stems(actor, [f"{one.title}\n{one.heading}\n{one.text}" for one in passages])
    async with read(actor) as db:
        old = [frozenset(row[0]) for row in await db.fetch_rows(OLD, actor.organization_id, article.id)]
    change = Counter({"": len(stems) - len(old)})
    change.update(stem for own in stems for stem in own)
    change.subtract(stem for own in old for stem in own)
    model, vectors = await _vectors(actor, article, passages)
    return Overlay(article.id, passages, tuple(stems), change, len(old), article.language, model, vectors)


async def _vectors(actor: Actor, article: ArticleView, passages: Sequence[Found]) -> tuple[str, tuple[Sequence[float], ...]]:
    """By which model, and what each passage means by it; nothing where the organization is searched by words alone."""
    model = await chosen.model(actor)
    if model is None:
        return "", ()
    whole = [
        Lacking(one.id, article.id, one.version, one.title, one.heading, one.text, one.audience, article.language).whole
        for one in passages
    ]
    return model.name, tuple(await model.vectors(whole))
