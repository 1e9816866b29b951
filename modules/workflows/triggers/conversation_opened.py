"""A conversation with a contact was opened. What workflows themselves do starts nothing."""

from core.access import ActorKind
from core.conversations.events import ConversationCreated
from core.extend.triggers import Occasion, Trigger


def read(event: ConversationCreated) -> Occasion | None:
    conversation = event.conversation
    if conversation.contact_id is None or event.by.kind == ActorKind.system:
        return None
    told = {"id": conversation.id, "channel": conversation.channel, "subject": conversation.subject, "tags": conversation.tags}
    return Occasion(contact_id=conversation.contact_id, key=str(conversation.id), facts={"conversation": told})


trigger = Trigger(name="conversation_opened", title="A conversation was opened", event=ConversationCreated, read=read)
