"""The model that tells what texts mean, as this process has it: loaded when it is first needed, and never on the event loop.

Only workers come here: what it stands on takes seconds to import. Where there is none (not installed, not wanted, or the provider does not
answer) the search goes by words alone.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from agent.settings import settings
from core.errors import Misconfigured
from core.knowledge.search import Meaning
from core.settings import settings as process_settings

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

log = logging.getLogger("lacasa.agent")

QUESTION_S = 5.0
QUESTION_MAX = 2000
"""Characters of a question that its meaning is taken of."""


class Model:
    """Embeddings by name. One thread works for all: what is asked of it waits in a row, so nothing takes every processor."""

    def __init__(self, name: str, embeddings: "Embeddings") -> None:
        self.name = name
        self._embeddings = embeddings
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="embedding")

    async def meaning(self, question: str) -> Meaning | None:
        """What a question means; None: the model did not say so in time."""
        asked = asyncio.get_running_loop().run_in_executor(self._thread, self._embeddings.embed_query, question[:QUESTION_MAX])
        try:
            return Meaning(self.name, await asyncio.wait_for(asked, QUESTION_S))
        except Exception as error:  # whatever a provider raises: the search goes by words then
            log.warning("no embedding of a question", extra={"model": self.name, "error": type(error).__name__})
            return None

    async def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._embeddings.embed_documents, list(texts))


_loading: "asyncio.Task[Model | None] | None" = None


def load_soon() -> "asyncio.Task[Model | None]":
    """Begin to load this process's model, if nobody has."""
    global _loading
    if _loading is None:
        _loading = asyncio.create_task(asyncio.to_thread(_load))
    return _loading


async def model() -> Model | None:
    """This process's model; None: passages are searched by words alone."""
    return await asyncio.shield(load_soon())


def _load() -> Model | None:
    wanted = settings().embeddings
    try:
        if wanted == "bundled":
            from agent.embedding.minilm import NAME, MiniLM

            return Model(NAME, MiniLM(settings().models or process_settings().data / "models"))
        if wanted != "none":
            from langchain.embeddings import init_embeddings

            return Model(wanted, init_embeddings(wanted))
    except (Misconfigured, ImportError, ValueError) as error:
        log.warning("articles are searched by words alone: %s", error)
    except Exception:  # a full disk, a damaged graph, whatever a provider raises: no customer goes without an answer for that
        log.exception("articles are searched by words alone: the model cannot be loaded")
    return None
