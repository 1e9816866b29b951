"""What crosses the edge about search."""

import msgspec

from core.conversations.structs import ConversationView


class FoundConversation(msgspec.Struct, frozen=True):
    """`seq`: the newest message or note with the words; null where they stand in the subject. `excerpt`: plain text around them."""

    conversation: ConversationView
    seq: int | None
    is_internal: bool
    excerpt: str


class FoundConversations(msgspec.Struct, frozen=True):
    items: list[FoundConversation]
