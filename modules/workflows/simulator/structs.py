"""What a simulation takes and shows."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from modules.workflows.definition.shape import EventName
from modules.workflows.saying import Explained, told
from modules.workflows.structs import EnrollmentStatus, Facts, Json, Key, StepStatus

Version = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Note = Literal["now_alone", "unknown_trigger", "void_unseen", "unseen", "part"]
RUNS_MAX = 200
"""Runs that are told one by one; all are counted."""


class PastEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that is to have happened to a contact."""

    contact_id: int
    name: EventName
    at: datetime
    key: Key = ""
    facts: Facts = {}


class SimulateInput(msgspec.Struct, forbid_unknown_fields=True):
    """What is simulated: `definition`, else `version`, else the draft; with `compare_to` also that version, and who would go another way by it.

    What happens: `events`, or what did in the last `days`. A workflow that starts by request alone is entered by each contact at the beginning of
    that time. `contact_ids`: for these contacts alone. `until`: how far the clock goes; without it, until everybody has come to the end.
    At most 500 contacts are looked at, 200 where versions are compared, and for five seconds; a part of them is told as such.
    """

    definition: Json | None = None
    version: Version | None = None
    compare_to: Version | None = None
    days: Annotated[int, msgspec.Meta(ge=1, le=14)] = 7
    contact_ids: Annotated[list[int], msgspec.Meta(max_length=200)] = []
    events: Annotated[list[PastEvent], msgspec.Meta(max_length=2000)] | None = None
    until: datetime | None = None


class SimulatedStep(msgspec.Struct, frozen=True):
    """A step on somebody's way: when he came there, and when it was taken. `status` as in a real run."""

    step_id: str
    title: str
    type: str
    status: StepStatus
    branch: str
    detail: str
    arrived_at: datetime
    at: datetime
    said: Explained | None = None

    def __post_init__(self) -> None:
        if self.said is None:
            detail, said = told(self.detail)
            msgspec.structs.force_setattr(self, "detail", detail)
            msgspec.structs.force_setattr(self, "said", said)


class SimulatedRun(msgspec.Struct, frozen=True):
    """The way of a contact. `status` `refused`: he would not come in, `reason` and `said` say why. `active`: there he still is at the end of the
    time, waiting at `step_id`, until `due_at` or something happens."""

    contact_id: int
    contact: str
    entry_key: str
    entered_at: datetime
    status: EnrollmentStatus | Literal["refused"]
    reason: str
    detail: str
    step_id: str
    due_at: datetime | None
    ended_at: datetime | None
    steps: list[SimulatedStep]
    said: Explained | None = None

    def __post_init__(self) -> None:
        if self.said is None:
            detail, said = told(self.detail)
            msgspec.structs.force_setattr(self, "detail", detail)
            msgspec.structs.force_setattr(self, "said", said)


class SimulatedCount(msgspec.Struct):
    """How many came to a step, what became of it, and by which branch they left. `waiting`: still there at the end of the time."""

    step_id: str
    title: str
    type: str
    arrived: int = 0
    waiting: int = 0
    outcomes: dict[str, int] = {}
    branches: dict[str, int] = {}


class Turn(msgspec.Struct, frozen=True, omit_defaults=True):
    """How somebody fares at one point. `absent`: nothing starts for him; `refused`: he does not come in, for `reason`; `enters`; `takes` a step: what
    becomes of it, which branch, and when; `waits` at a step; `ends`: as `completed` or `exited`, for `reason`."""

    kind: Literal["absent", "refused", "enters", "takes", "waits", "ends"]
    step_id: str = ""
    type: str = ""
    status: str = ""
    branch: str = ""
    at: datetime | None = None
    reason: str = ""


class Divergence(msgspec.Struct, frozen=True):
    """Somebody who would go another way: `step_id` is the first step that differs, `before` and `after` say how, by the version that is compared
    to and by what is simulated."""

    contact_id: int
    contact: str
    entry_key: str
    entered_at: datetime
    step_id: str
    before: Turn
    after: Turn


class Comparison(msgspec.Struct):
    """`changed` of `all` runs would go another way; the first of them are told."""

    version: int
    all: int
    changed: int
    divergences: list[Divergence]


class Simulation(msgspec.Struct):
    """`runs` are the first of all; `entered`, `refused` (by reason), `ended` (by reason) and `steps` count all whose way was walked:
    `walked_count` of the `contact_count` there are.

    `is_complete` false: there was more in the past than is looked at. `notes`: what a simulation cannot know: `now_alone` (contacts, segments and
    consent are as they are now), `unknown_trigger` (no module that is on announces what starts it), `void_unseen` (that what started a run does not
    hold any more shows only where an event tells of it), `unseen` (of conversations only those that the reader may
    see), `part` (not all was looked at).
    """

    since: datetime
    until: datetime
    event_count: int
    contact_count: int
    walked_count: int
    is_complete: bool
    entered: int
    active: int
    refused: dict[str, int]
    ended: dict[str, int]
    steps: list[SimulatedCount]
    runs: list[SimulatedRun]
    comparison: Comparison | None
    notes: list[Note]
