"""What a mail server or provider says of a mail of ours."""

from typing import Literal

import msgspec

Reason = Literal[
    "user_unknown", "host_unknown", "moved", "not_accepting", "mailbox_full", "disabled", "filtered", "too_large", "expired", "network", "throttled",
    "blocked", "authentication", "spam", "virus", "policy", "sender_rejected", "relay_denied", "content", "system", "syntax", "delivered", "unknown",
]  # fmt: skip
HARD = frozenset({"user_unknown", "host_unknown", "moved", "not_accepting"})
"""Nobody will ever read mail there: the address is not written to again. All others may change."""


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """`address` is empty where the report names none. `status`: RFC 3463 (`5.1.1`); `reply`: SMTP (`550`); both empty where not said.

    `diagnostic`: what the server said, in one line of at most 1,000 letters, from strangers.
    """

    address: str
    reason: Reason
    hard: bool
    status: str = ""
    reply: str = ""
    diagnostic: str = ""


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: `failed` and `delayed` (RFC 3464 or prose), `delivered` (also read receipts of servers), `complaint` (ARF, RFC 5965).

    `message_id`: of the mail that it is about, without brackets; empty where the report does not have it.
    """

    kind: Literal["failed", "delayed", "delivered", "complaint"]
    recipients: tuple[Recipient, ...]
    message_id: str = ""
