"""Reads of messages."""

from typing import Any

import asyncpg
import msgspec

from core.access import Actor
from core.conversations import queries as conversations
from core.conversations.structs import ConversationView
from core.conversations.structs import for_visitor as conversation_for_visitor
from core.database import Unit, read
from core.files.structs import FileView, url_of
from core.messages.structs import MessageView, SenderType, Source, ThreadPage, VisitorThread, for_visitor

COLUMNS = """
m.id, m.conversation_id, m.seq, m.sender_type, m.sender_id, m.sender_name, m.content, m.is_internal, m.client_id,
m.sources, m.decision_id, m.created_at
"""
FILES = """
SELECT f.message_id, f.token, f.name, f.content_type, f.size FROM files f
WHERE f.organization_id = $1 AND f.message_id = ANY ($2::bigint[]) ORDER BY f.id
"""


def _view(row: asyncpg.Record, files: list[FileView]) -> MessageView:
    values = dict(row)
    values["sources"] = msgspec.convert(values["sources"], list[Source])
    return MessageView(**values, files=files)


async def _with_files(db: Unit, actor: Actor, rows: list[asyncpg.Record]) -> list[MessageView]:
    files: dict[int, list[FileView]] = {}
    if rows:
        for message_id, token, name, content_type, size in await db.fetch_rows(
            FILES, actor.organization_id, [row["id"] for row in rows]
        ):
            files.setdefault(message_id, []).append(FileView(token, name, content_type, size, url_of(token)))
    return [_view(row, files.get(row["id"], [])) for row in rows]


async def by_client_id(actor: Actor, conversation_id: int, sender: SenderType, client_id: str) -> MessageView | None:
    """A message that this kind of sender sent before under the same client id. Nobody finds another kind's by guessing its id."""
    sql = f"SELECT {COLUMNS} FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = $2 AND m.sender_type = $3 AND m.client_id = $4"
    return await _first(actor, sql, conversation_id, sender, client_id)


async def by_id(actor: Actor, message_id: int) -> MessageView | None:
    """One message of a conversation that the caller has checked."""
    return await _first(actor, f"SELECT {COLUMNS} FROM messages m WHERE m.organization_id = $1 AND m.id = $2", message_id)


async def _first(actor: Actor, sql: str, *arguments: Any) -> MessageView | None:
    async with read(actor) as db:
        found = await _with_files(db, actor, await db.fetch_rows(sql, actor.organization_id, *arguments))
    return found[0] if found else None


async def since(actor: Actor, conversation_id: int, seq: int, *, public: bool = False, limit: int = 50) -> list[MessageView]:
    """Messages after `seq` of a conversation that the caller has checked, oldest first."""
    hidden = "AND NOT m.is_internal" if public else ""
    sql = f"""
        SELECT {COLUMNS} FROM messages m
        WHERE m.organization_id = $1 AND m.conversation_id = $2 AND m.seq > $3 {hidden} ORDER BY m.seq LIMIT $4
    """
    async with read(actor) as db:
        return await _with_files(db, actor, await db.fetch_rows(sql, actor.organization_id, conversation_id, seq, limit))


async def _before(
    actor: Actor, conversation: ConversationView, before_seq: int | None, limit: int, *, public: bool
) -> tuple[list[MessageView], bool]:
    hidden = "AND NOT m.is_internal" if public else ""
    sql = f"""
        SELECT {COLUMNS} FROM messages m
        WHERE m.organization_id = $1 AND m.conversation_id = $2 AND ($3::bigint IS NULL OR m.seq < $3) {hidden}
        ORDER BY m.seq DESC LIMIT $4
    """
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, conversation.id, before_seq, limit + 1)
        found = await _with_files(db, actor, rows[:limit])
    return found[::-1], len(rows) > limit


async def thread(actor: Actor, conversation_id: int, before_seq: int | None, limit: int) -> ThreadPage:
    """The newest page of a thread, or the one before `before_seq`, with the quiet lines between its messages.

    Raises:
        NotFound: the conversation is not visible to the actor.
    """
    async with read(actor):
        conversation = await conversations.get(actor, conversation_id)
        messages, has_more = await _before(actor, conversation, before_seq, limit, public=False)
        first = messages[0].seq if has_more else 0
        last = conversation.last_seq if before_seq is None else before_seq - 1
        lines = await conversations.timeline(actor, conversation.id, first, last)
    return ThreadPage(messages, lines, has_more)


async def visitor_thread(actor: Actor, token: str, before_seq: int | None, limit: int) -> VisitorThread:
    """The same for the customer: public messages only.

    Raises:
        NotFound: it is not the actor's conversation.
    """
    async with read(actor):
        conversation = await conversations.by_token(actor, token)
        messages, has_more = await _before(actor, conversation, before_seq, limit, public=True)
    return VisitorThread(conversation_for_visitor(conversation), [for_visitor(message) for message in messages], has_more)
