"""How many mails an inbox's AI agent may write: a machine that answers them under a new name each time is held by no cap on one address."""

from core.channels.email import people
from core.database import Unit
from core.settings import settings

WRITTEN = """
SELECT count(*) FROM (
    SELECT FROM outbound_mails o JOIN messages m ON m.organization_id = o.organization_id AND m.id = o.message_id
    WHERE o.organization_id = $1 AND o.inbox_id = $2 AND o.created_at > now() - interval '1 hour' AND o.state <> 'failed'
      AND m.sender_type = 'ai' LIMIT $3) s
"""


async def is_spent(db: Unit, organization_id: int, inbox_id: int, *, to_write: bool = False) -> bool:
    """Whether it has written as many as it may in an hour. `to_write`: whoever asks so, and may, is waited for by the next until his unit of
    work ends."""
    if to_write:
        await people.one_by_one(db, organization_id, f"automatic {inbox_id}")
    most = settings().mail_automatic_per_hour
    return int(await db.fetch_value(WRITTEN, organization_id, inbox_id, most)) >= most
