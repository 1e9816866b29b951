"""A conversation with a contact was resolved. What workflows themselves do starts nothing."""

from core.access import ActorKind
from core.conversations.events import ConversationResolved
from core.extend.triggers import Occasion, Trigger


def read(event: ConversationResolved) -> Occasion | None:
    conversation = event.conversation
    if conversation.contact_id is None or event.by.kind == ActorKind.system:
        return None
    told = {"id": conversation.id, "channel": conversation.channel, "subject": conversation.subject, "tags": conversation.tags}
    return Occasion(contact_id=conversation.contact_id, key=str(conversation.id), facts={"conversation": told})


trigger = Trigger(name="conversation_resolved", title="A conversation was resolved", event=ConversationResolved, read=read)
