"""What crosses the edge about messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from core import texts
from core.access import Actor, ActorKind
from core.conversations.structs import ConversationView, TimelineView, VisitorConversation
from core.files.structs import FileView

SenderType = Literal["user", "contact", "ai"]
SENDERS: dict[ActorKind, SenderType] = {
    ActorKind.user: "user",
    ActorKind.api_key: "user",
    ActorKind.visitor: "contact",
    ActorKind.ai: "ai",
    ActorKind.system: "ai",
}
CONTENT_MAX = 10_000
FILES_MAX = 10
PREVIEW = 160
Content = Annotated[str, msgspec.Meta(max_length=CONTENT_MAX, pattern=texts.TEXT, description="Markdown subset; no HTML.")]
ClientId = Annotated[str, msgspec.Meta(min_length=16, max_length=64, pattern=texts.URL_SAFE)]
FileTokens = Annotated[list[Annotated[str, msgspec.Meta(max_length=40)]], msgspec.Meta(max_length=FILES_MAX)]


def sender_of(actor: Actor) -> tuple[SenderType, int | None]:
    """As whom this actor's messages stand in a conversation."""
    sender = SENDERS[actor.kind]
    return sender, actor.contact_id if sender == "contact" else actor.user_id


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article that an AI answer quotes; `number` is its mark `[1]` in the text. `slug` is empty where it has no page (a snippet).

    `url`: the address (https) of a page of a website that it was read from.
    """

    number: int
    title: str
    slug: str
    quote: str
    url: str = ""


class MessageView(msgspec.Struct, frozen=True):
    """A message, or (where `is_internal`) a note. `seq` counts from 1 within its conversation.

    One without words and files was withdrawn: its number is all that is left of it.
    """

    id: int
    conversation_id: int
    seq: int
    sender_type: SenderType
    sender_id: int | None
    sender_name: str
    content: str
    is_internal: bool
    client_id: str | None
    sources: list[Source]
    decision_id: int | None
    created_at: datetime
    files: list[FileView] = []


class VisitorMessage(msgspec.Struct, frozen=True):
    """A message as the customer sees it."""

    seq: int
    sender_type: SenderType
    sender_name: str
    content: str
    client_id: str | None
    sources: list[Source]
    files: list[FileView]
    created_at: datetime


def preview_of(content: str, file_names: Sequence[str] = ()) -> str:
    """What lists show of a conversation, on one line: the first words of its last message, or what its files are called where it has none."""
    return " ".join((content if content.strip() else ", ".join(file_names)).split())[:PREVIEW]


def for_visitor(message: MessageView) -> VisitorMessage:
    return VisitorMessage(
        seq=message.seq,
        sender_type=message.sender_type,
        sender_name=message.sender_name,
        content=message.content,
        client_id=message.client_id if message.sender_type == "contact" else None,
        sources=message.sources,
        files=message.files,
        created_at=message.created_at,
    )


class ReplyInput(msgspec.Struct, forbid_unknown_fields=True):
    """`expected_seq`: the newest message the writer has seen. If there is a newer one the reply is refused with
    409 `newer_messages` and what is new, unless `expected_seq` is left out (send anyway)."""

    client_id: ClientId
    content: Content = ""
    files: FileTokens = []
    expected_seq: int | None = None


class NoteInput(msgspec.Struct, forbid_unknown_fields=True):
    client_id: ClientId
    content: Content = ""
    files: FileTokens = []


class StartInput(msgspec.Struct, forbid_unknown_fields=True):
    """An agent writes to a contact first."""

    contact_id: int
    inbox_id: int
    client_id: ClientId
    content: Annotated[str, msgspec.Meta(min_length=1, max_length=CONTENT_MAX, pattern=texts.TEXT)]
    subject: Annotated[str, msgspec.Meta(max_length=300)] = ""
    files: FileTokens = []


class Sent(msgspec.Struct):
    """What a send acknowledges: once this is answered, the message is kept."""

    message: MessageView
    conversation: ConversationView


class ThreadPage(msgspec.Struct):
    """A page of a thread, oldest first. `before_seq` of the next older page is the first `seq` here."""

    messages: list[MessageView]
    lines: list[TimelineView]
    has_more: bool


class VisitorThread(msgspec.Struct):
    conversation: VisitorConversation
    messages: list[VisitorMessage]
    has_more: bool
