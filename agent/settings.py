"""What the AI agent may be told from outside: `LACASA_AGENT_*`, and where its index is."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec

from core.settings import Port, read

BUNDLED = "all-MiniLM-L6-v2"


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
    index: str = "postgres"
    """Where passages are searched: `postgres` (pgvector, where it is there), or `weaviate` (see `Weaviate`). The same in all processes."""

    @property
    def by_meaning(self) -> bool:
        return self.embeddings != "none"

    @property
    def model(self) -> str:
        """What the model is called where its embeddings are kept."""
        return BUNDLED if self.embeddings == "bundled" else self.embeddings


class Weaviate(msgspec.Struct, frozen=True, kw_only=True):
    """Where Weaviate is: `LACASA_WEAVIATE_*`."""

    url: str | None = None
    """`http://host:8080` or `https://…`: its REST address."""
    grpc: Port = 50051
    """The port of its gRPC address, on the same host."""
    key: str | None = None
    """An API key, where it wants one."""
    collection: Annotated[str, msgspec.Meta(pattern=r"^[A-Z][A-Za-z0-9]{0,40}\Z")] = "Lacasa"
    """What the names of our collections begin with: another one for each installation that shares a Weaviate."""


@lru_cache(maxsize=1)
def settings() -> Settings:
    return read(Settings, "LACASA_AGENT_", os.environ)


@lru_cache(maxsize=1)
def weaviate() -> Weaviate:
    return read(Weaviate, "LACASA_WEAVIATE_", os.environ)
