"""Rows of inboxes: one configured address or site of a channel."""

from piccolo.columns import Array, BigInt, Boolean, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Inbox(OrganizationTable, tablename="inboxes"):
    """`widget_key` is public and random. Empty `allowed_origins` means: only Lacasa's own pages.

    `ai_mode` counts where `ai_enabled`: `answer`, or `suggest` (to staff, never to the customer).
    """

    name = Varchar(length=80, null=False)
    channel = Varchar(length=10, null=False, default="chat")
    widget_key = Varchar(length=40, null=False, unique=True)
    access = Varchar(length=10, null=False, default="everyone")
    allowed_origins = Array(base_column=Text(), null=False, default=list)
    greeting = Varchar(length=300, null=False, default="")
    ai_enabled = Boolean(null=False, default=True)
    ai_mode = Varchar(length=10, null=False, default="answer")
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class InboxMember(OrganizationTable, tablename="inbox_members"):
    """Who may see an inbox whose access is `members`."""

    inbox_id = BigInt(null=False)
    user_id = BigInt(null=False)
