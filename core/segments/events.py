"""Facts about segments, for whoever may read them (admins, users). They name ids alone."""

from core.access import ActorRef
from core.events.contract import Event


class SegmentSaved(Event, frozen=True, kw_only=True, tag="segment.saved"):
    """A segment was made or changed."""

    segment_id: int
    by: ActorRef


class SegmentDeleted(Event, frozen=True, kw_only=True, tag="segment.deleted"):
    segment_id: int
    by: ActorRef


class SegmentMembersChanged(Event, frozen=True, kw_only=True, tag="segment.members_changed"):
    """Contacts were put on a list or taken off it: at most a thousand of each at once."""

    segment_id: int
    added: list[int]
    removed: list[int]
    by: ActorRef


EVENTS = (SegmentSaved, SegmentDeleted, SegmentMembersChanged)
