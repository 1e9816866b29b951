"""What crosses the edge about questions that must hold, and the runs that ask them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from agent.learning.structs import GapArticle
from core import texts

Expects = Literal["answer", "handover"]
Source = Literal["review", "hand"]
Outcome = Literal["answered", "asked_back", "handed_over"]
EvaluationStatus = Literal["running", "done", "stopped", "failed"]


class CheckInput(msgspec.Struct, forbid_unknown_fields=True):
    """`article_id`: from which it must be answered; none: from any."""

    question: Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=texts.NAME)]
    expects: Expects
    article_id: int | None = None


class CheckResultView(msgspec.Struct, frozen=True):
    """What the last run made of it. `title` names the article that it was answered from; `changed` since the run before: broken or mended."""

    outcome: Outcome
    title: str
    confidence: float | None
    held: bool
    changed: Literal["", "broken", "mended"]


class CheckView(msgspec.Struct, frozen=True):
    id: int
    question: str
    expects: Expects
    article: GapArticle | None
    source: Source
    created_by: str
    created_at: datetime
    last: CheckResultView | None


class EvaluationView(msgspec.Struct, frozen=True):
    """One run. `answered_right`, `wrong_article` and `handed_over` count what became of the questions, right or not; `held` is as each must be.

    `recall`: the share of those with an article whose article was among the first five passages found. `confidence`: the mean where there was one.
    `trouble`: why it failed: its job `crashed` each time it was tried, or was `dropped`.
    """

    id: int
    status: EvaluationStatus
    total: int
    done: int
    held: int
    answered_right: int
    wrong_article: int
    handed_over: int
    broken: int
    mended: int
    recall: float | None
    confidence: float | None
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    trouble: Literal["", "crashed", "dropped"]


class ChecksView(msgspec.Struct, frozen=True):
    """All questions, those that broke in the last run first; the last runs, newest first; and how many questions there may be."""

    checks: list[CheckView]
    evaluations: list[EvaluationView]
    most: int
