"""What crosses the edge about changes that are tried on questions of the past."""

from datetime import datetime

import msgspec

from agent.structs import Outcome


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
