"""What the AI agent may be told from outside: `LACASA_AGENT_*`."""

import os
from functools import lru_cache
from pathlib import Path

import msgspec

from core.settings import read


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    embeddings: str = "bundled"
    """The model that passages and questions are compared by: `bundled` (all-MiniLM-L6-v2, English, on this machine), `provider:model` as
    LangChain names it (its package must be installed), or `none`: by words alone."""
    llm: str = ""
    """The language model of organizations without one of their own: `provider:model` as LangChain names it; unset: articles are quoted."""
    llm_url: str = ""
    """Its address, where it is an OpenAI-compatible server of yours (`openai:model`); it may stand in your own network."""
    llm_key: str = ""
    """Its key; unset: what the provider's own variable says (`OPENAI_API_KEY` …)."""
    models: Path | None = None
    """Folder that the bundled model is kept in once it was built (90 MB); unset: `models` in `LACASA_DATA`."""


@lru_cache(maxsize=1)
def settings() -> Settings:
    return read(Settings, "LACASA_AGENT_", os.environ)
