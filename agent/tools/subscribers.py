"""What nobody approved while people had the conversation is not done later: it is withdrawn."""

from agent.tools import actions
from core.access import ai
from core.conversations.events import ConversationClosed, ConversationHandedBack, ConversationResolved
from core.events.contract import on


@on(ConversationResolved)
async def withdraw_when_resolved(event: ConversationResolved) -> None:
    await actions.withdraw(ai(event.organization_id), event.conversation.id, event.conversation.resolved_at)


@on(ConversationClosed)
async def withdraw_when_closed(event: ConversationClosed) -> None:
    await actions.withdraw(ai(event.organization_id), event.conversation.id, event.conversation.closed_at)


@on(ConversationHandedBack)
async def withdraw_when_handed_back(event: ConversationHandedBack) -> None:
    """Handed over again since, it stands before people as it was."""
    await actions.withdraw(ai(event.organization_id), event.conversation.id)
