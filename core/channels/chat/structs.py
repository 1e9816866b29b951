"""What crosses the edge between the widget and the chat channel."""

from typing import Annotated

import msgspec

from core import texts
from core.contacts.structs import Name
from core.conversations.structs import VisitorConversation
from core.inboxes.structs import WidgetConfig
from core.messages.structs import ClientId, Content, FileTokens, VisitorMessage

Token = Annotated[str, msgspec.Meta(min_length=16, max_length=40, pattern=texts.URL_SAFE)]


class SessionInput(msgspec.Struct, forbid_unknown_fields=True):
    """The token of an earlier visit, if there is one."""

    token: Annotated[str, msgspec.Meta(max_length=1024)] | None = None


class VisitorSession(msgspec.Struct):
    """`token` identifies this browser from now on: keep it. `known`: the visitor has written before."""

    token: str
    known: bool
    name: Name
    email: str | None
    config: WidgetConfig


class VisitorMessageInput(msgspec.Struct, forbid_unknown_fields=True):
    """`conversation` null opens a new one. The same `client_id` again returns what was sent then."""

    client_id: ClientId
    conversation: Token | None = None
    content: Content = ""
    files: FileTokens = []


class VisitorSent(msgspec.Struct):
    """Once this is answered, the message is kept."""

    conversation: VisitorConversation
    message: VisitorMessage


class VisitorConversations(msgspec.Struct):
    items: list[VisitorConversation]
    live_cursor: str
