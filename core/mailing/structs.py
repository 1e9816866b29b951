"""What mailings are told and tell."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from core.consent.rules import MailKind

MailingState = Literal["active", "paused", "canceled"]
SendState = Literal["queued", "sending", "sent", "failed", "uncertain", "skipped"]


class MailingView(msgspec.Struct, frozen=True):
    """`released_at`: since when it may go; `finished_at`: since when nothing of it is left. `inbox_id`: whose mail it was last.

    `pause_reason`: why it was paused by itself (a code), with what a server said as `pause_detail`; empty: a person paused it, or nobody.
    """

    id: int
    kind: str
    source_id: int
    topic_id: int | None
    mail_kind: MailKind
    state: MailingState
    created_at: datetime
    released_at: datetime | None = None
    finished_at: datetime | None = None
    inbox_id: int | None = None
    pause_reason: str = ""
    pause_detail: str = ""


class Claimed(msgspec.Struct, frozen=True):
    """A mail in the hands of a worker. `attempt` is the fencing token: who comes back with an older one changes nothing."""

    id: int
    contact_id: int
    entry: str
    address_id: int
    address: str
    attempt: int


class Outcome(msgspec.Struct, frozen=True):
    """How an attempt ended. `queued`: the server does not take it now; it is tried again after `wait_s`. `skipped`: nothing is left to be said."""

    id: int
    attempt: int
    state: Literal["sent", "failed", "uncertain", "skipped", "queued"]
    reason: str = ""
    detail: str = ""
    wait_s: float = 0.0


class Deferred(msgspec.Struct, frozen=True):
    """A mail that goes back to wait for `wait_s`, because of `reason` (a code); nobody was asked to take it, so no attempt is counted."""

    id: int
    attempt: int
    reason: str
    wait_s: float


class Tally(msgspec.Struct, frozen=True):
    """How many of a mailing's mails are in which state, `skipped` by reason. Their sum is the audience, always."""

    queued: int = 0
    sending: int = 0
    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    skipped: Mapping[str, int] = {}

    @property
    def audience(self) -> int:
        return self.queued + self.sending + self.sent + self.failed + self.uncertain + sum(self.skipped.values())


class MailingProgress(msgspec.Struct, frozen=True):
    """How far a mailing is. `per_minute`: mails, at its pace of now. `due_at`: when the next of those that wait may go; null: none waits."""

    mailing: MailingView
    tally: Tally
    audience: int
    per_minute: int
    due_at: datetime | None
