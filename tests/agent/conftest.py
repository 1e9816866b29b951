from collections.abc import AsyncIterator

import pytest

from agent import jobs
from core.extend import registry
from tests.agent.loopback import Loopback
from tests.agent.scenes import Scene, a_shop
from tests.agent.shop_tools import Shop
from tests.agent.writing import choose, reachable


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "QUIET_S", 0.0)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    async with reachable(monkeypatch) as found:
        yield found


@pytest.fixture
async def scene(server: Loopback) -> Scene:
    """A shop that writes with it."""
    found = await a_shop()
    await choose(found.admin, server)
    return found


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    tools = made.tools
    monkeypatch.setattr(registry, "agent_tools", lambda: tools)
    return made
