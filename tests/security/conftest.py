"""Two organizations that know nothing of each other, on running processes."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, NamedTuple

import httpx
import pytest

from core.app import create_app
from core.embedded.servers import Urls
from core.settings import settings
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


@asynccontextmanager
async def in_process(address: str = "") -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application in this process, so that a test can hold it at one line; it asks from `address`, or a new one."""
    transport = httpx.ASGITransport(_application(), client=(address or an_ip(), 4000))
    own = settings().origin
    async with httpx.AsyncClient(transport=transport, base_url=own, headers={"Origin": own}, cookies=no_jar()) as client:
        yield client


@lru_cache(maxsize=1)
def _application() -> Any:
    return create_app()


def an_ip() -> str:
    """An address that nobody asked from before."""
    return f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}"


@pytest.fixture
async def app(connected: Urls) -> AsyncIterator[httpx.AsyncClient]:
    assert connected
    async with in_process() as client:
        yield client


def no_jar() -> CookieJar:
    """Keeps nothing: each request is by whom it says, and not by who signed in before."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))
