"""A chat that went on by mail, for the world of the security tests."""

from core.access import Actor, system
from core.channels.email.continuity import actions, deciding
from core.channels.email.continuity.structs import ContinuityInput
from core.contacts import actions as contacts
from core.contacts.structs import DeclaredInput
from core.inboxes.structs import InboxView
from tests.factories import a_message, a_reply


async def a_chat_by_mail(admin: Actor, inbox: InboxView, canary: str, mail_inbox_id: int) -> str:
    """A visitor who left his address did not see a reply, and it is mailed to him. Another wants no more mail: by this link's token."""
    await actions.save(admin, inbox.id, ContinuityInput(enabled=True, mail_inbox_id=mail_inbox_id))
    visitor, first = await a_message(inbox, f"Away soon {canary}")
    await contacts.update(visitor, visitor.contact_id or 0, DeclaredInput(email=f"{canary}@example.net"))
    sent = await a_reply(admin, first, f"Still here {canary}")
    await deciding.decide(system(admin.organization_id), sent.conversation.id, sent.message.seq)
    _, other = await a_message(inbox, f"Leave me alone {canary}")
    token = actions.link(admin.organization_id, other.conversation.id, f"{canary}@example.net").rpartition("/")[2]
    await actions.stop(token)
    return token
