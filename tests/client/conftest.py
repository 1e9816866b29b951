"""The client's real modules against the real stack."""

from collections.abc import AsyncIterator

import pytest

from tests.client.equality import Stage
from tests.stack import Stack


@pytest.fixture(scope="module")
async def stage(stack: Stack) -> AsyncIterator[Stage]:
    opened = await Stage.open(stack.url)
    yield opened
    await opened.close()
