"""What crosses the edge about e-mail inboxes and the mail that came for them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from core import texts
from core.auth.structs import Email
from core.conversations.structs import ConversationView
from core.messages.structs import CONTENT_MAX, ClientId, FileTokens, MessageView

MailState = Literal["received", "threaded", "created", "ignored", "quarantined"]
"""Not understood yet; joined a conversation; opened one; nothing came of it, on purpose; nobody could make anything of it."""
OutboundState = Literal["queued", "sending", "sent", "failed", "uncertain", "bounced", "withdrawn"]
"""Waits; is being handed over; its server has it; never will be; nobody knows; came back; was taken back before it left."""
UNDO_S = 10
UNDO_MAX_S = 30
COMMENT_MAX = CONTENT_MAX - 1000
"""What somebody writes above a message that they forward: the note that says so has room for the rest."""
FromName = Annotated[str, msgspec.Meta(max_length=80, pattern=texts.LINE)]


class EmailInboxInput(msgspec.Struct, forbid_unknown_fields=True):
    """`address` is compared in lower case; `from_name` is what stands before it in answers.

    `numbers_subjects`: mail that goes out has `[#1042]` in its subject, by which answers of mail programs that name nothing else are found if our
    own mail server vouches for their sender.
    """

    address: Email
    from_name: FromName = ""
    numbers_subjects: bool = False


class EmailInboxView(msgspec.Struct):
    """`checks_senders`: this installation reads what its mail server says of senders (`LACASA_MAIL_AUTHSERV_ID`)."""

    inbox_id: int
    address: str
    from_name: str
    numbers_subjects: bool
    last_received_at: datetime | None
    checks_senders: bool


class MailInboxView(msgspec.Struct):
    """An inbox to write mail from. `can_send`: there is a mail server that sends for its address; else what is written fails."""

    inbox_id: int
    address: str
    can_send: bool


class MailView(msgspec.Struct):
    """A line of the ledger. `subject` and `sender` are for reading: nobody has checked them. `reason`: why it is ignored or quarantined."""

    id: int
    inbox_id: int
    way: str
    state: MailState
    reason: str
    subject: str
    sender: str
    mail_from: str
    recipient: str
    internet_message_id: str
    size_bytes: int
    attempts: int
    conversation_id: int | None
    message_id: int | None
    received_at: datetime
    processed_at: datetime | None


class MailPage(msgspec.Struct):
    """Newest first; `next` is the cursor of what comes after, if there is more."""

    items: list[MailView]
    next: int | None


class MailCounts(msgspec.Struct):
    """An inbox's mails by state, each counted no further than 1,000."""

    received: int
    threaded: int
    created: int
    ignored: int
    quarantined: int


class InboxAlert(msgspec.Struct):
    """Why an e-mail inbox needs an admin, since when, and how many mails it is about (no further than 100).

    `silent`: no mail came for much longer than usual. `unread`: mail waits to be understood. `unreadable`: nothing could be made of it.
    `waiting`: the mail server does not take what goes out; `asking`: it does not take what asks people to confirm that they signed up; `unsent`:
    it could not be sent; `uncertain`: nobody knows.
    `words`: what the mail server said, or why there was none to ask, as `reason` of a message's mail.
    """

    inbox_id: int
    inbox: str
    kind: Literal["silent", "unread", "unreadable", "waiting", "asking", "unsent", "uncertain"]
    since: datetime
    count: int
    words: str


class PersonView(msgspec.Struct):
    name: str
    address: str


class RelatedView(msgspec.Struct):
    """Another conversation."""

    conversation_id: int
    number: int


class MessageMailView(msgspec.Struct):
    """What a message was as a mail. All names and addresses are their senders' word.

    `state`: `received`, or of ours: `queued`, `sending`, `sent`, `failed`, `uncertain` (nobody knows whether it was sent), `bounced` (it came back).
    `reason` says why: a code of ours (`no_mail_server`, `not_this_address`, `nobody`, `too_many_automatic`, `forwards_nothing`, `worker_ended`, or
    that of a server's test for what kept us from it), some with words behind it (`left_out: ben@example.net`), else what its mail server said.
    `leaves_at`: so long ours can be taken back for certain, for nobody tries before.
    `is_verified`: whether our own mail server vouches for the sender's domain; null: nobody is asked (`LACASA_MAIL_AUTHSERV_ID`).
    `hidden`: quotation and signature.
    `forwards_id`: the message that ours forwards to people outside. `about`: the conversation that a received one is about, which it did not
    join; null also where one may not see that.
    """

    message_id: int
    state: Literal["received", "queued", "sending", "sent", "failed", "uncertain", "bounced"]
    reason: str
    subject: str
    sender: PersonView | None
    to: list[PersonView]
    cc: list[PersonView]
    is_verified: bool | None
    hidden: str
    leaves_at: datetime | None = None
    forwards_id: int | None = None
    about: RelatedView | None = None


class HeaderView(msgspec.Struct):
    name: str
    value: str


class ImagesInput(msgspec.Struct, forbid_unknown_fields=True):
    """`always`: images from elsewhere are loaded by themselves in every mail of this sender."""

    always: bool


class ImagesChoice(msgspec.Struct):
    address: str
    always: bool


class DraftImagesInput(msgspec.Struct, forbid_unknown_fields=True):
    """Addresses of images in a mail that is being written."""

    addresses: Annotated[list[Annotated[str, msgspec.Meta(max_length=4000, pattern=texts.TEXT)]], msgspec.Meta(max_length=100)]


class DraftImages(msgspec.Struct):
    """Where each is served from, in the same order; null: it is not fetched."""

    addresses: list[str | None]


class WholeMail(msgspec.Struct):
    """A received mail from its bytes. `remote_images`: how many images are from elsewhere; `loads_images`: whether the page loads them.

    `always`: staff decided so for this `address`; not heeded where somebody else may have written under it.
    """

    text: str
    headers: list[HeaderView]
    defects: list[str]
    remote_images: int
    page: str
    address: str
    loads_images: bool
    always: bool


class PersonInput(msgspec.Struct, forbid_unknown_fields=True):
    address: Email
    name: Annotated[str, msgspec.Meta(max_length=160, pattern=texts.LINE)] = ""


People = Annotated[list[PersonInput], msgspec.Meta(max_length=100)]


class RecipientsInput(msgspec.Struct, forbid_unknown_fields=True):
    """Whom the reply that is sent next under `client_id` is for, in place of what is proposed. 100 together at most."""

    client_id: ClientId
    to: Annotated[People, msgspec.Meta(min_length=1)]
    cc: People = []
    bcc: People = []


class LetterInput(msgspec.Struct, forbid_unknown_fields=True):
    """A mail to somebody first. The conversation is with the first of `to`; 100 people together at most."""

    client_id: ClientId
    to: Annotated[People, msgspec.Meta(min_length=1)]
    subject: Annotated[str, msgspec.Meta(max_length=300, pattern=texts.LINE)]
    content: Annotated[str, msgspec.Meta(min_length=1, max_length=CONTENT_MAX, pattern=texts.TEXT)]
    cc: People = []
    bcc: People = []
    files: FileTokens = []


class ForwardInput(msgspec.Struct, forbid_unknown_fields=True):
    """A message for people outside of its conversation, 100 together at most; `comment` stands above it.

    `files`: which of the message's go with it (tokens); left out: all.
    """

    client_id: ClientId
    to: Annotated[People, msgspec.Meta(min_length=1)]
    comment: Annotated[str, msgspec.Meta(max_length=COMMENT_MAX, pattern=texts.TEXT)] = ""
    cc: People = []
    bcc: People = []
    files: Annotated[list[Annotated[str, msgspec.Meta(max_length=40)]], msgspec.Meta(max_length=50)] | None = None


class RecipientsView(msgspec.Struct):
    """Whom a reply to all goes to; a reply to one goes to `to` alone. `last`: who wrote and got the mail that is answered, without us.

    `is_first`: no mail was written in this conversation yet, so its subject is new to whoever gets it.
    `reply_to`: where the mail asks for answers, other than its sender; not among `to` where our mail server does not vouch for that sender.
    `can_send`: there is a mail server that sends for this inbox; else what is written fails until an admin gives it one.
    """

    to: list[PersonView]
    cc: list[PersonView]
    last: list[PersonView]
    subject: str
    is_first: bool
    reply_to: list[PersonView]
    can_send: bool


class ChosenView(msgspec.Struct):
    to: list[PersonView]
    cc: list[PersonView]
    bcc: list[PersonView]


class TakenBack(msgspec.Struct):
    """A mail that has not left: `message` as it was, with files that can be sent again; `recipients` if its writer had chosen them.

    Of a forward: `forwards_id` is the message, `comment` what stood above it, and `enclosed` which of its files went with it (tokens).
    """

    message: MessageView
    conversation: ConversationView
    recipients: ChosenView | None
    forwards_id: int | None = None
    comment: str = ""
    enclosed: list[str] = []


class MailPreferenceView(msgspec.Struct):
    """`undo_s`: so many seconds one's own mail waits before it leaves, and can be taken back."""

    undo_s: int


class MailPreferenceInput(msgspec.Struct, forbid_unknown_fields=True):
    undo_s: Annotated[int, msgspec.Meta(ge=0, le=UNDO_MAX_S)]
