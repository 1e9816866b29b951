"""`python -m tests.evals takeover [1000]`: so many conversations in which a person acts at any moment of the AI agent's work, mostly in the middle of
the call to a language model (a scripted server on loopback). Prints one JSON object; `spoke_over` and `silent` must be 0."""

import msgspec
import pytest

from agent.llm import models
from tests.agent.takeover import race
from tests.agent.writing import reachable
from tests.evals.shop import opened


async def run(rounds: int, seed: int = 1) -> None:
    with pytest.MonkeyPatch.context() as patch:
        async with opened(), reachable(patch) as server:
            models.warm_up()
            print(msgspec.json.encode(await race(server, rounds, seed)).decode())
