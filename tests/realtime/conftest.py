"""Both ways to a socket: finished frames straight to the transport, and the queue for servers where that cannot be."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from core.embedded.servers import Urls
from realtime.hub import Hub
from realtime.limits import limits
from tests.stack import Stack, running_stack

CAP_KB = 64
PER_PERSON = 12
TIGHT = {"PER_PERSON": "3", "PER_ADDRESS": "2", "PER_ORGANIZATION": "5", "PER_PROCESS": "6"}


@pytest.fixture(scope="module", params=["direct", "queue"])
async def stack(connected: Urls, request: pytest.FixtureRequest) -> AsyncIterator[Stack]:
    """web and relay; little may wait for a slow reader, so that tests need not send much."""
    told = {"LINK": request.param, "STAFF_CAP_KB": str(CAP_KB), "VISITOR_CAP_KB": str(CAP_KB), "PER_PERSON": str(PER_PERSON)}
    environment = dict(os.environ) | {f"LACASA_REALTIME_{name}": value for name, value in told.items()}
    async with running_stack(("web", "relay"), environment) as running:
        yield running


@pytest.fixture
async def hub(connected: Urls) -> AsyncIterator[Hub]:
    """A hub in this process, without its clock."""
    made = Hub()
    yield made
    await made.stop()


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small limits for a hub in this process."""
    for name, value in TIGHT.items():
        monkeypatch.setenv(f"LACASA_REALTIME_{name}", value)
    limits.cache_clear()
    yield
    monkeypatch.undo()
    limits.cache_clear()
