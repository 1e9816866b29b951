"""The one thing analytics does: write down that something countable happened."""

from datetime import datetime

from core.access import Actor
from core.conversations.structs import ConversationView
from core.database import transaction
from modules.analytics.structs import Counted

INSERT = """
INSERT INTO analytics_events (organization_id, kind, entity, entity_id, contact_id, user_id, metadata, at)
VALUES ($1, $2, 'conversation', $3, (SELECT k.id FROM contacts k WHERE k.organization_id = $1 AND k.id = $4),
        (SELECT m.user_id FROM memberships m WHERE m.organization_id = $1 AND m.user_id = $5), $6, $7)
"""


async def count(
    actor: Actor, kind: Counted, conversation: ConversationView, *, at: datetime, user_id: int | None, **metadata: object
) -> None:
    """Write one row. Not repeatable by itself: the caller sees to it that it is called once.

    A contact or member who was removed meanwhile is left out.
    """
    values = (kind, conversation.id, conversation.contact_id, user_id, metadata | {"channel": conversation.channel}, at)
    async with transaction(actor) as db:
        await db.execute(INSERT, actor.organization_id, *values)
