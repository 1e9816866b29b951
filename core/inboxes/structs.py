"""What crosses the edge about inboxes."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from core import texts

InboxName = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=texts.NAME)]
Origin = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^(\*|https?://[A-Za-z0-9.\-\[\]:]+)\Z")]
Origins = Annotated[list[Origin], msgspec.Meta(max_length=50)]
Members = Annotated[list[int], msgspec.Meta(max_length=500)]
Access = Literal["everyone", "members"]
AiMode = Literal["answer", "suggest"]
"""What the AI agent does with its drafts: sends those that it is sure enough of, or leaves all of them to people."""
Greeting = Annotated[str, msgspec.Meta(max_length=300)]


class InboxView(msgspec.Struct):
    """`snippet` is the HTML to paste before `</body>`. `member_ids` count where `access` is `members`; `ai_mode` where `ai_enabled`."""

    id: int
    name: str
    channel: str
    widget_key: str
    access: Access
    allowed_origins: list[str]
    greeting: str
    ai_enabled: bool
    ai_mode: AiMode
    member_ids: list[int]
    created_at: datetime
    snippet: str = ""


class InboxInput(msgspec.Struct, forbid_unknown_fields=True):
    name: InboxName
    greeting: Greeting = ""
    access: Access = "everyone"
    allowed_origins: Origins = []
    ai_enabled: bool = True
    ai_mode: AiMode = "answer"
    member_ids: Members = []


class InboxChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged."""

    name: InboxName | msgspec.UnsetType = msgspec.UNSET
    greeting: Greeting | msgspec.UnsetType = msgspec.UNSET
    access: Access | msgspec.UnsetType = msgspec.UNSET
    allowed_origins: Origins | msgspec.UnsetType = msgspec.UNSET
    ai_enabled: bool | msgspec.UnsetType = msgspec.UNSET
    ai_mode: AiMode | msgspec.UnsetType = msgspec.UNSET
    member_ids: Members | msgspec.UnsetType = msgspec.UNSET


class WidgetConfig(msgspec.Struct):
    """What a widget needs before anybody writes."""

    organization_name: str
    inbox_name: str
    greeting: str
    accent_color: str
    ai_enabled: bool
    upload_max_bytes: int
