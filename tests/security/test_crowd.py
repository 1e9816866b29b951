"""More requests than a web process can work on are told so at once, and what is under way goes on. The real process, a table that is locked."""

import asyncio
import os
import time
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from core.embedded.servers import Urls
from tests.factories import PASSWORD, an_address
from tests.stack import Stack, running_stack

AT_ONCE = 3


@pytest.fixture
async def web(connected: Urls) -> AsyncIterator[Stack]:
    assert connected
    async with running_stack(["web"], {**os.environ, "LACASA_REQUESTS_AT_ONCE": str(AT_ONCE)}) as stack:
        yield stack


async def test_a_crowd_is_told_to_come_back_and_nobody_inside_is_lost(web: Stack) -> None:
    locker = await asyncpg.connect(web.environment["LACASA_DATABASE_URL"])
    async with httpx.AsyncClient(base_url=web.url, headers={"Origin": web.url}, timeout=30) as http:
        founder = {"organization_name": "A shop", "name": "Ada", "email": an_address(), "password": PASSWORD}
        (await http.post("/api/auth/signup", json=founder)).raise_for_status()
        async with locker.transaction():
            await locker.execute("LOCK TABLE conversations")
            inside = [asyncio.create_task(http.get("/api/conversations")) for _ in range(AT_ONCE)]
            await _waiting(locker, AT_ONCE)
            began = time.monotonic()
            refused = await http.get("/api/conversations")
            assert time.monotonic() - began < 4
            assert (refused.status_code, refused.json()["code"], refused.headers["retry-after"]) == (503, "busy", "1")
            assert (await http.get("/health/ready")).status_code == 200
        assert [answer.status_code for answer in await asyncio.gather(*inside)] == [200] * AT_ONCE
        assert (await http.get("/api/conversations")).status_code == 200
    await locker.close()


async def _waiting(locker: asyncpg.Connection, most: int) -> None:
    """Until so many wait for the table."""
    sql = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'conversations'::regclass"
    for _ in range(400):
        if await locker.fetchval(sql) >= most:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("they do not wait for it")
