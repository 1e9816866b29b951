"""Facts about mail to many. For whoever may read mailings (admins, users), and without addresses: whoever needs one reads it, as far as he may."""

from typing import Literal

from core.access import ActorRef
from core.events.contract import Event
from core.mailing.structs import MailingState, Tally


class MailingProgressed(Event, frozen=True, kw_only=True, tag="mailing.progressed"):
    """How far a mailing is: at most once in a second while it is sent, and whenever it is released, paused, resumed or canceled.

    `per_minute`: its pace. `reason`: why it was paused by itself; empty: it was not.
    """

    mailing_id: int
    kind: str
    source_id: int
    state: MailingState
    tally: Tally
    per_minute: int
    reason: str
    by: ActorRef


class MailingFinished(Event, frozen=True, kw_only=True, tag="mailing.finished"):
    """Nothing of a mailing is left to be sent. One that gets more later is finished again."""

    mailing_id: int
    kind: str
    source_id: int
    tally: Tally
    by: ActorRef


class MailingTouched(Event, frozen=True, kw_only=True, tag="mailing.touched"):
    """A person, as far as the evidence goes, opened a mail or followed the link to `url`: told once for each mail and link.

    `contact_id` 0: nobody's. `entry`: which of a mailing's mails to that contact.
    """

    mailing_id: int
    kind: str
    source_id: int
    send_id: int
    contact_id: int
    entry: str
    touch: Literal["open", "click"]
    url: str
    by: ActorRef


class MailingReturned(Event, frozen=True, kw_only=True, tag="mailing.returned"):
    """A mail of a mailing came back (`bounced`), or somebody called it unwanted (`complained`)."""

    mailing_id: int
    kind: str
    source_id: int
    send_id: int
    contact_id: int
    entry: str
    reason: Literal["bounced", "complained"]
    by: ActorRef


EVENTS = (MailingProgressed, MailingFinished, MailingTouched, MailingReturned)
