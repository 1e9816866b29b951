from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.campaigns.desk import Desk, a_desk


@pytest.fixture
async def desk(connected: Any) -> AsyncIterator[Desk]:
    del connected
    async with a_desk() as desk:
        yield desk
