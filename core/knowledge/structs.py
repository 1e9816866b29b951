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
QUESTION_MAX = 300
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=texts.NAME)]
Body = Annotated[str, msgspec.Meta(max_length=BODY_MAX, pattern=texts.TEXT, description="Markdown.")]
Category = Annotated[str, msgspec.Meta(max_length=80, pattern=texts.LINE)]
Language = Annotated[
    str,
    msgspec.Meta(
        max_length=3,
        pattern=r"^([a-z]{2,3})?\Z",
        description="Two or three small letters (ISO 639), as in `de`; empty: any, or unknown.",
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


class VersionSummary(msgspec.Struct, frozen=True):
    """What was saved, without its text.

    `author`: empty where nobody knows. `changed`: names of what differs from the version before; none of the first one. `restored`: the version
    that it was taken from.
    """

    version: int
    title: str
    audience: Audience
    status: ArticleStatus
    author: str
    changed: list[str]
    restored: int | None
    created_at: datetime


class VersionView(msgspec.Struct, frozen=True):
    version: int
    title: str
    body: str
    category: str
    kind: Written
    audience: Audience
    language: str
    status: ArticleStatus
    author: str
    changed: list[str]
    restored: int | None
    created_at: datetime


class RestoreInput(msgspec.Struct, forbid_unknown_fields=True):
    """`version`: the current one, as far as the writer knows; if there is a newer one, 409 `newer_version`."""

    version: int


class QuestionView(msgspec.Struct, frozen=True):
    """A question that leads to an article. `number`: its own among the article's; `author`: empty where nobody knows."""

    id: int
    number: int
    text: str
    author: str
    created_at: datetime


class QuestionInput(msgspec.Struct, forbid_unknown_fields=True):
    """`text`: as a customer would ask."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=QUESTION_MAX, pattern=texts.NAME)]


class CategoryCount(msgspec.Struct, frozen=True):
    """A category and how many articles and documents have it."""

    category: str
    articles: int


class CategoryChange(msgspec.Struct, forbid_unknown_fields=True):
    """`into`: another name, or another category, which takes all in; empty: none."""

    category: Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=texts.LINE)]
    into: Category


class Recategorized(msgspec.Struct, frozen=True):
    """How many articles and documents have another category now."""

    articles: int


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
