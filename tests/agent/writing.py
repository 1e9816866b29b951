"""A shop whose AI agent writes with the scripted model."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from agent.llm import actions, models
from agent.llm.structs import ModelInput
from core import egress
from core.access import Actor
from core.settings import Settings
from tests.agent.loopback import KEY, Answer, Asked, Loopback, loopback, saying

COSTS = "Shipping to Norway costs €9.90"


@asynccontextmanager
async def reachable(patch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    """A language model's server that may be asked though it stands on this machine."""
    patch.setattr(egress, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))
    models.load.cache_clear()
    async with loopback() as found:
        yield found
    models.load.cache_clear()


async def choose(admin: Actor, server: Loopback, **more: object) -> None:
    values = {"name": "openai:tiny", "base_url": server.url, "key": KEY, "price_in": 2.0, "price_out": 10.0} | more
    await actions.choose(admin, ModelInput(**values))


def cites(words: str, *sentences: str) -> Callable[[Asked], Answer]:
    return lambda asked: Answer(saying(*((sentence, [asked.source(words)]) for sentence in sentences)))
