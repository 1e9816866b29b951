"""What crosses the edge about mailboxes that are fetched, and what is sealed of them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from core import texts
from core.channels.email.fetching.troubles import TroubleCode

Security = Literal["tls", "starttls", "none"]
SignIn = Literal["password", "oauth2"]
Start = Literal["new", "all"]
MailboxState = Literal["waiting", "well", "failing"]
Host = Annotated[str, msgspec.Meta(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9._:-]+\Z")]
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Username = Annotated[str, msgspec.Meta(min_length=1, max_length=254, pattern=texts.LINE)]
Folder = Annotated[str, msgspec.Meta(max_length=200, pattern=texts.LINE)]
Address = Annotated[str, msgspec.Meta(max_length=300, pattern=r"^(?:https?://[\x21\x22\x24-\x3e\x41-\x7e]{1,290})?\Z")]
ClientId = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[\x21-\x7e]*\Z")]
Secret = Annotated[str, msgspec.Meta(max_length=200, pattern=texts.LINE)]
RefreshToken = Annotated[str, msgspec.Meta(max_length=4000, pattern=r"^[\x21-\x7e]*\Z")]


class Secrets(msgspec.Struct, frozen=True):
    """What is sealed in one piece."""

    password: str = ""
    client_secret: str = ""
    refresh_token: str = ""


class MailboxInput(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Where an inbox's mail is fetched. `none` of security: in the clear, only to addresses that are not of the public internet.

    Secrets that are absent stay as they are stored, as long as they go to the same server for the same user. `oauth2`: XOAUTH2 with an access
    token that `token_url` gives for the refresh token. `done_folder`: where mail is moved when it is kept; empty: it stays, marked as read.
    `start`: only mail that comes from now on, or all that is in the folder.
    """

    host: Host
    port: Port = 993
    security: Security = "tls"
    username: Username
    sign_in: SignIn = "password"
    password: Secret | msgspec.UnsetType = msgspec.UNSET
    token_url: Address = ""
    client_id: ClientId = ""
    client_secret: Secret | msgspec.UnsetType = msgspec.UNSET
    refresh_token: RefreshToken | msgspec.UnsetType = msgspec.UNSET
    folder: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=texts.NAME)] = "INBOX"
    done_folder: Folder = ""
    start: Start = "new"


class MailboxView(msgspec.Struct):
    """A mailbox as admins see it; its secrets are never shown. `error_code` and `error` (the server's words): what was wrong last, if anything is."""

    inbox_id: int
    host: str
    port: int
    security: Security
    username: str
    sign_in: SignIn
    token_url: str
    client_id: str
    has_secret: bool
    folder: str
    done_folder: str
    start: Start
    state: MailboxState
    error_code: TroubleCode
    error: str
    last_fetched_at: datetime | None
    next_at: datetime


class MailboxTest(msgspec.Struct):
    """How trying it went. `mails`: how many are in the folder; `is_instant`: the server tells of new mail at once (else it is asked every minute)."""

    error_code: TroubleCode
    error: str
    mails: int = 0
    is_instant: bool = False
