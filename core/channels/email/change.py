"""How the state of a mail that goes out changes: each change is announced in the unit of work that makes it."""

from core.access import Actor, ai
from core.channels.email.events import OutboundMailChanged
from core.conversations import actions as conversation_actions
from core.conversations import queries as conversations
from core.conversations.change import audience
from core.conversations.structs import ConversationView
from core.database import Unit
from core.events.log import record
from core.messages import actions as messages

NOW = "SELECT conversation_id, message_id, state, reason, leaves_at FROM outbound_mails WHERE organization_id = $1 AND id = $2"

DROP = """
DELETE FROM outbound_mails WHERE organization_id = $1 AND id = $2 AND state = 'queued' RETURNING conversation_id, message_id
"""


async def announce(db: Unit, actor: Actor, mail_id: int) -> None:
    """Tell staff what a mail is now, whose row this unit of work has written: its lock keeps what is told of it in order."""
    [row] = await db.fetch_rows(NOW, actor.organization_id, mail_id)
    await _tell(actor, OutboundMailChanged(organization_id=actor.organization_id, **dict(row)))


async def drop(db: Unit, actor: Actor, mail_id: int) -> None:
    """A queued mail of which nothing is left to be said is none: its row goes."""
    for conversation_id, message_id in await db.fetch_rows(DROP, actor.organization_id, mail_id):
        event = OutboundMailChanged(
            organization_id=actor.organization_id,
            conversation_id=conversation_id,
            message_id=message_id,
            state="withdrawn",
            reason="",
        )
        await _tell(actor, event)


async def bring_back(db: Unit, actor: Actor, before: ConversationView) -> None:
    """What was written got to nobody, in a conversation that the caller has locked: it is somebody's turn again, and no machine's. A closed one
    stays so."""
    if before.status == "closed":
        return
    if before.snoozed_until is not None:
        before = await conversation_actions.wake(actor, before.id)
    if before.status in {"pending", "resolved"}:
        before = await messages.reopened(db, actor, before)
    await conversation_actions.hand_off(db, ai(actor.organization_id), before, "not_sent")


async def _tell(actor: Actor, event: OutboundMailChanged) -> None:
    await record(event, audience(await conversations.get(actor, event.conversation_id), staff_only=True))
