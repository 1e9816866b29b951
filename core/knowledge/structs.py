"""What crosses the edge about knowledge."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from core import texts
from core.extend.knowledge import Audience as Audience
from core.extend.knowledge import Found as Found
from core.extend.knowledge import Kind as Kind

ArticleStatus = Literal["draft", "published"]
BODY_MAX = 100_000
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=texts.NAME)]
Body = Annotated[str, msgspec.Meta(max_length=BODY_MAX, pattern=texts.TEXT, description="Markdown.")]
Category = Annotated[str, msgspec.Meta(max_length=80, pattern=texts.LINE)]
Language = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^([a-z]{2,3})?\Z", description="Two or three small letters (ISO 639), as in `de`; empty: any, or unknown."
    ),
]


class ArticleView(msgspec.Struct, frozen=True):
    id: int
    title: str
    slug: str
    category: str
    kind: Kind
    audience: Audience
    status: ArticleStatus
    body: str
    version: int
    author_id: int | None
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime
    language: str = ""
    source_id: int | None = None
    address: str = ""
    """Where a document was read, if it has an address."""


class ArticleSummary(msgspec.Struct, frozen=True):
    """An article in a list, without its text."""

    id: int
    title: str
    slug: str
    category: str
    kind: Kind
    audience: Audience
    status: ArticleStatus
    version: int
    updated_at: datetime
    language: str = ""


class ArticlePage(msgspec.Struct):
    items: list[ArticleSummary]
    next: str | None


Written = Literal["article", "snippet"]
"""What people write; documents come from sources."""


class ArticleInput(msgspec.Struct, forbid_unknown_fields=True):
    title: Title
    body: Body = ""
    category: Category = ""
    kind: Written = "article"
    audience: Audience = "internal"
    """Internal until somebody says otherwise: nothing reaches customers by accident."""
    language: Language = ""


class ArticleChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged. `version`: the one the writer has read; if there is a newer one, 409 `newer_version`."""

    version: int
    title: Title | msgspec.UnsetType = msgspec.UNSET
    body: Body | msgspec.UnsetType = msgspec.UNSET
    category: Category | msgspec.UnsetType = msgspec.UNSET
    kind: Written | msgspec.UnsetType = msgspec.UNSET
    audience: Audience | msgspec.UnsetType = msgspec.UNSET
    language: Language | msgspec.UnsetType = msgspec.UNSET


class PublicArticle(msgspec.Struct, frozen=True):
    """An article as customers read it."""

    title: str
    slug: str
    category: str
    body: str
    updated_at: datetime


class PublicHit(msgspec.Struct, frozen=True):
    title: str
    slug: str
    excerpt: str
