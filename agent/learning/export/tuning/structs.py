"""What crosses the edge about training a language model."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

TuningStatus = Literal["preparing", "training", "succeeded", "failed", "cancelled"]
AtProvider = Literal["", "asking", "cancelled", "succeeded", "failed", "unreached"]
"""What became there of a training that was given up here: it is asked to cancel it; or it has, or had ended it so; or it was asked in vain."""
LEAST = 10
"""Fewer lines teach nothing, and providers refuse them."""


class TuningView(msgspec.Struct, frozen=True):
    """One training. `trouble`: why it failed, or what is being tried again; `model`: what came of it, to be chosen by an admin.

    `at_provider`: empty where nothing was left to end there; `provider_says`: why it is asked again, or was asked in vain.
    """

    id: int
    base_model: str
    status: TuningStatus
    lines: int
    model: str
    trouble: str
    cancelling: bool
    started_by: str
    created_at: datetime
    finished_at: datetime | None
    at_provider: AtProvider
    provider_says: str


class TuningPage(msgspec.Struct, frozen=True):
    """`fresh` replies could be trained with and were reviewed after the last training began. `has_provider`: the organization has a language model of
    its own, whose provider trains. `least`: lines that a training needs. `runs`: the last ones, newest first."""

    base_model: str
    minimum: int
    scheduled: bool
    fresh: int
    has_provider: bool
    least: int
    runs: list[TuningView]


class PlanInput(msgspec.Struct, forbid_unknown_fields=True):
    """`base_model` as the provider calls it. `scheduled`: train every night once `minimum` replies are new."""

    base_model: Annotated[str, msgspec.Meta(pattern=r"^[!-~]{0,80}\Z", max_length=80)]
    minimum: Annotated[int, msgspec.Meta(ge=LEAST, le=20_000)] = 100
    scheduled: bool = False
