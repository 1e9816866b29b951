"""Facts about organizations."""

from core.access import ActorRef
from core.events.contract import Event


class OrganizationChanged(Event, frozen=True, kw_only=True, tag="organization.changed"):
    name: str
    accent_color: str
    by: ActorRef


EVENTS = (OrganizationChanged,)
