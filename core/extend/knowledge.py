"""The contract of a knowledge index: where passages of articles are searched, by their words and by what they mean.

Articles and passages stand in PostgreSQL, which alone knows who may read what. An index that keeps copies elsewhere may lag behind: what it finds
is looked up in PostgreSQL before anybody sees it (`core.knowledge.copies.current`), so that a stale copy leaks nothing.
"""

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from core.access import Actor
from core.errors import Conflict, Unavailable

Audience = Literal["public", "internal"]
Kind = Literal["article", "snippet", "document"]
"""A snippet is text for the AI agent alone: it quotes a public one to customers, who find no page of it; an internal one it shows to staff.

A document was read from a file or a website; it has no page in the help center, but may have an address of its own.
"""


class Found(msgspec.Struct, frozen=True):
    """A passage that shares words with a question, or means about the same. `rank` orders within one search only: it is no confidence.

    `matched` are the question's lexemes that it holds; `cosine` how near its meaning is (1 the same, 0 nothing in common), null if unknown.
    Of a passage without title and heading, which is an example of a question: `middle`, how near the mean of its article's examples is, and
    `alike`, how much they are about the same (1 exactly); null where the index does not tell.
    """

    id: int
    article_id: int
    ordinal: int
    title: str
    heading: str
    text: str
    audience: Audience
    rank: float
    matched: list[str]
    slug: str
    version: int
    kind: Kind = "article"
    cosine: float | None = None
    middle: float | None = None
    alike: float | None = None
    url: str = ""
    """Where a document can be read, if it can."""

    @property
    def is_question(self) -> bool:
        """Whether it is an example question that leads to the article: nothing to quote."""
        return self.ordinal < 0


class Meaning(msgspec.Struct, frozen=True):
    """An embedding of a question, and the name of the model that made it."""

    model: str
    vector: Sequence[float]

    @property
    def text(self) -> str:
        """As pgvector reads it."""
        return f"[{','.join(map(repr, self.vector))}]"


class InUse(msgspec.Struct, frozen=True):
    """The model that an organization's passages are compared by, and how many numbers its embeddings have."""

    model: str
    dimension: int


class Lacking(msgspec.Struct, frozen=True):
    """A published passage that an index has no embedding of yet, by one model. `version` is its article's."""

    id: int
    article_id: int
    version: int
    title: str
    heading: str
    text: str
    audience: Audience
    language: str

    @property
    def whole(self) -> str:
        """What is embedded: where a passage stands says half of what it means."""
        return "\n".join(filter(None, [self.title, self.heading, self.text]))


Embedded = tuple[Lacking, Sequence[float]]


class OtherDimension(Conflict):
    """An embedding that cannot be compared with those that are kept of its model."""

    code = "other_dimension"


class IndexUnavailable(Unavailable):
    """An index outside of PostgreSQL does not answer, or not all of it. By words PostgreSQL can be searched all the same."""

    code = "index_unavailable"


class KnowledgeIndex(Protocol):
    """Each organization's passages, by any number of models. A module's manifest announces it, by a name."""

    async def search(
        self,
        actor: Actor,
        sentence: str,
        audiences: Sequence[Audience],
        limit: int,
        *,
        language: str = "",
        meaning: Meaning | None = None,
    ) -> list[Found]:
        """Published passages of these audiences that share words with `sentence` or are near to its `meaning`, best first.

        `language`: only passages in it, and those of which nobody said one; empty: all. Without `meaning`: by words alone.

        Raises:
            OtherDimension: this model's passages have embeddings of another length.
            IndexUnavailable: it does not answer in time.
        """

    async def is_there(self, actor: Actor) -> bool:
        """Whether passages can be searched by meaning here at all."""

    async def lacking(self, actor: Actor, model: str, limit: int) -> list[Lacking]:
        """Published passages that have no embedding of this model here, oldest first."""

    async def store(self, actor: Actor, model: str, embedded: Sequence[Embedded]) -> None:
        """Keep embeddings; safe to repeat. Of passages that are gone by now nothing is kept, what is there already stays.

        Raises:
            OtherDimension: they differ in length from each other, or from those kept of the model.
            IndexUnavailable: not all were kept.
        """

    async def forget(self, actor: Actor, article_id: int) -> None:
        """Drop what is left of an article's earlier versions; of one that is withdrawn or deleted, all.

        Raises:
            IndexUnavailable: it does not answer in time.
        """

    async def in_use(self, actor: Actor) -> InUse | None:
        """The model to embed questions by; None: the organization is searched by words alone."""

    async def adopt(self, actor: Actor, model: str) -> str | None:
        """Put this model to use at once, if no passage lacks its embedding. The model it takes the place of, if it does so now."""

    async def retire(self, actor: Actor, keep: str, limit: int) -> int:
        """Drop at most `limit` embeddings of models that are neither in use nor `keep`; how many they were."""

    async def behind(self, model: str) -> list[int]:
        """Organizations with passages that lack an embedding of this model, or that do not use it yet."""

    async def close(self) -> None:
        """Give back what a search opened."""
