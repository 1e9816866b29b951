"""A definition that was read: a graph without circles, by the ids of its steps."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from core.extend.steps import WorkflowStep
from core.extend.triggers import Trigger
from modules.workflows.definition.conditions import Condition

STEPS_MAX = 200
NESTED_MAX = 10
SIZE_MAX = 128 * 1024
"""Bytes of a definition as JSON."""
WATCHED_MAX = 10
"""Goals, and exits, of a workflow."""
CUSTOM = "custom"
OnFailure = Literal["continue", "exit"]
Deferring = Literal["defer", "skip"]
Clock = Annotated[str, msgspec.Meta(pattern=r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]\Z", description="Time of day, as 09:30.")]
EventName = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_.]*\Z")]
Zone = Annotated[str, msgspec.Meta(max_length=60)]
"""A name of the time zone database."""


def zone_of(name: object) -> ZoneInfo | None:
    """The time zone of that name, if there is one."""
    if not isinstance(name, str) or not 0 < len(name) <= 60:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # as the name is a folder's, leads out of them, or is unknown
        return None


class Watched(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An event that ends a run, if what it tells fits `when`; or, without an event, a condition that does right before an effect."""

    event: EventName | None = None
    when: Condition | None = None


class Reentry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whether somebody whose run ended may run again under the same entry key: `never`, `after_exit`, or `after` so many `hours` since it began.

    `per` contact: what tells runs apart (an order) is not looked at.
    """

    rule: Literal["never", "after_exit", "after"] = "never"
    hours: Annotated[int, msgspec.Meta(ge=0, le=24 * 366)] = 0
    per: Literal["entry", "contact"] = "entry"


class QuietHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """When nothing reaches the contact, by his own time zone where it is known, else by the workflow's."""

    start: Clock
    end: Clock
    then: Deferring = "defer"


class Cap(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """At most so many steps of all workflows together reach one contact within `hours`; those beyond wait, or are left out."""

    count: Annotated[int, msgspec.Meta(ge=1, le=100)]
    hours: Annotated[int, msgspec.Meta(ge=1, le=24 * 90)]
    then: Deferring = "defer"

    @property
    def window(self) -> timedelta:
        return timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True)
class Node:
    """A step: `step` None: no module that is on has its type. `branches`: the step that each leads to; None, as in `next`: the end.

    `is_flat`: its config stands in the step itself.
    """

    id: str
    type: str
    title: str
    path: str
    step: WorkflowStep | None
    config: Any
    on_failure: OnFailure
    next: str | None
    branches: dict[str, str | None] = field(default_factory=dict)
    is_flat: bool = False

    def target(self, branch: str) -> str | None:
        return self.branches.get(branch, self.next)


@dataclass(frozen=True, slots=True)
class Definition:
    """`starts_on`: the name of what starts it; empty: nothing does but a request."""

    trigger: str
    starts_on: str
    trigger_config: Any
    announced: Trigger | None
    filter: Condition | None
    nodes: dict[str, Node]
    first: str | None
    goals: tuple[Watched, ...]
    exits: tuple[Watched, ...]
    reentry: Reentry
    quiet_hours: QuietHours | None = None
    cap: Cap | None = None
    zone: str = "UTC"
