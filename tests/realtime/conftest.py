"""Both ways to a socket: finished frames straight to the transport, and the queue for servers where that cannot be."""

from collections.abc import AsyncIterator, Iterator

import pytest

from core.embedded.servers import Urls
from realtime.hub import Hub
from realtime.limits import limits
from tests.stack import Stack, running_stack

CAP_KB = 64
PER_PERSON = 12
TIGHT = {"PER_PERSON": "3", "PER_ADDRESS": "2", "PER_ORGANIZATION": "5", "PER_PROCESS": "6"}


@pytest.fixture(scope="session", params=["direct", "queue"])
async def narrow(whole: Stack, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> AsyncIterator[Stack]:
    """A web process more of the whole installation: little may wait for a slow reader, so that tests need not send much."""
    told = {"LINK": request.param, "STAFF_CAP_KB": str(CAP_KB), "VISITOR_CAP_KB": str(CAP_KB), "PER_PERSON": str(PER_PERSON)}
    variables = {f"LACASA_REALTIME_{name}": value for name, value in told.items()}
    logs = tmp_path_factory.mktemp(request.param)
    async with running_stack(["web"], {**whole.environment, **variables}, logs=logs) as running:
        yield running


@pytest.fixture(scope="module")
def stack(at_whole: None, narrow: Stack) -> Stack:
    return narrow


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
