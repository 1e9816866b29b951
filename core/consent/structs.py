"""What crosses the edge about topics, consent and suppression."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from core import texts
from core.auth.structs import Email
from core.consent.rules import ConsentState, MailKind, OptIn, SuppressionReason, WhyNot

TopicName = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=texts.NAME)]
Description = Annotated[str, msgspec.Meta(max_length=500, pattern=texts.TEXT)]
Wording = Annotated[
    str, msgspec.Meta(max_length=4000, pattern=texts.TEXT, description="What people agree to; each change is a new version.")
]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=300, pattern=texts.NAME, description="How you know, for the record.")]
ConsentSource = Literal["staff", "form", "confirmation", "one_click", "preferences"]
SuppressionSource = Literal["staff", "person", "report", "import"]
IMPORT_MAX = 5000


class TopicView(msgspec.Struct, frozen=True):
    """`form`: the address of the page on which people sign up for it."""

    id: int
    name: str
    description: str
    kind: MailKind
    opt_in: OptIn
    is_public: bool
    text: str
    text_version: int
    inbox_id: int | None
    archived_at: datetime | None
    created_at: datetime
    form: str = ""


class TopicTextView(msgspec.Struct, frozen=True):
    """What people agreed to under a version, from when it was written on."""

    version: int
    text: str
    created_at: datetime


class TopicInput(msgspec.Struct, forbid_unknown_fields=True):
    """`is_public`: people find it on their preference page. `inbox_id`: the e-mail inbox that asks for confirmations; none: the first there is."""

    name: TopicName
    description: Description = ""
    kind: MailKind = "marketing"
    opt_in: OptIn = "double"
    is_public: bool = True
    text: Wording = ""
    inbox_id: int | None = None


class TopicChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged. What kind of mail it is stays for good: people agreed to that."""

    name: TopicName | msgspec.UnsetType = msgspec.UNSET
    description: Description | msgspec.UnsetType = msgspec.UNSET
    opt_in: OptIn | msgspec.UnsetType = msgspec.UNSET
    is_public: bool | msgspec.UnsetType = msgspec.UNSET
    text: Wording | msgspec.UnsetType = msgspec.UNSET
    inbox_id: int | msgspec.UnsetType | None = msgspec.UNSET
    is_archived: bool | msgspec.UnsetType = msgspec.UNSET


class ConsentInput(msgspec.Struct, forbid_unknown_fields=True):
    """What staff says on behalf of a contact. Where the topic asks for a confirmation, the contact gets a mail with it first."""

    state: Literal["subscribed", "unsubscribed"]
    note: Words


class ConsentView(msgspec.Struct, frozen=True):
    """What a contact's address wants of a topic, and `why_not` it may get no mail about it; null: it may."""

    topic_id: int
    topic_name: str
    kind: MailKind
    state: ConsentState | Literal["none"]
    source: ConsentSource | None
    network: str
    text_version: int | None
    confirmed_at: datetime | None
    changed_at: datetime | None
    why_not: WhyNot | None = None


class ConsentEntryView(msgspec.Struct, frozen=True):
    """Something that was said. `text`: what was agreed to at that time; `by_name`: who of the staff said it."""

    topic_id: int
    state: ConsentState
    source: ConsentSource
    network: str
    text_version: int
    text: str
    by_name: str | None
    note: str
    created_at: datetime


class SuppressionView(msgspec.Struct, frozen=True):
    """`address` is empty where the person was forgotten: mail is still held back, by a keyed hash."""

    id: int
    address: str
    reason: SuppressionReason
    source: SuppressionSource
    evidence: dict[str, Any]
    by_name: str | None
    created_at: datetime


class ContactConsents(msgspec.Struct):
    """`address` empty: the contact has none. `history`: newest first, the last 100."""

    contact_id: int
    address: str
    topics: list[ConsentView]
    suppressions: list[SuppressionView]
    history: list[ConsentEntryView]


class SuppressionPage(msgspec.Struct):
    items: list[SuppressionView]
    next: str | None


class SuppressionInput(msgspec.Struct, forbid_unknown_fields=True):
    """No mail of any kind goes there any more (`manual`)."""

    address: Email
    why: Words


class RemovalInput(msgspec.Struct, forbid_unknown_fields=True):
    why: Words


class ImportRow(msgspec.Struct, forbid_unknown_fields=True):
    address: Annotated[str, msgspec.Meta(max_length=400)]
    reason: SuppressionReason = "imported"
    note: Annotated[str, msgspec.Meta(max_length=200, pattern=texts.LINE)] = ""


class ImportInput(msgspec.Struct, forbid_unknown_fields=True):
    """A list from elsewhere. `dry_run`: only say what would become of it."""

    rows: Annotated[list[ImportRow], msgspec.Meta(min_length=1, max_length=IMPORT_MAX)]
    dry_run: bool = True


class ImportReport(msgspec.Struct):
    """`added` addresses with a reason that was not known of them, `known` that were; `contacts` have one of these addresses.
    `invalid`: numbers of rows that hold no address, from 0, the first 100; `invalid_count`: all of them."""

    dry_run: bool
    added: int
    known: int
    contacts: int
    invalid: list[int]
    invalid_count: int
