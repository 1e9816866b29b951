"""Writing down that something countable happened."""

from datetime import datetime
from typing import Any

from core.access import Actor
from core.conversations.structs import ConversationView
from core.database import transaction
from modules.analytics.structs import Counted

INSERT = """
WITH fact AS (
    INSERT INTO analytics_events (organization_id, kind, entity, entity_id, contact_id, user_id, metadata, at)
    VALUES ($1, $2, $3, $4, (SELECT k.id FROM contacts k WHERE k.organization_id = $1 AND k.id = $5),
            (SELECT m.user_id FROM memberships m WHERE m.organization_id = $1 AND m.user_id = $6), $7, $8)
    RETURNING id
)
INSERT INTO analytics_pending (organization_id, fact_id, entity, entity_id) SELECT $1, f.id, $3, $4 FROM fact f
"""


async def count(
    actor: Actor, kind: Counted, conversation: ConversationView, *, at: datetime, user_id: int | None, **metadata: object
) -> None:
    """Write one fact of a conversation, and how it stands then. Not repeatable by itself: the caller sees to it that it is called once.

    A contact or member who was removed meanwhile is left out.
    """
    held = metadata | standing(conversation)
    await write(
        actor, kind, "conversation", conversation.id, at=at, contact_id=conversation.contact_id, user_id=user_id, metadata=held
    )


def standing(conversation: ConversationView) -> dict[str, Any]:
    """What a fact counts to, and what tells which came first; `read`: the number of the last message that the customer has seen."""
    return {
        "channel": conversation.channel,
        "inbox_id": conversation.inbox_id,
        "team_id": conversation.team_id,
        "assignee_id": conversation.assignee_id,
        "tags": conversation.tags,
        "status": conversation.status,
        "version": conversation.version,
        "read": conversation.contact_read_seq,
    }


async def write(
    actor: Actor, kind: str, entity: str, entity_id: int, *, at: datetime, contact_id: int | None, user_id: int | None,
    metadata: dict[str, Any],
) -> None:  # fmt: skip
    """As `count`, of anything."""
    async with transaction(actor) as db:
        await db.execute(INSERT, actor.organization_id, kind, entity, entity_id, contact_id, user_id, metadata, at)
