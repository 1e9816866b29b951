"""Reads of messages. PostgreSQL makes the JSON of the structs, so a thread is one row, decoded once."""

from typing import Any

import msgspec

from core.access import Actor, visible
from core.conversations import queries as conversations
from core.conversations.structs import ConversationView, TimelineView, VisitorConversation
from core.database import json_of, read
from core.errors import NotFound
from core.files.structs import FileView, url_of
from core.messages.structs import MessageView, ThreadPage, VisitorMessage, VisitorThread, for_visitor, sender_of

FILES = f"""
CASE WHEN m.file_count = 0 THEN '[]'::json ELSE coalesce((
    SELECT json_agg({json_of(FileView, "f", url=f"'{url_of('')}' || f.token")} ORDER BY f.id) FROM files f
    WHERE f.organization_id = m.organization_id AND f.message_id = m.id), '[]'::json) END
"""
JSON = json_of(MessageView, "m", files=FILES)
"""A message row `m` as JSON of a `MessageView`."""
VISITOR_JSON = json_of(
    VisitorMessage, "m", files=FILES, client_id="CASE WHEN m.sender_type = 'contact' THEN m.client_id END"
)  # fmt: skip
"""The same as JSON of a `VisitorMessage`: what `structs.for_visitor` gives."""
_message = msgspec.json.Decoder(MessageView).decode
_messages = msgspec.json.Decoder(list[MessageView]).decode
_lines = msgspec.json.Decoder(list[TimelineView]).decode
WHERE = "SELECT conversation_id FROM messages WHERE organization_id = $1 AND id = $2"
UNKNOWN = "this message does not exist"
LAST = 2**62
"""Above every `seq` there will be."""
LINES_MAX = 500


async def by_client_id(actor: Actor, conversation_id: int, client_id: str) -> MessageView | None:
    """What the actor sent before under the same client id, in this conversation. Nobody finds another's by guessing its id."""
    where = "m.conversation_id = $2 AND m.sender_type = $3 AND m.sender_id IS NOT DISTINCT FROM $4 AND m.client_id = $5"
    return await _first(actor, where, conversation_id, *sender_of(actor), client_id)


async def by_id(actor: Actor, message_id: int) -> MessageView | None:
    """One message of a conversation that the caller has checked."""
    return await _first(actor, "m.id = $2", message_id)


async def locked(actor: Actor, message_id: int) -> tuple[ConversationView, MessageView]:
    """A message and its conversation, which the open unit of work has locked: both as they are under the lock.

    Raises:
        NotFound: the message is unknown, or its conversation is not visible to the actor.
    """
    async with read(actor) as db:
        conversation_id: int | None = await db.fetch_value(WHERE, actor.organization_id, message_id)
    if conversation_id is None:
        raise NotFound(UNKNOWN)
    conversation = await conversations.get(actor, conversation_id, lock=True)
    message = await by_id(actor, message_id)
    if message is None:
        raise NotFound(UNKNOWN)
    return conversation, message


async def _first(actor: Actor, where: str, *arguments: Any) -> MessageView | None:
    sql = f"SELECT {JSON}::text FROM messages m WHERE m.organization_id = $1 AND {where}"
    async with read(actor) as db:
        found = await db.fetch_value(sql, actor.organization_id, *arguments)
    return None if found is None else _message(found)


async def since(actor: Actor, conversation_id: int, seq: int, *, public: bool = False, limit: int = 50) -> list[MessageView]:
    """Messages after `seq` of a conversation that the caller has checked, oldest first."""
    hidden = "AND NOT m.is_internal" if public else ""
    sql = f"""
        SELECT {JSON}::text FROM messages m
        WHERE m.organization_id = $1 AND m.conversation_id = $2 AND m.seq > $3 {hidden} ORDER BY m.seq LIMIT $4
    """
    async with read(actor) as db:
        return [_message(row[0]) for row in await db.fetch_rows(sql, actor.organization_id, conversation_id, seq, limit)]


def thread_statement(actor: Actor, name: str, columns: str, hidden: str = "true") -> tuple[str, list[list[int]]]:
    """One statement for a page of a thread, with what comes after its four parameters: organization, name of the
    conversation, `before_seq`, limit. `columns` may read `c`, the conversation if it is visible, and `p`, its newest
    messages before `before_seq`, one more than the limit.
    """
    rule, held = visible(actor, 5)
    sql = f"""
        WITH c AS (SELECT c.* FROM conversations c WHERE c.organization_id = $1 AND c.{name} = $2 AND {rule}),
        p AS MATERIALIZED (
            SELECT m.* FROM messages m WHERE m.organization_id = $1 AND m.conversation_id = (SELECT c.id FROM c)
            AND m.seq < coalesce($3, {LAST}) AND {hidden} ORDER BY m.seq DESC LIMIT $4 + 1)
        SELECT {columns}, coalesce((SELECT json_agg({JSON} ORDER BY m.seq) FROM p AS m), '[]')::text FROM c
    """
    return sql, held


LINES = f"""
coalesce((SELECT json_agg({json_of(TimelineView, "t")} ORDER BY t.after_seq, t.id) FROM (
    SELECT t.* FROM timeline_entries t WHERE t.organization_id = $1 AND t.conversation_id = (SELECT c.id FROM c)
    AND t.after_seq >= CASE WHEN (SELECT count(*) FROM p) > $4 THEN (SELECT p.seq FROM p ORDER BY p.seq OFFSET 1 LIMIT 1) ELSE 0 END
    AND t.after_seq <= coalesce($3 - 1, c.last_seq) ORDER BY t.after_seq, t.id LIMIT {LINES_MAX}) t), '[]')::text
"""


async def thread(actor: Actor, conversation_id: int, before_seq: int | None, limit: int) -> ThreadPage:
    """The newest page of a thread, or the one before `before_seq`, with the quiet lines between its messages.

    Raises:
        NotFound: the conversation is not visible to the actor.
    """
    sql, held = thread_statement(actor, "id", LINES)
    lines, messages = await _thread(actor, sql, conversation_id, before_seq, limit, *held)
    return ThreadPage(messages[-limit:], _lines(lines), len(messages) > limit)


async def visitor_thread(actor: Actor, token: str, before_seq: int | None, limit: int) -> VisitorThread:
    """The same for the customer: public messages only.

    Raises:
        NotFound: it is not the actor's conversation.
    """
    sql, held = thread_statement(actor, "token", f"{conversations.VISITOR_JSON}::text", "NOT m.is_internal")
    conversation, messages = await _thread(actor, sql, token, before_seq, limit, *held)
    shown = [for_visitor(message) for message in messages[-limit:]]
    return VisitorThread(msgspec.json.decode(conversation, type=VisitorConversation), shown, len(messages) > limit)


async def _thread(actor: Actor, sql: str, *arguments: Any) -> tuple[str, list[MessageView]]:
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, *arguments)
    if not rows:
        raise NotFound(conversations.UNKNOWN)
    return rows[0][0], _messages(rows[0][1])
