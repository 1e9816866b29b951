"""Two organizations that know nothing of each other, on running processes."""

from collections.abc import AsyncIterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import NamedTuple

import httpx
import pytest

from tests.security.world import World, a_world, settled
from tests.stack import Stack


class Worlds(NamedTuple):
    """`ours` must stay as it is and unread, whatever the `strangers` do."""

    ours: World
    strangers: World


@pytest.fixture(scope="module")
async def worlds(stack: Stack) -> Worlds:
    found = Worlds(await a_world(), await a_world())
    await settled(*found)
    return found


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """A client without cookies of its own; it says it comes from our own pages, as a browser there would."""
    async with httpx.AsyncClient(base_url=stack.url, headers={"Origin": stack.url}, cookies=no_jar(), timeout=30) as client:
        yield client


def no_jar() -> CookieJar:
    """Keeps nothing: each request is by whom it says, and not by who signed in before."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))
