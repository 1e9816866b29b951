"""Facts about inboxes."""

from core.access import ActorRef
from core.events.contract import Event


class InboxSaved(Event, frozen=True, kw_only=True, tag="inbox.saved"):
    """An inbox was made or changed; who may see what may have changed with it."""

    inbox_id: int
    name: str
    by: ActorRef


EVENTS = (InboxSaved,)
