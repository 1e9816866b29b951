"""What crosses the edge about sending mail to many from an inbox."""

from datetime import date, datetime
from typing import Annotated

import msgspec

PerHour = Annotated[int, msgspec.Meta(ge=1, le=10_000_000, description="Mails an hour.")]


class MailingSettingsInput(msgspec.Struct, forbid_unknown_fields=True):
    """All of them, each time. null: as many as its server takes. `domain_per_hour`: to the addresses of any one domain.

    `is_warming`: begin with 100 mails a day and double that each day, for twelve days; what is over waits for the next day. Said again, it goes on
    as it began.
    """

    per_hour: PerHour | None = None
    domain_per_hour: PerHour | None = None
    is_warming: bool = False


class SlowDomain(msgspec.Struct, frozen=True):
    """A domain that wanted less mail, and `said` so. `per_hour`: what it gets since then, a little more with each half minute that it takes it."""

    domain: str
    per_hour: float | None
    held_until: datetime | None
    said: str


class MailingSettingsView(msgspec.Struct, frozen=True, kw_only=True):
    """`today_limit`: mails of today while it warms up, by UTC's clock; null: it does not, or has done so. `today_count`: those that went.

    `held_until`: its server takes nothing before, for `held_reason`. `emails_limit`: of the organization's plan, for a month; -1: none.
    """

    inbox_id: int
    per_hour: int | None
    domain_per_hour: int | None
    is_warming: bool
    warming_on: date | None
    today_limit: int | None
    today_count: int
    held_until: datetime | None
    held_reason: str
    slow_domains: list[SlowDomain]
    emails_limit: int
    emails_used: int


class AnsweredMailing(msgspec.Struct, frozen=True):
    """The mailing that a conversation is an answer to, of a module's `source_id` of `kind`. `contact_id`: whom the mail was for, if he answered."""

    mailing_id: int
    kind: str
    source_id: int
    send_id: int
    is_recipient: bool
    contact_id: int | None
