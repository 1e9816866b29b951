from collections.abc import AsyncIterator

import pytest

from agent import jobs
from agent.llm import models
from core import egress
from core.settings import Settings
from tests.agent.loopback import Loopback, loopback
from tests.agent.scenes import Scene, a_shop
from tests.agent.writing import choose


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "QUIET_S", 0.0)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    """A language model's server that may be asked though it stands on this machine."""
    monkeypatch.setattr(egress, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))
    models.load.cache_clear()
    async with loopback() as found:
        yield found
    models.load.cache_clear()


@pytest.fixture
async def scene(server: Loopback) -> Scene:
    """A shop that writes with it."""
    found = await a_shop()
    await choose(found.admin, server)
    return found
