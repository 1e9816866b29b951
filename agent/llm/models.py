"""From a name to a model that can be asked. Only workers come here; the libraries behind it are imported on first use."""

import os
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

import msgspec

from agent.llm.chat import FIRST_S, Chat, ModelFailed

if TYPE_CHECKING:
    import httpx
    from langchain_core.language_models import BaseChatModel

OWN = "openai"
"""The provider of organizations' own models: any server that speaks like OpenAI's. Every other one goes out by a client of its own, past our
guard, and takes the operator's keys from the environment (`azure_openai`, `langsmith`, `anthropic`, Amazon's and Google's ...)."""
OPENAI = "https://api.openai.com/v1"
SENT = frozenset(
    {"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "authorization", "user-agent"}
)
"""Headers that leave for an address of an organization's choice: none that the operator's environment adds."""
KEPT = 64
"""Models (organizations times settings) that a process keeps ready."""
UNTRACED = {"LANGSMITH_TRACING": "false", "LANGSMITH_TRACING_V2": "false"}
"""What customers write is sent to no service that watches language models, whatever else the environment says."""
WRITTEN_MAX = 2000
"""Tokens that a model is asked to stop at."""


class Chosen(msgspec.Struct, frozen=True):
    """A model and how to reach it. `trusted`: the installation's own choice, which may stand in the operator's network."""

    name: str
    base_url: str = ""
    key: str = ""
    trusted: bool = False

    def __repr__(self) -> str:
        return f"Chosen({self.name})"


def chat(chosen: Chosen, *, kept: bool = True) -> Chat:
    """A model to ask. One that is not `kept` is this chat's alone, and its key goes with it."""
    return Chat(chosen.name, (lambda: load(chosen)) if kept else cache(partial(load.__wrapped__, chosen)))


@lru_cache(maxsize=KEPT)
def load(chosen: Chosen) -> "BaseChatModel":
    """The model, which connects only when it is asked.

    Raises:
        ModelFailed: its package is not installed, it wants something that is not set, or the installation alone may choose it.
    """
    os.environ |= UNTRACED
    from langchain.chat_models import init_chat_model

    provider, _, model = chosen.name.partition(":")
    if provider != OWN and not chosen.trusted:
        raise ModelFailed("refused", f"the provider {provider} is for the whole installation; choose {OWN}:… with an address")
    options: dict[str, Any] = {"max_retries": 0, "timeout": FIRST_S, "max_tokens": WRITTEN_MAX}
    if chosen.base_url:
        options["base_url"] = chosen.base_url
    if chosen.key:
        options["api_key"] = chosen.key
    if provider == OWN:
        options |= _openai(chosen)
    try:
        found: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
        return found
    except ImportError:
        raise ModelFailed("refused", f"the package of the provider {provider} is not installed here") from None
    except Exception as error:  # whatever a provider's constructor raises, its text may hold the key
        raise ModelFailed("refused", f"the model {chosen.name} cannot be set up ({type(error).__name__})") from None


def warm_up() -> None:
    """Import what takes seconds, before the first customer waits for it."""
    load(Chosen("openai:none", key="none"))


def _openai(chosen: Chosen) -> dict[str, Any]:
    """What OpenAI-compatible servers need: tokens counted on streams too, a key even where none is asked for, and our way out."""
    from core import egress

    options: dict[str, Any] = {"stream_usage": True}
    if not chosen.key and (chosen.base_url or not chosen.trusted):
        options["api_key"] = "none"
    if not chosen.trusted:
        key = chosen.key or "none"

        async def of_the_organization(request: "httpx.Request") -> None:
            for name in {*request.headers} - SENT:
                del request.headers[name]
            request.headers["authorization"] = f"Bearer {key}"

        way_out = egress.client(timeout_s=FIRST_S)
        way_out.event_hooks = {"request": [of_the_organization]}
        options |= {"http_async_client": way_out, "openai_proxy": "", "base_url": chosen.base_url or OPENAI}
    return options
