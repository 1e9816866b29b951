"""What happened to contacts stands in a table of a module from outside, which brings fields over it; and an organization to work in."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from core.access import Actor
from core.database import pool
from core.extend import registry
from tests.factories import an_organization
from tests.segments.people import DROP, FIELDS, TABLE
from tests.segments.support import a_client
from tests.stack import Stack


@pytest.fixture(scope="module", autouse=True)
def _fields() -> Iterator[None]:
    known = registry.segment_fields()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "segment_fields", lambda: known | {field.name: field for field in FIELDS})
        yield


@pytest.fixture(scope="module")
async def facts(connected: object) -> AsyncIterator[None]:
    await pool().execute(TABLE)
    yield
    await pool().execute(DROP)


@pytest.fixture
async def admin(stack: Stack) -> Actor:
    assert stack.url
    return await an_organization()


@pytest.fixture
async def shop(stack: Stack, admin: Actor) -> AsyncIterator[httpx.AsyncClient]:
    async with a_client(stack.url, admin) as client:
        yield client
