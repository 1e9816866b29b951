"""Reads of what inboxes do about chats whose visitors have left."""

import msgspec

from core.access import ADMINS, STAFF, Actor
from core.channels.email.continuity.structs import DELAY_S, ContinuityState, ContinuityView, MailInbox
from core.consent.standing import held_back
from core.conversations import queries as conversations
from core.database import Unit, read
from core.errors import NotFound
from core.inboxes import queries as inboxes

CHOSEN = "SELECT enabled, mail_inbox_id, delay_s FROM continuity_settings WHERE organization_id = $1 AND inbox_id = $2"
MAIL_INBOXES = """
SELECT e.inbox_id, i.name, e.address FROM email_inboxes e JOIN inboxes i ON i.organization_id = e.organization_id AND i.id = e.inbox_id
WHERE e.organization_id = $1 ORDER BY e.inbox_id
"""
RULE = """
SELECT s.mail_inbox_id, s.delay_s, e.address FROM continuity_settings s
JOIN email_inboxes e ON e.organization_id = s.organization_id AND e.inbox_id = s.mail_inbox_id
WHERE s.organization_id = $1 AND s.inbox_id = $2 AND s.enabled
"""


STOPPED = f"""
SELECT CASE WHEN EXISTS (SELECT FROM continuity_stops s WHERE s.organization_id = c.organization_id AND s.conversation_id = c.id
                         AND s.address IN ('', lower(k.email))) THEN 'stopped'
            WHEN k.subscription_status <> 'subscribed' THEN k.subscription_status
            WHEN {held_back("c.organization_id", "k.email")} THEN 'unsubscribed' END
FROM conversations c JOIN contacts k ON k.organization_id = c.organization_id AND k.id = c.contact_id
WHERE c.organization_id = $1 AND c.id = $2 AND c.channel = 'chat'
"""


class Rule(msgspec.Struct, frozen=True):
    """What a chat inbox does: after `delay_s`, from the e-mail inbox with this address."""

    mail_inbox_id: int
    delay_s: int
    address: str


async def rule(db: Unit, organization_id: int, inbox_id: int) -> Rule | None:
    """None: replies in this inbox's chats stay there."""
    return await db.fetch_one(Rule, RULE, organization_id, inbox_id)


async def of_inbox(actor: Actor, inbox_id: int) -> ContinuityView:
    """Raises:
    NotFound: it is no chat inbox of the actor's organization.
    """
    actor.require(*ADMINS)
    async with read(actor) as db:
        if (await inboxes.get(actor, inbox_id)).channel != "chat":
            raise NotFound("this is no chat inbox")
        chosen = await db.fetch_rows(CHOSEN, actor.organization_id, inbox_id)
        choices = await db.fetch(MailInbox, MAIL_INBOXES, actor.organization_id)
    enabled, mail_inbox_id, delay_s = chosen[0] if chosen else (False, None, DELAY_S)
    return ContinuityView(inbox_id, enabled, mail_inbox_id, delay_s, choices)


async def of_conversation(actor: Actor, conversation_id: int) -> ContinuityState:
    """Raises:
    NotFound: the conversation is not visible to the actor.
    """
    actor.require(*STAFF)
    async with read(actor) as db:
        conversation = await conversations.get(actor, conversation_id)
        if await rule(db, actor.organization_id, conversation.inbox_id) is None:
            return ContinuityState(None)
        return ContinuityState(await db.fetch_value(STOPPED, actor.organization_id, conversation_id))
