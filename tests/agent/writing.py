"""A shop whose AI agent writes with the scripted model."""

from collections.abc import Callable

from agent.llm import actions
from agent.llm.structs import ModelInput
from core.access import Actor
from tests.agent.loopback import KEY, Answer, Asked, Loopback, saying

COSTS = "Shipping to Norway costs €9.90"


async def choose(admin: Actor, server: Loopback, **more: object) -> None:
    values = {"name": "openai:tiny", "base_url": server.url, "key": KEY, "price_in": 2.0, "price_out": 10.0} | more
    await actions.choose(admin, ModelInput(**values))  # type: ignore[arg-type]


def cites(words: str, *sentences: str) -> Callable[[Asked], Answer]:
    return lambda asked: Answer(saying(*((sentence, [asked.source(words)]) for sentence in sentences)))
