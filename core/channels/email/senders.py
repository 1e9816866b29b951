"""Whether what a customer wrote by mail may be taken for his."""

from core.access import Actor
from core.database import read

DOUBTED = """
SELECT EXISTS (
    SELECT FROM messages m JOIN message_mails e ON e.organization_id = m.organization_id AND e.message_id = m.id
    JOIN conversations c ON c.organization_id = m.organization_id AND c.id = m.conversation_id
    WHERE m.organization_id = $1 AND m.conversation_id = $2 AND (e.is_verified IS FALSE OR m.sender_id IS DISTINCT FROM c.contact_id)
      AND m.seq >= coalesce($3::bigint, (
          SELECT max(l.seq) FROM messages l WHERE l.organization_id = $1 AND l.conversation_id = $2 AND l.sender_type = 'contact')))
"""


async def is_doubted(actor: Actor, conversation_id: int, since_seq: int | None = None) -> bool:
    """Whether something that was written by mail from message `since_seq` on, or without that the last thing that was, may not be the customer's:
    our own mail server does not vouch for its sender, or it is somebody else's who takes part."""
    async with read(actor) as db:
        return bool(await db.fetch_value(DOUBTED, actor.organization_id, conversation_id, since_seq))
