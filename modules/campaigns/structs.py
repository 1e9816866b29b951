"""What campaigns take and show."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from core import texts
from core.auth.structs import Email
from core.mailing.structs import SendState
from core.messages.structs import ClientId

Status = Literal["draft", "scheduled", "sending", "paused", "sent", "canceled", "missed"]
VARIANTS_MAX, SEGMENTS_MAX = 4, 20
HOLD_MAX_DAYS = 14
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=texts.NAME)]
Id = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
Weight = Annotated[int, msgspec.Meta(ge=1, le=100)]
SegmentIds = Annotated[list[Id], msgspec.Meta(max_length=SEGMENTS_MAX)]
HoldDays = Annotated[
    int, msgspec.Meta(ge=0, le=HOLD_MAX_DAYS, description="Days for which an open conversation holds a mail back; 0: none does.")
]
Zone = Annotated[
    str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_+/-]+\Z", description="Of the time zone database.")
]
Lateness = Annotated[
    int,
    msgspec.Meta(ge=60, le=7 * 24 * 3600, description="Seconds after which it no longer begins by itself: it waits for somebody."),
]


class CampaignVariantInput(msgspec.Struct, forbid_unknown_fields=True):
    """One of the mails that a campaign tries: `weight` parts of all people get this template."""

    template_id: Id
    weight: Weight = 1


Variants = Annotated[list[CampaignVariantInput], msgspec.Meta(max_length=VARIANTS_MAX)]


class CampaignVariantView(msgspec.Struct, frozen=True):
    """`name`: `A` to `D`. `version`: of the template, as it was when the campaign began; null before."""

    name: str
    template_id: int
    template_name: str
    subject: str
    version: int | None
    weight: int


class SegmentRef(msgspec.Struct, frozen=True):
    """A segment or list of the audience. `segment_id`: null once the audience was settled, for it may be deleted from then on."""

    segment_id: int | None
    name: str


class CampaignAudience(msgspec.Struct, forbid_unknown_fields=True):
    """Whoever is in one of `include` (none: everybody) and in none of `exclude`: segments and lists."""

    include: SegmentIds = []
    exclude: SegmentIds = []
    topic_id: Id | None = None


class CampaignAudienceView(msgspec.Struct, frozen=True):
    """How many would get it now, and how many not, by reason; together they are the `audience`.

    `exact` false: there was no time to look at all contacts, and there are at least so many.
    """

    audience: int
    recipients: int
    skipped: dict[str, int]
    exact: bool


class CampaignInput(msgspec.Struct, forbid_unknown_fields=True):
    """A draft, which may lack anything but its name. The same `client_id` again returns what was made then.

    `topic_id`: what people agreed to get mail about. `inbox_id`: the e-mail inbox that it comes from. `variants`: one, or up to four that are
    tried against each other. `is_tracked`: whether it is told who opened it and followed its links.
    """

    name: Name
    topic_id: Id | None = None
    inbox_id: Id | None = None
    variants: Variants = []
    include: SegmentIds = []
    exclude: SegmentIds = []
    is_tracked: bool = True
    hold_days: HoldDays = 3
    client_id: ClientId | None = None


class CampaignChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged. `revision`: the one that was read; another one by now is a conflict."""

    revision: int
    name: Name | msgspec.UnsetType = msgspec.UNSET
    topic_id: Id | msgspec.UnsetType | None = msgspec.UNSET
    inbox_id: Id | msgspec.UnsetType | None = msgspec.UNSET
    variants: Variants | msgspec.UnsetType = msgspec.UNSET
    include: SegmentIds | msgspec.UnsetType = msgspec.UNSET
    exclude: SegmentIds | msgspec.UnsetType = msgspec.UNSET
    is_tracked: bool | msgspec.UnsetType = msgspec.UNSET
    hold_days: HoldDays | msgspec.UnsetType = msgspec.UNSET


class CampaignSchedule(msgspec.Struct, forbid_unknown_fields=True):
    """`at`: with its offset. `time_zone`: in which it was meant, and is shown."""

    revision: int
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    time_zone: Zone
    max_lateness_s: Lateness = 4 * 3600


class CampaignStart(msgspec.Struct, forbid_unknown_fields=True):
    """`revision`: of the draft that was looked at."""

    revision: int


class CampaignCopy(msgspec.Struct, forbid_unknown_fields=True):
    """The same `client_id` again returns what was made then."""

    client_id: ClientId | None = None


class CampaignTestInput(msgspec.Struct, forbid_unknown_fields=True):
    """`to`: people who work here; none: whoever asks. `variant`: `A` to `D`. `contact_id`: as if to this contact."""

    to: Annotated[list[Email], msgspec.Meta(max_length=5)] = []
    variant: Literal["A", "B", "C", "D"] = "A"
    contact_id: Id | None = None


class CampaignProblem(msgspec.Struct, frozen=True):
    """What keeps a campaign from beginning. `path`: of the field, `variants[1].template_id`."""

    path: str
    code: str
    detail: str


class CampaignSummary(msgspec.Struct, frozen=True):
    """Counts are those of `counted_at`, at most a minute old while it is sent; opened, clicked: by people. `reason`: why it was missed or paused."""

    id: int
    name: str
    status: Status
    reason: str
    revision: int
    topic_id: int | None
    topic_name: str
    inbox_id: int | None
    is_tracked: bool
    hold_days: int
    scheduled_at: datetime | None
    time_zone: str
    max_lateness_s: int
    audience: int
    sent: int
    skipped: int
    failed: int
    uncertain: int
    bounced: int
    opened: int
    clicked: int
    unsubscribed: int
    replied: int
    counted_at: datetime | None
    created_by: int | None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None
    settled_at: datetime | None
    ended_at: datetime | None


class CampaignView(CampaignSummary, frozen=True, kw_only=True):
    """`settled_at`: since when it is settled who is in the audience. `mailing_id`: in the ledger of mail to many, once it has begun."""

    mailing_id: int | None
    hold_until: datetime | None
    variants: list[CampaignVariantView] = []
    include: list[SegmentRef] = []
    exclude: list[SegmentRef] = []
    problems: list[CampaignProblem] = []


class CampaignPage(msgspec.Struct):
    items: list[CampaignSummary]
    next: str | None


class CampaignProgress(msgspec.Struct, frozen=True):
    """Counted now. `held`: of those `queued`, who waits for his conversation to end. `settled`: everybody has a row by now.

    `reason`: why it is paused by itself (a code), with a server's words as `detail`. `per_minute`: mails, at its pace of now. `due_at`: when the
    next of those that wait may go.
    """

    status: Status
    reason: str
    detail: str
    settled: bool
    audience: int
    queued: int
    held: int
    sending: int
    sent: int
    failed: int
    uncertain: int
    skipped: dict[str, int]
    per_minute: int
    due_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None


class CampaignRecipient(msgspec.Struct, frozen=True):
    """Somebody of the audience. `address` is empty where the person was forgotten. `opened`, `clicked`: by people, how often.

    `reason` of somebody who was sent it: `bounced` or `complained`, else why not or not yet.
    """

    id: int
    contact_id: int
    name: str
    address: str
    variant: str
    state: SendState
    reason: str
    detail: str
    opened: int
    clicked: int
    due_at: datetime
    settled_at: datetime | None


class CampaignRecipientPage(msgspec.Struct):
    items: list[CampaignRecipient]
    next: str | None


REASONS: Mapping[str, str] = {
    "no_address": "has no e-mail address",
    "bounced": "the address does not exist any more",
    "complained": "said that our mail is spam",
    "manual": "was taken off by somebody who works here",
    "unsubscribed": "wants no mail that advertises",
    "imported": "was on a list of people who want no mail",
    "topic_archived": "the topic is archived",
    "opted_out": "turned this topic off",
    "unconfirmed": "never confirmed the address",
    "no_consent": "did not agree to mail about this topic",
    "duplicate": "another contact with the same address gets it",
    "open_conversation": "had a conversation open all the time",
    "canceled": "the campaign was canceled",
    "contact_gone": "the contact was deleted",
}
"""Why somebody gets none, in words."""
