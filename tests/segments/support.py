"""What the tests of segments share: somebody who is signed in, a segment, and what an answer tells."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from core.access import Actor
from core.auth import sessions

VIP = {"field": "contact.tags", "op": "has", "value": "vip"}


@asynccontextmanager
async def a_client(url: str, actor: Actor) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which `actor` is signed in."""
    cookies = {sessions.COOKIE: sessions.cookie_for(actor.session_id or 0)}
    async with httpx.AsyncClient(base_url=url, cookies=cookies, headers={"Origin": url}, timeout=20) as client:
        yield client


async def made(client: httpx.AsyncClient, name: str = "Regulars", tree: Any = VIP) -> dict[str, Any]:
    """A new segment; without a tree, a list."""
    answer = await client.post("/api/segments", json={"name": name} | ({} if tree is None else {"tree": tree}))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def told(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
