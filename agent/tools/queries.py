"""Reads of what the AI agent proposed to do."""

from typing import Any

import msgspec

from agent.tools.structs import ToolCallView
from core.access import Actor
from core.conversations import queries as conversations
from core.database import read
from core.errors import NotFound
from core.extend import registry
from core.extend.panels import Fact

COLUMNS = """
t.id, t.conversation_id, t.decision_id, t.tool, t.title, t.status, t.preview, t.text, t.facts, t.trouble, t.proposed_at, t.decided_by, t.decided_at,
t.ended_at
"""
SHOWN = 20
OF_CONVERSATION = f"""
SELECT {COLUMNS} FROM ai_tool_calls t WHERE t.organization_id = $1 AND t.conversation_id = $2
ORDER BY t.status NOT IN ('proposed', 'approved', 'failed'), t.id DESC LIMIT {SHOWN}
"""
ONE = f"SELECT {COLUMNS} FROM ai_tool_calls t WHERE t.organization_id = $1 AND t.id = $2"
STORED = """
SELECT t.conversation_id, t.contact_id, t.tool, t.language, t.arguments, t.preview, t.status, t.title
FROM ai_tool_calls t WHERE t.organization_id = $1 AND t.id = $2
"""


class Stored(msgspec.Struct, frozen=True):
    """A call as the worker reads it."""

    conversation_id: int
    contact_id: int
    tool: str
    language: str
    arguments: Any
    preview: list[Fact]
    status: str
    title: str


async def of_conversation(actor: Actor, conversation_id: int) -> list[ToolCallView]:
    """Those that people have to do with first, then the newest; `SHOWN` at most.

    Raises:
        NotFound: the conversation is not visible to the actor.
    """
    async with read(actor) as db:
        await conversations.get(actor, conversation_id)
        return [_view(row) for row in await db.fetch_rows(OF_CONVERSATION, actor.organization_id, conversation_id)]


async def get(actor: Actor, call_id: int, *, lock: bool = False) -> ToolCallView:
    """`lock`: nobody else decides on it, and its conversation does not change, until this unit of work ends.

    Raises:
        NotFound: there is none, or its conversation is not visible to the actor.
    """
    async with read(actor) as db:
        rows = await db.fetch_rows(ONE, actor.organization_id, call_id)
        try:
            if rows:
                await conversations.get(actor, rows[0]["conversation_id"], lock=lock)
        except NotFound:
            rows = []
        if rows and lock:
            rows = await db.fetch_rows(f"{ONE} FOR UPDATE", actor.organization_id, call_id)
        if not rows:
            raise NotFound("this proposal does not exist, or you may not see its conversation")
        return _view(rows[0])


async def stored(actor: Actor, call_id: int) -> Stored | None:
    async with read(actor) as db:
        rows = await db.fetch_rows(STORED, actor.organization_id, call_id)
    return msgspec.convert(dict(rows[0]), Stored) if rows else None


def _view(row: Any) -> ToolCallView:
    tool = registry.agent_tools().get(row["tool"])
    return msgspec.convert({**dict(row), "roles": sorted(tool.roles) if tool else []}, ToolCallView)
