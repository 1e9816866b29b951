"""Rows of messages and notes."""

from piccolo.columns import JSONB, BigInt, Boolean, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Message(OrganizationTable, tablename="messages"):
    """`seq` counts from 1 within the conversation. `is_internal`: a note, never shown to the customer.

    `client_id` is made by the sender's program; sending it again returns the same message.
    `sources` are the articles an AI answer quotes. `file_count`: only where it is above 0, files are looked for.
    """

    conversation_id = BigInt(null=False)
    seq = BigInt(null=False)
    sender_type = Varchar(length=10, null=False)
    sender_id = BigInt(null=True, default=None)
    sender_name = Varchar(length=160, null=False, default="")
    content = Text(null=False)
    is_internal = Boolean(null=False, default=False)
    client_id = Varchar(length=64, null=True, default=None)
    sources = JSONB(null=False, default="[]")
    decision_id = BigInt(null=True, default=None)
    file_count = SmallInt(null=False, default=0)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
