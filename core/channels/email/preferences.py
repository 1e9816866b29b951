"""What somebody has set for their own mail: how long it waits before it leaves."""

from core.access import STAFF, Actor
from core.channels.email.structs import UNDO_S, MailPreferenceView
from core.database import Unit, read, transaction
from core.errors import Forbidden
from core.messages.structs import MessageView

FIND = "SELECT undo_s FROM mail_preferences WHERE organization_id = $1 AND user_id = $2"
SAVE = """
INSERT INTO mail_preferences (organization_id, user_id, undo_s) VALUES ($1, $2, $3)
ON CONFLICT (organization_id, user_id) DO UPDATE SET undo_s = excluded.undo_s
"""


async def get(actor: Actor) -> MailPreferenceView:
    actor.require(*STAFF)
    async with read(actor) as db:
        return MailPreferenceView(await _undo_s(db, actor.organization_id, actor.user_id))


async def save(actor: Actor, undo_s: int) -> MailPreferenceView:
    """For mail that is written from now on. The same again changes nothing."""
    actor.require(*STAFF)
    if actor.user_id is None:
        raise Forbidden("only people have mail of their own")
    async with transaction(actor) as db:
        await db.execute(SAVE, actor.organization_id, actor.user_id, undo_s)
    return MailPreferenceView(undo_s)


async def undo_s(db: Unit, organization_id: int, message: MessageView) -> int:
    """How long the mail of a message waits. What no person wrote in the inbox does not: nobody sits there to take it back."""
    if message.sender_type != "user" or message.sender_id is None:
        return 0
    return await _undo_s(db, organization_id, message.sender_id)


async def _undo_s(db: Unit, organization_id: int, user_id: int | None) -> int:
    found: int | None = await db.fetch_value(FIND, organization_id, user_id)
    return UNDO_S if found is None else found
