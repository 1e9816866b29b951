"""The index that this installation's questions are searched in (`LACASA_AGENT_INDEX`), and what becomes of them while it does not answer."""

import asyncio
import logging
from collections.abc import Sequence
from functools import lru_cache

from agent.embedding import models
from agent.settings import settings
from core.access import Actor
from core.errors import Misconfigured
from core.extend import registry
from core.extend.knowledge import Audience, Found, IndexUnavailable, KnowledgeIndex, Meaning
from core.knowledge import search as by_words

log = logging.getLogger("lacasa.agent")

LOAD_S = 15.0


@lru_cache(maxsize=1)
def index() -> KnowledgeIndex:
    """This process's index.

    Raises:
        Misconfigured: no loaded module announces one of the name that was chosen.
    """
    found = registry.knowledge_indexes()
    if settings().index not in found:
        raise Misconfigured(f"LACASA_AGENT_INDEX: there is no {settings().index}, but {', '.join(sorted(found))}")
    return found[settings().index]()


async def meaning(actor: Actor, question: str) -> Meaning | None:
    """What a question means by the model that the organization's passages are compared by; None: nothing here can tell."""
    if not settings().by_meaning:
        return None
    used = await index().in_use(actor)
    by = await _loaded(used.model) if used else None
    meant = await by.meaning(question) if by else None
    if used and meant and len(meant.vector) != used.dimension:
        counts = {"model": used.model, "asked": len(meant.vector), "kept": used.dimension}
        log.warning("articles are searched by words alone: the model's embeddings have another length now", extra=counts)
        return None
    return meant


async def model(actor: Actor) -> models.Model | None:
    """The model that the organization's passages are compared by; None: they are searched by words alone, or it cannot be loaded in time."""
    used = await index().in_use(actor) if settings().by_meaning else None
    return await _loaded(used.model) if used else None


async def _loaded(name: str) -> models.Model | None:
    """The model, unless it takes longer to load than a customer should wait; it goes on loading for the next."""
    try:
        return await asyncio.wait_for(models.named(name), LOAD_S)
    except TimeoutError:
        log.warning("articles are searched by words alone: %s is still being loaded", name)
        return None


async def search(
    actor: Actor, sentence: str, audiences: Sequence[Audience], limit: int, *, language: str = "", meaning: Meaning | None = None
) -> list[Found]:
    """As `KnowledgeIndex.search`; by words alone, in PostgreSQL, while an index outside does not answer."""
    try:
        return await index().search(actor, sentence, audiences, limit, language=language, meaning=meaning)
    except IndexUnavailable as error:
        log.warning("articles are searched by words alone: %s", error.detail, extra={"index": settings().index})
        return await by_words.search(actor, sentence, audiences, limit, language=language)
