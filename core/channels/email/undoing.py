"""Taking back a mail that has not left. Whether it has is decided by one UPDATE on its row, here or where it is sent: never both."""

from core.access import STAFF, Actor
from core.channels.email import change, quoting, recipients
from core.channels.email.quoting import Forward
from core.channels.email.structs import ChosenView, TakenBack
from core.conversations.structs import ConversationView
from core.database import Unit, transaction
from core.errors import Conflict
from core.messages import actions as messages
from core.messages import queries
from core.messages.structs import MessageView

TAKE_BACK = """
INSERT INTO outbound_mails AS o (organization_id, conversation_id, message_id, inbox_id, internet_message_id, state, settled_at)
VALUES ($1, $2, $3, $4, '', 'withdrawn', now())
ON CONFLICT (message_id) DO UPDATE SET state = 'withdrawn', reason = '', settled_at = now() WHERE o.state = 'queued' RETURNING o.id
"""
"""Also before there is a row, and then there never will be another one."""


async def undo(actor: Actor, message_id: int) -> TakenBack:
    """Take back one's own mail while it is `queued`. Safe to repeat: what was taken back stays so, and is empty then.

    Raises:
        NotFound: unknown, or its conversation is not visible to the actor.
        Conflict: `not_yours`: somebody else wrote it; `no_mail`; or `already_sent`: it is being handed over, or was.
    """
    actor.require(*STAFF)
    async with transaction(actor) as db:
        before, message = await queries.locked(actor, message_id)
        if message.sender_type != "user" or message.sender_id is None or message.sender_id != actor.user_id:
            raise Conflict("only who wrote a mail takes it back", code="not_yours")
        chosen = await _chosen(db, actor, message)
        forward = await quoting.of_note(db, actor, message.id) if message.is_internal else None
        if not message.content and not message.files:
            return _told(message, before, chosen, forward)
        if before.channel != "email" or (message.is_internal and forward is None):
            raise Conflict("this message is no mail", code="no_mail")
        values = (actor.organization_id, before.id, message.id, before.inbox_id)
        mail_id = await db.fetch_value(TAKE_BACK, *values)
        if mail_id is None:
            raise Conflict("this mail has left already", code="already_sent")
        await change.announce(db, actor, mail_id)
        withdrawn = await messages.withdraw(actor, before, message)
        return _told(message, withdrawn.conversation, chosen, forward)


def _told(message: MessageView, conversation: ConversationView, chosen: ChosenView | None, forward: Forward | None) -> TakenBack:
    if forward is None:
        return TakenBack(message, conversation, chosen)
    comment = quoting.comment_of(message.content)
    return TakenBack(message, conversation, forward.whom.view, forward.forwards_id, comment, forward.enclosed)


async def _chosen(db: Unit, actor: Actor, message: MessageView) -> ChosenView | None:
    chosen = await recipients.choice(db, actor.organization_id, message)
    return None if chosen is None else chosen.view
