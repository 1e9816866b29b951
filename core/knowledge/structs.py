"""What crosses the edge about knowledge."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from core import texts

Audience = Literal["public", "internal"]
Kind = Literal["article", "snippet"]
"""A snippet is text for the AI agent alone: it quotes a public one to customers, who find no page of it; an internal one it shows to staff."""
ArticleStatus = Literal["draft", "published"]
BODY_MAX = 100_000
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=texts.NAME)]
Body = Annotated[str, msgspec.Meta(max_length=BODY_MAX, pattern=texts.TEXT, description="Markdown.")]
Category = Annotated[str, msgspec.Meta(max_length=80, pattern=texts.LINE)]


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


class ArticlePage(msgspec.Struct):
    items: list[ArticleSummary]
    next: str | None


class ArticleInput(msgspec.Struct, forbid_unknown_fields=True):
    title: Title
    body: Body = ""
    category: Category = ""
    kind: Kind = "article"
    audience: Audience = "internal"
    """Internal until somebody says otherwise: nothing reaches customers by accident."""


class ArticleChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged. `version`: the one the writer has read; if there is a newer one, 409 `newer_version`."""

    version: int
    title: Title | msgspec.UnsetType = msgspec.UNSET
    body: Body | msgspec.UnsetType = msgspec.UNSET
    category: Category | msgspec.UnsetType = msgspec.UNSET
    kind: Kind | msgspec.UnsetType = msgspec.UNSET
    audience: Audience | msgspec.UnsetType = msgspec.UNSET


class Found(msgspec.Struct, frozen=True):
    """A passage that shares words with a question, or means about the same. `rank` orders within one search only: it is no confidence.

    `matched` are the question's lexemes that it holds; `cosine` how near its meaning is (1 the same, 0 nothing in common), null if unknown.
    """

    id: int
    article_id: int
    ordinal: int
    title: str
    heading: str
    text: str
    audience: Audience
    rank: float
    matched: list[str]
    slug: str
    version: int
    kind: Kind = "article"
    cosine: float | None = None


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
