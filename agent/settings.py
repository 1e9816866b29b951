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
    models: Path | None = None
    """Folder that the bundled model is kept in once it was built (90 MB); unset: `models` in `LACASA_DATA`."""


@lru_cache(maxsize=1)
def settings() -> Settings:
    return read(Settings, "LACASA_AGENT_", os.environ)
