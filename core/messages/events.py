"""Facts about messages."""

import msgspec

from core.conversations.events import ConversationEvent, VisitorConversationChanged
from core.conversations.structs import ConversationView, VisitorConversation
from core.conversations.structs import for_visitor as conversation_for_visitor
from core.events.contract import Event
from core.messages.structs import MessageView, VisitorMessage, for_visitor


class VisitorMessageCreated(msgspec.Struct, frozen=True, tag_field="type", tag="message.created"):
    conversation: VisitorConversation
    message: VisitorMessage


class MessageCreated(Event, frozen=True, kw_only=True, tag="message.created"):
    """A message or note was added; the conversation is as it is afterwards."""

    conversation: ConversationView
    message: MessageView

    @property
    def version(self) -> int:
        return self.conversation.version

    def public(self) -> msgspec.Struct | None:
        if self.message.is_internal:
            return None
        return VisitorMessageCreated(conversation_for_visitor(self.conversation), for_visitor(self.message))


class MessageWithdrawn(ConversationEvent, frozen=True, kw_only=True, tag="message.withdrawn"):
    """Its writer took a mail back before it left: nothing is left of it but its number. No visitor has seen it: mails are in no chat.

    `message` is internal in any case; `was_internal`: it was a note before, and no reply.
    """

    message: MessageView
    was_internal: bool = False


EVENTS = (MessageCreated, MessageWithdrawn)

VisitorEvent = VisitorMessageCreated | VisitorConversationChanged
"""All that a visitor ever hears of."""
