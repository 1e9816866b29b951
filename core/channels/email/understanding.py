"""What becomes of a mail that was accepted. Its row says how far that is: `received` until it was understood."""

from core.access import Actor
from core.database import transaction

BEGIN = """
UPDATE inbound_mails SET attempts = attempts + 1 WHERE organization_id = $1 AND id = $2 AND state = 'received' RETURNING content
"""


async def understand(actor: Actor, mail_id: int) -> None:
    """Try to understand a mail that is `received`; safe to repeat, and nothing for any other.

    The attempt is counted before it is made: a mail that kills whoever reads it is known by that.
    """
    async with transaction(actor) as db:
        content: bytes | None = await db.fetch_value(BEGIN, actor.organization_id, mail_id)
    if content is None:
        return
