"""Reads of conversations: plain SQL into structs, always through the access predicate."""

from typing import Any

import msgspec

from core.access import Actor, visible
from core.auth.tickets import Cursor, cursor_for
from core.conversations.structs import (
    ConversationCounts,
    ConversationPage,
    ConversationView,
    ListedConversation,
    Sort,
    StatusFilter,
    TimelineView,
    View,
)
from core.database import read
from core.errors import NotFound
from core.events import replay
from core.pages import decode_cursor, encode_cursor

COLUMNS = """
c.id, c.number, c.inbox_id, c.contact_id,
coalesce((SELECT coalesce(nullif(trim(k.first_name || ' ' || k.last_name), ''), k.email, '') FROM contacts k
          WHERE k.organization_id = c.organization_id AND k.id = c.contact_id), ''),
c.channel, c.subject, c.status, c.priority, c.category, c.tags, c.assignee_id, c.team_id, c.handler, c.handler_epoch,
c.snoozed_until, c.waiting_since, c.preview, c.last_seq, c.public_seq, c.last_activity_at, c.contact_read_seq, c.first_response_at,
c.resolved_at, c.closed_at, c.version, c.created_at, c.token
"""
WIDTH = len(msgspec.structs.fields(ConversationView))

SORTS: dict[Sort, tuple[str, str, bool]] = {
    "latest": ("c.last_activity_at", "timestamptz", True),
    "oldest": ("c.last_activity_at", "timestamptz", False),
    "waiting": ("coalesce(c.waiting_since, 'infinity')", "timestamptz", False),
    "priority": ("array_position(ARRAY['urgent','high','medium','low'], c.priority)", "int", False),
}
"""Expression, its type, and whether the largest comes first. The only sorts there are."""

STATUS: dict[StatusFilter, str] = {
    "open": "c.status = 'open' AND (c.snoozed_until IS NULL OR c.snoozed_until <= now())",
    "snoozed": "c.status = 'open' AND c.snoozed_until > now()",
    "pending": "c.status = 'pending'",
    "resolved": "c.status = 'resolved'",
    "closed": "c.status = 'closed'",
    "any": "true",
}


class Filters(msgspec.Struct, kw_only=True):
    """What a list of conversations is narrowed to; all that is set must hold."""

    view: View = "all"
    status: StatusFilter = "open"
    inbox_id: int | None = None
    team_id: int | None = None
    assignee_id: int | None = None
    contact_id: int | None = None
    tag: str | None = None
    number: int | None = None


async def get(actor: Actor, conversation_id: int, *, lock: bool = False) -> ConversationView:
    """One conversation; `lock` holds its row until the unit of work ends.

    Raises:
        NotFound: unknown to the actor's organization, or not visible to the actor.
    """
    rule, held = visible(actor, 3)
    sql = f"SELECT {COLUMNS} FROM conversations c WHERE c.organization_id = $1 AND c.id = $2 AND {rule}"
    return await _one(actor, sql + (" FOR UPDATE OF c" if lock else ""), conversation_id, *held)


async def by_token(actor: Actor, token: str, *, lock: bool = False) -> ConversationView:
    """One conversation by its outside name.

    Raises:
        NotFound: unknown, or not the actor's.
    """
    rule, held = visible(actor, 3)
    sql = f"SELECT {COLUMNS} FROM conversations c WHERE c.organization_id = $1 AND c.token = $2 AND {rule}"
    return await _one(actor, sql + (" FOR UPDATE OF c" if lock else ""), token, *held)


async def by_client_id(actor: Actor, contact_id: int | None, client_id: str) -> ConversationView | None:
    """The conversation that a first message with this client id opened, locked; None: there is none that the actor may see."""
    rule, held = visible(actor, 4)
    sql = f"""SELECT {COLUMNS} FROM conversations c
              WHERE c.organization_id = $1 AND c.contact_id = $2 AND c.client_id = $3 AND {rule} FOR UPDATE OF c"""
    async with read(actor) as db:
        return await db.fetch_one(ConversationView, sql, actor.organization_id, contact_id, client_id, *held)


async def _one(actor: Actor, sql: str, *arguments: Any) -> ConversationView:
    async with read(actor) as db:
        found = await db.fetch_one(ConversationView, sql, actor.organization_id, *arguments)
    if found is None:
        raise NotFound("this conversation does not exist, or you may not see it")
    return found


async def page(actor: Actor, filters: Filters, sort: Sort, after: str | None, limit: int) -> ConversationPage:
    """A page of the list, with how far the asking agent has read each, and the place in the log to go on from.

    Raises:
        Invalid: `after` is no cursor of this sort.
    """
    expression, kind, largest_first = SORTS[sort]
    where, arguments = _narrowed(actor, filters)
    if after is not None:
        value, last_id = decode_cursor(after, sort)
        arguments += [value, last_id]
        compare = "<" if largest_first else ">"
        where += f" AND ({expression}, c.id) {compare} (${len(arguments) - 1}::text::{kind}, ${len(arguments)})"
    direction = "DESC" if largest_first else "ASC"
    arguments += [actor.user_id, limit + 1]
    sql = f"""
        SELECT {COLUMNS}, coalesce(r.seq, 0), ({expression})::text FROM conversations c
        LEFT JOIN read_marks r ON r.organization_id = c.organization_id AND r.conversation_id = c.id AND r.user_id = ${len(arguments) - 1}
        WHERE {where} ORDER BY {expression} {direction}, c.id {direction} LIMIT ${len(arguments)}
    """
    async with read(actor) as db:
        head = await replay.head(actor)
        rows = await db.fetch_rows(sql, *arguments)
    items = [ListedConversation(ConversationView(*row[:WIDTH]), row[WIDTH]) for row in map(tuple, rows[:limit])]
    following = encode_cursor(sort, rows[limit - 1][WIDTH + 1], rows[limit - 1][0]) if len(rows) > limit else None
    return ConversationPage(items, following, cursor_for(actor, Cursor(head.epoch, head.position)))


def _narrowed(actor: Actor, filters: Filters) -> tuple[str, list[Any]]:
    rule, held = visible(actor, 2)
    arguments: list[Any] = [actor.organization_id, *held]
    clauses = ["c.organization_id = $1", rule, STATUS[filters.status]]

    def narrow(clause: str, value: Any) -> None:
        arguments.append(value)
        clauses.append(clause.replace("?", f"${len(arguments)}"))

    if filters.view == "mine":
        narrow("c.assignee_id = ?", actor.user_id)
    elif filters.view == "unassigned":
        clauses.append("c.assignee_id IS NULL AND c.handler = 'human'")
    elif filters.view == "ai":
        clauses.append("c.handler = 'ai'")
    for column in ("inbox_id", "team_id", "assignee_id", "contact_id", "number"):
        if (value := getattr(filters, column)) is not None:
            narrow(f"c.{column} = ?", value)
    if filters.tag is not None:
        narrow("? = ANY (c.tags)", filters.tag)
    return " AND ".join(clauses), arguments


async def counts(actor: Actor) -> ConversationCounts:
    rule, held = visible(actor, 3)
    sql = f"""
        SELECT count(*), count(*) FILTER (WHERE c.assignee_id = $2),
               count(*) FILTER (WHERE c.assignee_id IS NULL AND c.handler = 'human'), count(*) FILTER (WHERE c.handler = 'ai')
        FROM conversations c WHERE c.organization_id = $1 AND {STATUS["open"]} AND {rule}
    """
    async with read(actor) as db:
        found = await db.fetch_one(ConversationCounts, sql, actor.organization_id, actor.user_id, *held)
    return found or ConversationCounts(0, 0, 0, 0)


async def read_seq(actor: Actor, conversation_id: int) -> int:
    """How far the asking agent has read."""
    sql = "SELECT seq FROM read_marks WHERE organization_id = $1 AND conversation_id = $2 AND user_id = $3"
    async with read(actor) as db:
        return int(await db.fetch_value(sql, actor.organization_id, conversation_id, actor.user_id) or 0)


async def listed(actor: Actor, conversation_id: int) -> ListedConversation:
    """One conversation with how far the asking agent has read it.

    Raises:
        NotFound: unknown to the actor's organization, or not visible to the actor.
    """
    async with read(actor):
        return ListedConversation(await get(actor, conversation_id), await read_seq(actor, conversation_id))


async def timeline(actor: Actor, conversation_id: int, from_seq: int, to_seq: int) -> list[TimelineView]:
    """The quiet lines after messages `from_seq` to `to_seq` of a conversation that the caller has checked."""
    sql = """
        SELECT id, after_seq, kind, by, data, created_at FROM timeline_entries
        WHERE organization_id = $1 AND conversation_id = $2 AND after_seq BETWEEN $3 AND $4 ORDER BY after_seq, id LIMIT 500
    """
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, conversation_id, from_seq, to_seq)
    return [msgspec.convert(dict(row), TimelineView) for row in rows]


async def of_contact(actor: Actor, limit: int = 20) -> list[ConversationView]:
    """The asking visitor's conversations, newest first."""
    sql = f"SELECT {COLUMNS} FROM conversations c WHERE c.organization_id = $1 AND c.contact_id = $2 ORDER BY c.id DESC LIMIT $3"
    async with read(actor) as db:
        return await db.fetch(ConversationView, sql, actor.organization_id, actor.contact_id, limit)
