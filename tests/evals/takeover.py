"""`python -m tests.evals takeover [1000]`: so many conversations in which a person acts at any moment of the AI agent's work, mostly in the middle of
the call to a language model (a scripted server on loopback). Prints one JSON object; `spoke_over` and `silent` must be 0."""

import msgspec
import pytest

from agent.llm import models
from core import egress
from core.settings import Settings
from tests.agent.loopback import loopback
from tests.agent.takeover import race
from tests.evals.shop import opened


async def run(rounds: int, seed: int = 1) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(egress, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))
        models.warm_up()
        async with opened(), loopback() as server:
            print(msgspec.json.encode(await race(server, rounds, seed)).decode())
