"""What crosses the edge about reviews of the AI agent's drafts, and about how well its confidence holds."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from agent.calibration import Bin, Why
from agent.structs import Receipt
from core import texts
from core.messages.structs import CONTENT_MAX

Verdict = Literal["approve", "edit", "reject"]
Reason = Literal["wrong", "incomplete", "tone", "outdated", "should_hand_over", "other"]


class Key(msgspec.Struct, frozen=True):
    """One way of answering, which has a calibrator of its own: how drafts are made, by which model, told by which prompt, and by which signals
    (`head`: their version, and the model that told what texts mean)."""

    mode: str
    model: str
    prompt_version: str
    head: str


class ReviewInput(msgspec.Struct, forbid_unknown_fields=True):
    """`approve`: it may go out as it is; `edit`: as in `content`; `reject`: not at all, for `reason`, rather as in `content` where it is given."""

    verdict: Verdict
    reason: Reason | None = None
    content: Annotated[str, msgspec.Meta(max_length=CONTENT_MAX, pattern=texts.TEXT, description="The text as it should be.")] = ""


class ReviewView(msgspec.Struct, frozen=True):
    """What somebody said of a decision. `counts_as_right`: the confidence learns from it as from an answer that needed no change."""

    id: int
    decision_id: int
    user_id: int
    user_name: str
    verdict: Verdict
    reason: Reason | None
    content: str
    counts_as_right: bool
    created_at: datetime
    updated_at: datetime


class ReviewSummary(msgspec.Struct, frozen=True):
    """A review without its text, as the event carries it."""

    id: int
    decision_id: int
    conversation_id: int
    user_id: int
    verdict: Verdict
    reason: Reason | None
    counts_as_right: bool


class ToReview(msgspec.Struct, frozen=True):
    """A decision that people are asked to look at: the AI agent was `unsure`, or chance chose it. `number` and `subject` are its conversation's."""

    receipt: Receipt
    number: int
    subject: str
    unsure: bool


class ReviewQueue(msgspec.Struct):
    items: list[ToReview]
    next: str | None


class CalibratorView(msgspec.Struct, frozen=True):
    """How well the confidence holds for one way of answering. Figures are null while there is no review.

    `threshold` is in force and `why` says so: `asked` (nobody has reviewed yet) or `too_few` (too few to judge): the organization's own; `met`: its
    own is precise enough; `raised`: it was not; `unmet`: none is, nothing is answered; `alone`: one person has reviewed, who moves no
    threshold. `lower` bounds `precision` at the threshold with 95 %.
    """

    mode: str
    model: str
    prompt_version: str
    head: str
    n: int
    is_calibrated: bool
    ece: float | None
    brier: float | None
    auroc: float | None
    bins: list[Bin]
    asked: float
    threshold: float
    why: Why | Literal["asked"]
    precision: float | None
    lower: float | None
    created_at: datetime | None


class LearnedView(msgspec.Struct, frozen=True):
    """One time that was learned from reviews: how many there were, the calibration error, and the threshold that came of it."""

    id: int
    n: int
    ece: float
    threshold: float
    why: Why
    created_at: datetime


class PinView(msgspec.Struct, frozen=True):
    """What is in use whatever is learned: an earlier calibrator, or the shipped weights (`calibrator_id` null)."""

    calibrator_id: int | None
    pinned_by: str
    created_at: datetime


class PinInput(msgspec.Struct, forbid_unknown_fields=True):
    """The way of answering in use gets this calibrator of its own; null: the shipped weights."""

    calibrator_id: int | None


class CalibrationView(msgspec.Struct, frozen=True):
    """`current` is the way of answering in use, `others` those that were. `enough`: reviews from which on a confidence counts as calibrated;
    `target`: the precision that answers must have. `history`: what was learned for the way in use, newest first; `pin`: which of it is held fast."""

    current: CalibratorView
    others: list[CalibratorView]
    enough: int
    target: float
    history: list[LearnedView]
    pin: PinView | None
