"""What crosses the edge about the server by which an inbox sends its mail."""

from typing import Annotated, Literal

import msgspec

from core import texts

Security = Literal["starttls", "tls", "none"]
"""TLS after STARTTLS; TLS from the first byte; never, which is for machines of the operator's own network alone."""
Code = Literal[
    "name_unknown", "address_refused", "plain_refused", "unreachable", "timed_out", "hung_up", "not_tls", "certificate_name",
    "certificate_invalid", "no_starttls", "no_auth", "password_refused", "refused", "sealed",
]  # fmt: skip
"""Why a server could not be reached, did not let us in, or did not take what it was given; stable."""


class SmtpServerInput(msgspec.Struct, forbid_unknown_fields=True):
    """`host`: a name or an address. `username` empty: nobody signs in. `password`: absent keeps the stored one, if the host is the same."""

    host: Annotated[str, msgspec.Meta(min_length=1, max_length=253, pattern=r"^[^\s\x00-\x20\x7f/@?#\\%]+\Z")]
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)]
    security: Security
    username: Annotated[str, msgspec.Meta(max_length=320, pattern=texts.LINE)] = ""
    password: Annotated[str, msgspec.Meta(max_length=400, pattern=texts.LINE)] | msgspec.UnsetType = msgspec.UNSET


class SmtpServerView(msgspec.Struct):
    """An inbox's own server. The password is never shown: `has_password` says that there is one."""

    host: str
    port: int
    security: Security
    username: str
    has_password: bool


class SendingView(msgspec.Struct):
    """By what an inbox sends: its own `server`, else the installation's, if that has one and sends for the inbox's address (`is_served`).

    `domains`: for whose addresses, and those below them, it sends; none: for any.
    """

    server: SmtpServerView | None
    installation_sends: bool
    is_served: bool
    domains: list[str]


class SmtpTestInput(msgspec.Struct, forbid_unknown_fields=True):
    """`server`: what is to be tried in place of what is stored. `send`: a mail to whoever asks as well."""

    server: SmtpServerInput | None = None
    send: bool = False


class SmtpTest(msgspec.Struct):
    """`works`: we were let in; `sent`: it has the mail too; else what is wrong. `detail` is a sentence, `said` what the server said, or its TLS."""

    code: Literal["works", "sent"] | Code
    detail: str
    said: str
    tls: str
    recipient: str
