"""What crosses the edge about conversations."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from core import texts
from core.access import ActorRef

Status = Literal["open", "pending", "resolved", "closed"]
Priority = Literal["low", "medium", "high", "urgent"]
Handler = Literal["ai", "human"]
View = Literal["all", "mine", "unassigned", "ai"]
StatusFilter = Literal["active", "open", "pending", "snoozed", "resolved", "closed", "any"]
"""`active`: what is not done, open or pending, and not snoozed."""
Sort = Literal["latest", "oldest", "waiting", "priority"]
Tag = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=rf"^(?!\s*\Z)[^{texts.UNSEEN},]*\Z")]

SNOOZE_MAX_S = 90 * 24 * 3600
TAGS_MAX = 20


class ConversationView(msgspec.Struct, frozen=True):
    """A conversation as lists, the thread and events show it.

    `version` grows with every change: ignore what is not newer. `last_seq` is the number of its last message.
    """

    id: int
    number: int
    inbox_id: int
    contact_id: int | None
    contact_name: str
    channel: str
    subject: str
    status: Status
    priority: Priority
    category: str | None
    tags: list[str]
    assignee_id: int | None
    team_id: int | None
    handler: Handler
    handler_epoch: int
    snoozed_until: datetime | None
    waiting_since: datetime | None
    preview: str
    last_seq: int
    public_seq: int
    last_activity_at: datetime
    contact_read_seq: int
    first_response_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    version: int
    created_at: datetime
    token: str


class VisitorConversation(msgspec.Struct, frozen=True):
    """A conversation as its customer sees it; `token` names it."""

    token: str
    subject: str
    status: Status
    handler: Handler
    last_seq: int
    read_seq: int
    last_activity_at: datetime
    version: int


def for_visitor(conversation: ConversationView) -> VisitorConversation:
    return VisitorConversation(
        token=conversation.token,
        subject=conversation.subject,
        status=conversation.status,
        handler=conversation.handler,
        last_seq=conversation.public_seq,
        read_seq=conversation.contact_read_seq,
        last_activity_at=conversation.last_activity_at,
        version=conversation.version,
    )


class ListedConversation(msgspec.Struct):
    """`read_seq`: how far the asking agent has read; unread where it is below `last_seq`."""

    conversation: ConversationView
    read_seq: int


class ConversationPage(msgspec.Struct):
    """`next` continues the list; `live_cursor` is where to subscribe so that nothing after this snapshot is missed."""

    items: list[ListedConversation]
    next: str | None
    live_cursor: str


class ActiveCount(msgspec.Struct):
    """How many active conversations an inbox or a team has; `id` is which."""

    id: int
    active: int


class ConversationCounts(msgspec.Struct):
    """Active conversations (open or pending, not snoozed) per view, inbox and team, as far as the actor may see. What is absent is 0.

    `unread_mine`: how many of the agent's own have something unread. A conversation whose snooze ends is counted when it wakes,
    within a second.
    """

    all: int
    mine: int
    unassigned: int
    ai: int
    unread_mine: int
    inboxes: list[ActiveCount]
    teams: list[ActiveCount]


class TimelineView(msgspec.Struct, frozen=True):
    """One quiet line of a thread; it stands after message `after_seq`. `kind` e.g. `assigned`, `resolved`."""

    id: int
    after_seq: int
    kind: str
    by: ActorRef
    data: dict[str, Any]
    created_at: datetime


class AssignInput(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged. null: nobody."""

    assignee_id: int | msgspec.UnsetType | None = msgspec.UNSET
    team_id: int | msgspec.UnsetType | None = msgspec.UNSET


class PriorityInput(msgspec.Struct, forbid_unknown_fields=True):
    priority: Priority


class TagsInput(msgspec.Struct, forbid_unknown_fields=True):
    add: Annotated[list[Tag], msgspec.Meta(max_length=TAGS_MAX)] = []
    remove: Annotated[list[Tag], msgspec.Meta(max_length=TAGS_MAX)] = []


class SnoozeInput(msgspec.Struct, forbid_unknown_fields=True):
    wait_s: Annotated[int, msgspec.Meta(ge=1, le=SNOOZE_MAX_S, description="Seconds to wait.")]


class ReadInput(msgspec.Struct, forbid_unknown_fields=True):
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class SubjectInput(msgspec.Struct, forbid_unknown_fields=True):
    subject: Annotated[str, msgspec.Meta(max_length=300)]
