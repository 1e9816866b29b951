"""The model that tells what texts mean, as this process has it: loaded when it is first needed, and never on the event loop.

Only workers come here: what it stands on takes seconds to import. Where there is none (not installed, not wanted, or the provider does not
answer) the search goes by words alone.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from agent.settings import BUNDLED, settings
from core.errors import Misconfigured
from core.extend.knowledge import Meaning
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


_loading: "dict[str, asyncio.Task[Model | None]]" = {}
"""By name. More than one only while an organization's passages go over from one model to another."""


def load_soon(name: str | None = None) -> "asyncio.Task[Model | None]":
    """Begin to load a model, this process's own one without a name, if nobody has."""
    wanted = name or settings().model
    if wanted not in _loading:
        _loading[wanted] = asyncio.create_task(asyncio.to_thread(_load, wanted))
    return _loading[wanted]


async def model() -> Model | None:
    """This process's model; None: nothing here tells what texts mean."""
    return await asyncio.shield(load_soon())


async def named(name: str) -> Model | None:
    """The model of that name, which passages may still be compared by; None: it cannot be loaded here (any more), as the log says."""
    return await asyncio.shield(load_soon(name))


def _load(name: str) -> Model | None:
    try:
        if name == BUNDLED:
            from agent.embedding.minilm import MiniLM

            return Model(name, MiniLM(settings().models or process_settings().data / "models"))
        if name != "none":
            from langchain.embeddings import init_embeddings

            return Model(name, init_embeddings(name))
    except (Misconfigured, ImportError, ValueError) as error:
        log.warning("articles are searched by words alone where %s is in use: %s", name, error)
    except Exception:  # a full disk, a damaged graph, whatever a provider raises: no customer goes without an answer for that
        log.exception("articles are searched by words alone where %s is in use: it cannot be loaded", name)
    return None
