"""Facts about conversations. Each carries the conversation as it is afterwards, so a client needs no second request."""

from datetime import datetime

import msgspec

from core.access import ActorRef
from core.conversations.structs import ConversationView, TimelineView, VisitorConversation, for_visitor
from core.events.contract import Event


class VisitorConversationChanged(msgspec.Struct, frozen=True, tag_field="type", tag="conversation.changed"):
    """The one form in which a visitor hears of any change to his conversation."""

    conversation: VisitorConversation


class ConversationEvent(Event, frozen=True, kw_only=True):
    """Base: `line` is the thread's quiet line for it, where it has one."""

    conversation: ConversationView
    by: ActorRef
    line: TimelineView | None = None

    @property
    def version(self) -> int:
        return self.conversation.version

    def public(self) -> msgspec.Struct | None:
        return VisitorConversationChanged(for_visitor(self.conversation))


class ConversationCreated(ConversationEvent, frozen=True, kw_only=True, tag="conversation.created"):
    pass


class ConversationAssigned(ConversationEvent, frozen=True, kw_only=True, tag="conversation.assigned"):
    previous_assignee_id: int | None = None
    previous_team_id: int | None = None


class ConversationPrioritized(ConversationEvent, frozen=True, kw_only=True, tag="conversation.prioritized"):
    pass


class ConversationTagged(ConversationEvent, frozen=True, kw_only=True, tag="conversation.tagged"):
    added: list[str]
    removed: list[str]


class ConversationRenamed(ConversationEvent, frozen=True, kw_only=True, tag="conversation.renamed"):
    pass


class ConversationSnoozed(ConversationEvent, frozen=True, kw_only=True, tag="conversation.snoozed"):
    until: datetime


class ConversationWoken(ConversationEvent, frozen=True, kw_only=True, tag="conversation.woken"):
    """A snooze ended: its time came, somebody ended it, or the customer wrote."""


class ConversationResolved(ConversationEvent, frozen=True, kw_only=True, tag="conversation.resolved"):
    pass


class ConversationReopened(ConversationEvent, frozen=True, kw_only=True, tag="conversation.reopened"):
    pass


class ConversationClosed(ConversationEvent, frozen=True, kw_only=True, tag="conversation.closed"):
    pass


class ConversationHandedOff(ConversationEvent, frozen=True, kw_only=True, tag="conversation.handed_off"):
    """The AI agent gave the conversation to people; `reason` is a `HandoffReason` or a `ChannelReason`."""

    reason: str


class ConversationTakenOver(ConversationEvent, frozen=True, kw_only=True, tag="conversation.taken_over"):
    """A person took the conversation from the AI agent."""


class ConversationHandedBack(ConversationEvent, frozen=True, kw_only=True, tag="conversation.handed_back"):
    """A person gave the conversation (back) to the AI agent."""


class ConversationSeen(ConversationEvent, frozen=True, kw_only=True, tag="conversation.seen"):
    """The customer has read up to `conversation.contact_read_seq`."""


class ConversationRead(Event, frozen=True, kw_only=True, tag="conversation.read"):
    """One agent has read up to `seq`; only that agent's own devices hear of it."""

    conversation_id: int
    user_id: int
    seq: int


EVENTS = (
    ConversationCreated, ConversationAssigned, ConversationPrioritized, ConversationTagged, ConversationRenamed,
    ConversationSnoozed, ConversationWoken, ConversationResolved, ConversationReopened, ConversationClosed,
    ConversationHandedOff, ConversationTakenOver, ConversationHandedBack, ConversationSeen, ConversationRead,
)  # fmt: skip
