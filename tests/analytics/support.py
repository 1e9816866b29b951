"""What the tests of analytics share: a signed-in client, a wait for the background, and rows as they stand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import httpx

from core.access import Actor, ai
from core.auth import sessions
from core.channels.email import undoing
from core.channels.email.structs import TakenBack
from core.conversations import actions as conversations
from core.conversations import queries
from core.conversations.structs import ConversationView
from core.database import system_transaction, transaction
from core.messages import actions as messages
from core.messages.structs import Sent, Source
from tests.factories import client_id

UNSETTLED = """
SELECT (SELECT count(*) FROM outbox WHERE organization_id = $1)
     + (SELECT count(*) FROM jobs WHERE organization_id = $1 AND name LIKE 'modules.analytics.%' AND status < 2)
"""


@asynccontextmanager
async def a_client(url: str, actor: Actor) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which `actor` is signed in."""
    cookies = {sessions.COOKIE: sessions.cookie_for(actor.session_id or 0)}
    async with httpx.AsyncClient(base_url=url, cookies=cookies, timeout=20) as client:
        yield client


async def get(url: str, actor: Actor, path: str, **query: Any) -> Any:
    async with a_client(url, actor) as client:
        answer = await client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def settled(actor: Actor) -> None:
    """Wait until everything that happened in the organization has been counted."""
    for _ in range(400):
        async with system_transaction("a test waits for the background") as db:
            if not await db.fetch_value(UNSETTLED, actor.organization_id):
                return
        await asyncio.sleep(0.05)
    raise AssertionError("the background did not finish")


async def rows(actor: Actor) -> list[dict[str, Any]]:
    sql = (
        "SELECT kind, entity_id, contact_id, user_id, metadata, at FROM analytics_events WHERE organization_id = $1 ORDER BY at, id"
    )
    async with transaction(actor) as db:
        return [dict(row) for row in await db.fetch_rows(sql, actor.organization_id)]


async def rolled(actor: Actor) -> dict[tuple[Any, ...], int]:
    """What facts of the organization add up to, by cell."""
    sql = "SELECT metric, dimension, key, day, hour, bucket, value FROM analytics_rollups WHERE organization_id = $1 AND value <> 0"
    async with transaction(actor) as db:
        return {tuple(row)[:6]: row["value"] for row in await db.fetch_rows(sql, actor.organization_id)}


async def an_ai_answer(admin: Actor, sent: Sent, *, sources: bool = True) -> Sent:
    agent = ai(admin.organization_id)
    now = await queries.get(agent, sent.conversation.id)
    quoted = [Source(1, "Returns", "returns", "Within 30 days.")] if sources else []
    return await messages.send(
        agent, now.id, "Within 30 days [1]." if sources else "Hello!", if_epoch=now.handler_epoch, if_seq=None,
        client_id=client_id(), sources=quoted,
    )  # fmt: skip


async def taken_back(agent: Actor, reply: Sent) -> TakenBack:
    """The reply, as if it had been a mail: these are what is taken back."""
    async with system_transaction("a test has mail without a mail server") as db:
        sql = "UPDATE conversations SET channel = 'email' WHERE organization_id = $1 AND id = $2"
        await db.execute(sql, agent.organization_id, reply.conversation.id)
    return await undoing.undo(agent, reply.message.id)


async def a_handoff(admin: Actor, sent: Sent) -> ConversationView:
    agent = ai(admin.organization_id)
    async with transaction(agent) as db:
        now = await queries.get(agent, sent.conversation.id, lock=True)
        return await conversations.hand_off(db, agent, now, "asked_human")


async def moved(actor: Actor, conversation_id: int, created_at: datetime, first_response_at: datetime | None) -> None:
    """A conversation that was opened and answered at other times than now."""
    async with system_transaction("a test writes history") as db:
        sql = "UPDATE conversations SET created_at = $3, first_response_at = $4 WHERE organization_id = $1 AND id = $2"
        await db.execute(sql, actor.organization_id, conversation_id, created_at, first_response_at)
