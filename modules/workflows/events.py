"""What happened to workflows and in them. Marketers (admins, users) alone hear of it, and definitions are not told."""

from typing import Any

from core.access import ActorRef
from core.events.contract import Event


class WorkflowEvent(Event, frozen=True, kw_only=True):
    """Base: which workflow, and who did it."""

    workflow_id: int
    by: ActorRef


class WorkflowSaved(WorkflowEvent, frozen=True, kw_only=True, tag="workflow.saved"):
    """It was made, or its draft changed."""


class WorkflowPublished(WorkflowEvent, frozen=True, kw_only=True, tag="workflow.published"):
    number: int


class WorkflowActivated(WorkflowEvent, frozen=True, kw_only=True, tag="workflow.activated"):
    pass


class WorkflowPaused(WorkflowEvent, frozen=True, kw_only=True, tag="workflow.paused"):
    pass


class WorkflowResumed(WorkflowEvent, frozen=True, kw_only=True, tag="workflow.resumed"):
    """`overdue`: what was chosen for those whose time came meanwhile."""

    overdue: str


class EnrollmentEvent(Event, frozen=True, kw_only=True):
    """Base: one run of one contact (null: who was deleted)."""

    workflow_id: int
    enrollment_id: int
    contact_id: int | None
    entry_key: str


class WorkflowEnrolled(EnrollmentEvent, frozen=True, kw_only=True, tag="workflow.enrolled"):
    pass


class WorkflowCompleted(EnrollmentEvent, frozen=True, kw_only=True, tag="workflow.completed"):
    """`reason`: `end`, or `goal`."""

    reason: str


class WorkflowExited(EnrollmentEvent, frozen=True, kw_only=True, tag="workflow.exited"):
    reason: str


class WorkflowSignalled(Event, frozen=True, kw_only=True, tag="workflow.signalled"):
    """A program of the organization's own says that something happened to a contact. `key` tells such happenings apart."""

    contact_id: int
    name: str
    key: str
    facts: dict[str, Any]
    by: ActorRef


class SegmentEntered(Event, frozen=True, kw_only=True, tag="workflow.segment_entered"):
    """A contact is in a segment that starts a workflow, and was not when it was looked through before."""

    segment_id: int
    contact_id: int


EVENTS = (
    WorkflowSaved, WorkflowPublished, WorkflowActivated, WorkflowPaused, WorkflowResumed, WorkflowEnrolled, WorkflowCompleted,
    WorkflowExited, WorkflowSignalled, SegmentEntered,
)  # fmt: skip
