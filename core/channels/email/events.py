"""Facts about mail that goes out. For staff only: what becomes of a mail is nothing that its customer is told."""

from datetime import datetime

from core.channels.email.structs import OutboundState
from core.events.contract import Event


class OutboundMailChanged(Event, frozen=True, kw_only=True, tag="outbound_mail.changed"):
    """A message became a mail that waits, or something became of it: `state` is what it is now. `leaves_at`: nobody tries before."""

    conversation_id: int
    message_id: int
    state: OutboundState
    reason: str
    leaves_at: datetime | None = None


EVENTS = (OutboundMailChanged,)
