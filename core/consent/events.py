"""Facts about who wants which mail. For staff, and without addresses: whoever needs one reads it, as far as he may."""

from core.access import ActorRef
from core.consent.rules import ConsentState, SuppressionReason
from core.consent.structs import ConsentSource
from core.events.contract import Event


class TopicSaved(Event, frozen=True, kw_only=True, tag="topic.saved"):
    topic_id: int
    by: ActorRef


class ConsentChanged(Event, frozen=True, kw_only=True, tag="consent.changed"):
    """An address wants a topic or wants it no more; `pending`: it is asked by mail, and entry `entry_id` is what it is asked to confirm.

    `contact_ids`: contacts with that address, at most 50.
    """

    address_id: int
    topic_id: int
    entry_id: int
    state: ConsentState
    source: ConsentSource
    contact_ids: tuple[int, ...]
    by: ActorRef


class SuppressionChanged(Event, frozen=True, kw_only=True, tag="suppression.changed"):
    """A reason why an address gets no mail was found, or fell away (`is_active` false)."""

    address_id: int
    reason: SuppressionReason
    is_active: bool
    contact_ids: tuple[int, ...]
    by: ActorRef


EVENTS = (TopicSaved, ConsentChanged, SuppressionChanged)
