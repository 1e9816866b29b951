"""What a mail is to the rest of Lacasa. All of it is text from strangers: nothing here was checked, and HTML is as it came."""

from datetime import datetime

import msgspec

MB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a mail is taken. Over the first six it is refused; of the others it is cut, and a defect says so."""

    raw_bytes: int = 50 * MB
    header_bytes: int = 256 * 1024
    """Of the mail, and of each of its parts."""
    headers: int = 2000
    parts: int = 1000
    depth: int = 50
    attachments: int = 200
    addresses: int = 500
    """In each of From, To, Cc and the others."""
    references: int = 100
    text_bytes: int = 2 * MB
    """Of each part that is shown as text or HTML; a longer one is an attachment as well, whole."""


class Refused(Exception):
    """A mail is over a limit; `args[0]` is the limit's name. Inside of this package alone: `parse` returns it in `Mail.refused`."""


class Header(msgspec.Struct, frozen=True):
    """One header field as it stands in the mail, unfolded; `value` is decoded for reading. `raw` keeps each byte as one character (Latin-1)."""

    name: str
    value: str
    raw: str


class Address(msgspec.Struct, frozen=True):
    """`address` is empty where only a name was given. International domains are in ASCII (`xn--…`); case is the sender's."""

    name: str
    address: str


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A part that is not the body. `name` is as the sender gave it, without path and control characters; it may be empty.

    `inline`: shown within the body by its sender, either by `content_id` (`cid:` addresses in the HTML) or between two texts (`between`).
    A forwarded mail (`message/rfc822`) is kept whole, its subject is `title`.
    """

    name: str
    content_type: str
    data: bytes
    content_id: str = ""
    disposition: str = ""
    inline: bool = False
    between: bool = False
    title: str = ""


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """What one line says of a `text/calendar` part; times as they stand there, with their zone."""

    method: str
    summary: str
    starts: str
    ends: str
    location: str
    organizer: str


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that was read as far as it can be.

    `refused`: the limit that it exceeds (a field's name of `Limits`), else empty; a refused mail has its headers where they could be read, no body.
    `defects`: short codes of what was wrong with it, in the order in which they were met.
    `senders`: who is named in From; more than one From field is the defect `several_from` and `senders` has those of all.
    `text`: the plain text; where there is none, the HTML's (`text_from_html`). `html`: raw, from nobody to be trusted; None where there is none.
    `date`: UTC; None where it cannot be read. Message identifiers stand without their angle brackets.
    """

    headers: tuple[Header, ...] = ()
    senders: tuple[Address, ...] = ()
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    subject: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    content_type: str = "text/plain"
    parameters: dict[str, str] = msgspec.field(default_factory=dict)
    text: str = ""
    text_from_html: bool = False
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    invitation: Invitation | None = None
    defects: tuple[str, ...] = ()
    refused: str = ""

    def header(self, name: str) -> str:
        """The value of the first field of this name in any case; empty where there is none."""
        wanted = name.lower()
        return next((field.value for field in self.headers if field.name.lower() == wanted), "")

    def all(self, name: str) -> list[str]:
        wanted = name.lower()
        return [field.value for field in self.headers if field.name.lower() == wanted]
