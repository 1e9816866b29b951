"""What crosses the edge about what the AI agent is to learn."""

from datetime import datetime
from typing import Literal

import msgspec

from core.knowledge.structs import ArticleStatus

GapStatus = Literal["open", "written", "assigned", "dismissed"]


class GapQuestion(msgspec.Struct, frozen=True):
    """A question of a customer, in a conversation that the reader may see."""

    decision_id: int
    conversation_id: int
    number: int
    question: str
    asked_at: datetime


class GapArticle(msgspec.Struct, frozen=True):
    id: int
    title: str
    status: ArticleStatus


class GapView(msgspec.Struct, frozen=True):
    """Questions that mean about the same. `count` counts all of them, `weeks` those of the last weeks, oldest first; `questions` are the newest
    that the reader may see. `article`: what was begun or said to answer it; `nearest`: the first of those that were found for the newest."""

    id: int
    status: GapStatus
    count: int
    newest_at: datetime
    weeks: list[int]
    questions: list[GapQuestion]
    article: GapArticle | None
    nearest: GapArticle | None
    decided_by: str
    decided_at: datetime | None


class GapPage(msgspec.Struct, frozen=True):
    """The groups that were asked most lately. `weeks` counts all unanswered questions of the organization, oldest week first.

    `hidden` groups of this kind are not listed: the reader may see none of their conversations. `is_looking`: they are being counted anew.
    """

    items: list[GapView]
    weeks: list[int]
    hidden: int
    is_looking: bool


class AssignGapInput(msgspec.Struct, forbid_unknown_fields=True):
    article_id: int
