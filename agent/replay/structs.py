"""What crosses the edge about changes that are tried on questions of the past."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from agent.llm.structs import Writing
from agent.structs import Outcome
from core.knowledge.structs import Body, Title

ReplayStatus = Literal["running", "done", "stopped", "failed"]
ReplayKind = Literal["article", "writing"]
"""What is tried: an article as it would be, or another language model or other instructions."""
CaseKind = Literal[
    "different", "same", "answers_gained", "answers_lost", "answers_changed", "escalations_gained", "escalations_lost"
]
"""Which cases are listed; `different`: all that the change makes a difference to."""
Reason = Literal["", "tokens_used_up", "model_failed", "no_model"]


class Share(msgspec.Struct, frozen=True):
    """So many decisions, and what people said of those that they reviewed: `right` of `reviewed` needed no change."""

    n: int
    reviewed: int
    right: int


class ThresholdBin(msgspec.Struct, frozen=True):
    """Decisions whose confidence lies from `low` to less than `high` (the last: up to 1)."""

    low: float
    high: float
    n: int
    right: int
    wrong: int


class ThresholdCase(msgspec.Struct, frozen=True):
    """A decision that another threshold would turn round, in a conversation that the reader may see.

    `outcome` is what came of it; `is_right`: what the last review said of `draft`, null where nobody reviewed it.
    """

    decision_id: int
    conversation_id: int
    number: int
    question: str
    draft: str
    confidence: float
    outcome: Outcome
    is_right: bool | None
    created_at: datetime


class ThresholdView(msgspec.Struct, frozen=True):
    """What the last decisions would have been at the threshold `value`, by the confidence that each had then. Nothing is asked anew.

    Counted are decisions that hang on the threshold; `since`: the oldest. `answered` are at or above it, `held_back` are handed over, or asked back
    about. `gained` and `lost`: answers that there would be, or not be, unlike at the threshold in force. `precision`: the share of `answered` that
    reviews call right, weighed by how likely each was to be reviewed; `lower` bounds it with 95 %. Both null: nobody has reviewed any.
    `asked` is the organization's own threshold; `raised_to`: reviews have raised what is in force to this, and would whatever the organization's own.
    `cases`: the newest that would turn round; `hidden` more are not listed.
    """

    value: float
    asked: float
    in_force: float
    raised_to: float | None
    n: int
    since: datetime | None
    answered: Share
    held_back: Share
    gained: int
    lost: int
    precision: float | None
    lower: float | None
    bins: list[ThresholdBin]
    cases: list[ThresholdCase]
    hidden: int


class ReplayInput(msgspec.Struct, forbid_unknown_fields=True):
    """An article as it would be: its draft, or with `title` and `body` in place of its own. Tried on the `last` questions (of a period).

    `since`, `until`: only questions that were asked then.
    """

    article_id: int
    title: Title | msgspec.UnsetType = msgspec.UNSET
    body: Body | msgspec.UnsetType = msgspec.UNSET
    last: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 100
    since: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class WritingInput(Writing, forbid_unknown_fields=True):
    """What answers would be written with, tried on the `last` questions that hang on it. `key`: absent or empty: the stored one, if it is for this
    address; one that is given is kept, encrypted, until the replay ends."""

    last: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class WritingEstimate(msgspec.Struct, frozen=True):
    """What trying it would take: there are so many `questions` (100 at most), and each takes about so many tokens.

    That is the average of the last `decisions` that a language model was asked for; 0: there are none, and it is a guess. `left` of the month's
    tokens; null: there is no bound.
    """

    questions: int
    tokens_in: int
    tokens_out: int
    decisions: int
    left: int | None


class ReplayView(msgspec.Struct, frozen=True):
    """A change that was tried, or is: `done` of `total` questions. Counts compare what would come of each with the change and without it.

    Where a language model is tried, what came of each question stands for the latter; `title` is the model, and `instructions` are shown to
    admins alone. `answers_changed` are given both ways, but say something else. What is asked back about is neither an answer nor an
    escalation. `reason`: why it failed, with `trouble` as a model's provider gave it: `model_failed` several times in a row.
    """

    id: int
    status: ReplayStatus
    kind: ReplayKind
    article_id: int | None
    title: str
    instructions: str
    total: int
    done: int
    answers_gained: int
    answers_lost: int
    answers_changed: int
    escalations_gained: int
    escalations_lost: int
    same: int
    tokens_in: int
    tokens_out: int
    cost: float
    reason: Reason
    trouble: str
    started_by: str
    started_at: datetime
    finished_at: datetime | None


class Side(msgspec.Struct, frozen=True):
    """What would come of a question. `title` names the article that would be quoted, `trouble` what a language model did wrong."""

    outcome: Literal["answered", "asked_back", "handed_over"]
    reason: str
    confidence: float | None
    draft: str
    title: str
    trouble: str = ""


class ReplayCaseView(msgspec.Struct, frozen=True):
    """A question that was asked, in a conversation that the reader may see."""

    id: int
    conversation_id: int
    number: int
    question: str
    asked_at: datetime
    answer: Literal["", "gained", "lost", "changed"]
    escalation: Literal["", "gained", "lost"]
    before: Side
    after: Side


class ReplayCases(msgspec.Struct, frozen=True):
    """`hidden` of this kind are in conversations that the reader may not see."""

    items: list[ReplayCaseView]
    next: str | None
    hidden: int
