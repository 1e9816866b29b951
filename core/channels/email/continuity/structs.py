"""What crosses the edge about chats that go on by mail."""

from typing import Annotated, Literal

import msgspec

DELAY_S = 120
Delay = Annotated[int, msgspec.Meta(ge=30, le=24 * 3600, description="Seconds that a reply may go unseen before it is mailed.")]


class ContinuityInput(msgspec.Struct, forbid_unknown_fields=True):
    """`mail_inbox_id`: the e-mail inbox from whose address the mails come; without one nothing is mailed."""

    enabled: bool
    mail_inbox_id: int | None = None
    delay_s: Delay = DELAY_S


class MailInbox(msgspec.Struct):
    """An e-mail inbox that may be chosen."""

    inbox_id: int
    name: str
    address: str


class ContinuityView(msgspec.Struct):
    """Of a chat inbox. `mail_inboxes`: all that there are to choose from; empty: it stays off until there is one."""

    inbox_id: int
    enabled: bool
    mail_inbox_id: int | None
    delay_s: int
    mail_inboxes: list[MailInbox]


class ContinuityState(msgspec.Struct):
    """`why` a conversation's unseen replies go out by mail no more, where its inbox wants that they do: whoever got such mail ended it (`stopped`),
    or its contact is unsubscribed (`unsubscribed`), or the address is dead (`bounced`).
    """

    why: Literal["stopped", "unsubscribed", "bounced"] | None
