"""How a conversation changes: its row is locked, updated with a new version, given a quiet line, and announced.

Every writing action goes through here, so the row is locked before an event takes its id: that is what makes
the log's order the order of commits within a conversation.
"""

from typing import Any

import msgspec

from core.access import Actor, Audience
from core.conversations.events import ConversationEvent
from core.conversations.queries import COLUMNS
from core.conversations.structs import ConversationView, TimelineView
from core.database import Unit
from core.events.log import record

CHANGEABLE = frozenset(
    {"subject", "status", "priority", "category", "tags", "assignee_id", "team_id", "handler", "handler_epoch", "snoozed_until",
     "waiting_since", "preview", "last_seq", "public_seq", "last_activity_at", "contact_read_seq", "first_response_at", "resolved_at", "closed_at",
     "contact_id"}
)  # fmt: skip

LINE = """
INSERT INTO timeline_entries (organization_id, conversation_id, after_seq, kind, by, data) VALUES ($1, $2, $3, $4, $5, $6)
RETURNING id, after_seq, kind, by, data, created_at
"""


async def update(db: Unit, conversation: ConversationView, **values: Any) -> ConversationView:
    """Write new values into a locked conversation; returns it as it is now."""
    if unknown := values.keys() - CHANGEABLE:
        raise ValueError(f"not changeable: {unknown}")
    assignments = "".join(f", {column} = ${number}" for number, column in enumerate(values, 2))
    sql = f"UPDATE conversations c SET version = version + 1{assignments} WHERE c.id = $1 RETURNING {COLUMNS}"
    changed = await db.fetch_one(ConversationView, sql, conversation.id, *values.values())
    if changed is None:
        raise RuntimeError("a locked conversation vanished")
    return changed


async def line(db: Unit, actor: Actor, conversation: ConversationView, kind: str, **data: Any) -> TimelineView:
    """Add a quiet line at the end of the thread."""
    values = (actor.organization_id, conversation.id, conversation.last_seq, kind, actor.ref, data)
    rows = await db.fetch_rows(LINE, *values)
    return msgspec.convert(dict(rows[0]), TimelineView)


def audience(after: ConversationView, before: ConversationView | None = None, *, staff_only: bool = False) -> Audience:
    """Whom a change concerns: everyone who could see the conversation before or can afterwards."""
    both = [after] if before is None else [before, after]

    def values(column: str) -> tuple[int, ...]:
        return tuple({value for state in both if (value := getattr(state, column)) is not None})

    return Audience(
        conversation_id=after.id,
        contact_ids=values("contact_id"),
        inbox_ids=values("inbox_id"),
        team_ids=values("team_id"),
        assignee_ids=values("assignee_id"),
        staff_only=staff_only,
    )


async def announce(event: ConversationEvent, before: ConversationView | None = None, *, staff_only: bool = False) -> None:
    await record(event, audience(event.conversation, before, staff_only=staff_only))
