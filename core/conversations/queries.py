"""Reads of conversations: plain SQL into structs, always through the access predicate. Lists: `listing`."""

from typing import Any

from core.access import Actor, visible
from core.auth.tickets import Cursor, cursor_for
from core.conversations import listing
from core.conversations.listing import COLUMNS as COLUMNS
from core.conversations.listing import STATUS as STATUS
from core.conversations.listing import WIDTH
from core.conversations.listing import Filters as Filters
from core.conversations.structs import (
    ActiveCount,
    ConversationCounts,
    ConversationPage,
    ConversationView,
    ListedConversation,
    Sort,
    VisitorConversation,
)
from core.database import json_of, read
from core.errors import NotFound
from core.pages import encode_cursor

JSON = json_of(ConversationView, "c")
"""A conversation row `c` as JSON of a `ConversationView`."""
VISITOR_JSON = json_of(VisitorConversation, "c", last_seq="c.public_seq", read_seq="c.contact_read_seq")
"""The same as JSON of a `VisitorConversation`: what `structs.for_visitor` gives."""
UNKNOWN = "this conversation does not exist, or you may not see it"
OTHERS = "c.inbox_id, c.team_id, NULL::bigint AS assignee_id, NULL::bigint AS contact_id"
"""Of a sum, what opens it to others than its assignee, who has a sum of their own."""
MINE_MAX = 1000


async def get(actor: Actor, conversation_id: int, *, lock: bool = False) -> ConversationView:
    """One conversation; `lock` holds its row until the unit of work ends, but lets those pass who only refer to it (read marks).

    Raises:
        NotFound: unknown to the actor's organization, or not visible to the actor.
    """
    rule, held = visible(actor, 3)
    sql = f"SELECT {COLUMNS} FROM conversations c WHERE c.organization_id = $1 AND c.id = $2 AND {rule}"
    return await _one(actor, sql + (" FOR NO KEY UPDATE OF c" if lock else ""), conversation_id, *held)


async def by_token(actor: Actor, token: str, *, lock: bool = False) -> ConversationView:
    """One conversation by its outside name.

    Raises:
        NotFound: unknown, or not the actor's.
    """
    rule, held = visible(actor, 3)
    sql = f"SELECT {COLUMNS} FROM conversations c WHERE c.organization_id = $1 AND c.token = $2 AND {rule}"
    return await _one(actor, sql + (" FOR NO KEY UPDATE OF c" if lock else ""), token, *held)


async def by_client_id(actor: Actor, contact_id: int | None, client_id: str) -> ConversationView | None:
    """The conversation that a first message with this client id opened, locked; None: there is none that the actor may see."""
    rule, held = visible(actor, 4)
    sql = f"""SELECT {COLUMNS} FROM conversations c
              WHERE c.organization_id = $1 AND c.contact_id = $2 AND c.client_id = $3 AND {rule} FOR NO KEY UPDATE OF c"""
    async with read(actor) as db:
        return await db.fetch_one(ConversationView, sql, actor.organization_id, contact_id, client_id, *held)


async def _one(actor: Actor, sql: str, *arguments: Any) -> ConversationView:
    async with read(actor) as db:
        found = await db.fetch_one(ConversationView, sql, actor.organization_id, *arguments)
    if found is None:
        raise NotFound(UNKNOWN)
    return found


async def page(actor: Actor, filters: Filters, sort: Sort, after: str | None, limit: int) -> ConversationPage:
    """A page of the list, with how far the asking agent has read each, and the place in the log to go on from.

    Raises:
        Invalid: `after` is no cursor of this sort.
    """
    sql, arguments = listing.page(actor, filters, sort, after, limit)
    async with read(actor) as db:
        rows = [tuple(row) for row in await db.fetch_rows(sql, *arguments)]
    live = cursor_for(actor, Cursor(rows[0][0] or 0, rows[0][1] or 0))
    items = [ListedConversation(ConversationView(*row[4 : 4 + WIDTH]), row[2]) for row in rows[:limit] if row[4] is not None]
    following = None
    if len(rows) > limit:
        following = encode_cursor(sort, rows[limit - 1][3], items[-1].conversation.id)
    return ConversationPage(items, following, live)


def counts_statement(actor: Actor) -> tuple[str, list[Any]]:
    """Sums and unread in one statement: a row for all, then one for each inbox and each team."""
    arguments: list[Any] = [actor.organization_id, actor.user_id]
    found, unread = listing.unread(actor, MINE_MAX, arguments)
    rule, held = visible(actor, len(arguments) + 1, "others")
    sql = f"""
        WITH {found}, counted AS (
            SELECT c.inbox_id, c.team_id, c.holder, c.n AS seen, 0 AS own
            FROM conversation_counts c, LATERAL (SELECT {OTHERS}) others
            WHERE c.organization_id = $1 AND c.assignee_id IS NULL AND {rule}
            UNION ALL
            SELECT c.inbox_id, c.team_id, c.holder, CASE WHEN {rule} THEN 0 ELSE c.n END, c.n
            FROM conversation_counts c, LATERAL (SELECT {OTHERS}) others
            WHERE c.organization_id = $1 AND c.assignee_id = $2)
        SELECT coalesce(sum(c.seen), 0), coalesce(sum(c.own), 0), coalesce(sum(c.seen) FILTER (WHERE c.holder = 'nobody'), 0),
               coalesce(sum(c.seen) FILTER (WHERE c.holder = 'ai'), 0), {unread}, c.inbox_id, c.team_id
        FROM counted c
        GROUP BY GROUPING SETS ((), (c.inbox_id), (c.team_id)) ORDER BY grouping(c.inbox_id, c.team_id) DESC, 6, 7
    """
    return sql, [*arguments, *held]


async def counts(actor: Actor) -> ConversationCounts:
    """How many active conversations there are per view, inbox and team, and how many the asking agent has not read.

    From sums that a trigger keeps (`counters`), never by counting conversations. What is unread is looked for among
    `MINE_MAX` of the agent's own.
    """
    sql, arguments = counts_statement(actor)
    async with read(actor) as db:
        whole, *groups = await db.fetch_rows(sql, *arguments)
    inboxes = [ActiveCount(group["inbox_id"], group[0]) for group in groups if group["inbox_id"] is not None]
    teams = [ActiveCount(group["team_id"], group[0]) for group in groups if group["team_id"] is not None]
    everything, mine, unassigned, ai, unread_mine, *_ = whole
    return ConversationCounts(everything, mine, unassigned, ai, unread_mine, inboxes, teams)


async def listed(actor: Actor, conversation_id: int) -> ListedConversation:
    """One conversation with how far the asking agent has read it.

    Raises:
        NotFound: unknown to the actor's organization, or not visible to the actor.
    """
    rule, held = visible(actor, 4)
    sql = f"""
        SELECT coalesce(r.seq, 0), {COLUMNS} FROM conversations c
        LEFT JOIN read_marks r ON r.organization_id = c.organization_id AND r.conversation_id = c.id AND r.user_id = $3
        WHERE c.organization_id = $1 AND c.id = $2 AND {rule}
    """
    async with read(actor) as db:
        rows = await db.fetch_rows(sql, actor.organization_id, conversation_id, actor.user_id, *held)
    if not rows:
        raise NotFound(UNKNOWN)
    seq, *values = rows[0]
    return ListedConversation(ConversationView(*values), seq)


async def of_contact(actor: Actor, limit: int = 20) -> list[ConversationView]:
    """The asking visitor's conversations, newest first."""
    sql = f"SELECT {COLUMNS} FROM conversations c WHERE c.organization_id = $1 AND c.contact_id = $2 ORDER BY c.id DESC LIMIT $3"
    async with read(actor) as db:
        return await db.fetch(ConversationView, sql, actor.organization_id, actor.contact_id, limit)
