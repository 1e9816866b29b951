"""What crosses the edge about sources of knowledge."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from litestar.params import QueryParameter

from core import texts
from core.knowledge.structs import Audience, Category, Language

SourceKind = Literal["file", "website"]
SourceStatus = Literal["waiting", "reading", "ready", "stopped", "failed"]
FileName = Annotated[
    str, QueryParameter(min_length=1, max_length=200, pattern=texts.NAME, description="Its ending says what it is.")
]

RefreshHours = Annotated[int, msgspec.Meta(ge=0, le=24 * 90, description="Read again after so many hours; 0: never by itself.")]


class SourceView(msgspec.Struct, frozen=True):
    """A file or a website that knowledge is read from.

    `trouble` says why it failed, as a code; or, of one that is ready, that its sitemap cannot be read (`sitemap_away`, `sitemap_gone`): what was
    known was read again. Of `found` pages `done` are read or passed over (`skipped`, `failed` ones among them); `current` is the last of them.
    `documents`: how many the AI agent knows by now.
    """

    id: int
    kind: SourceKind
    name: str
    address: str
    audience: Audience
    language: str
    category: str
    status: SourceStatus
    trouble: str
    current: str
    refresh_hours: int
    run: int
    found: int
    done: int
    skipped: int
    failed: int
    documents: int
    finished_at: datetime | None
    next_at: datetime | None
    created_at: datetime


class SourceChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged."""

    audience: Audience | msgspec.UnsetType = msgspec.UNSET
    language: Language | msgspec.UnsetType = msgspec.UNSET
    category: Category | msgspec.UnsetType = msgspec.UNSET
    refresh_hours: RefreshHours | msgspec.UnsetType = msgspec.UNSET


class WebsiteInput(msgspec.Struct, forbid_unknown_fields=True):
    """`address`: a page to begin at, or a sitemap (`.xml`)."""

    address: Annotated[str, msgspec.Meta(min_length=8, max_length=1000, pattern=r"^https?://[^\s\\]+\Z")]
    audience: Audience = "internal"
    language: Language = ""
    category: Category = ""
    refresh_hours: RefreshHours = 0
