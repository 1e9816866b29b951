"""Rows of the e-mail channel: which inbox has which address, and every mail that was ever accepted."""

from piccolo.columns import BigInt, Bytea, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class EmailInbox(OrganizationTable, tablename="email_inboxes"):
    """One for each inbox of channel `email`. `address` is in lower case, and belongs to one inbox of the whole installation."""

    inbox_id = BigInt(null=False)
    address = Varchar(length=254, null=False)
    from_name = Varchar(length=80, null=False, default="")


class InboundMail(OrganizationTable, tablename="inbound_mails"):
    """THE ledger of mail that came in: a row is there before its sender is told so, and `content` is what came, byte by byte.

    `recipient` as given, with its tag. `digest` leaves out what stations on the way add, so that the same mail has one.
    `subject`, `sender`: as far as they could be told without understanding the mail; for lists.
    """

    inbox_id = BigInt(null=False)
    way = Varchar(length=4, null=False)
    mail_from = Text(null=False)
    recipient = Text(null=False)
    internet_message_id = Varchar(length=255, null=False)
    digest = Varchar(length=64, null=False)
    size_bytes = Integer(null=False)
    content = Bytea(null=False)
    state = Varchar(length=12, null=False, default="received")
    reason = Varchar(length=40, null=False, default="")
    subject = Varchar(length=300, null=False, default="")
    sender = Varchar(length=300, null=False, default="")
    conversation_id = BigInt(null=True, default=None)
    message_id = BigInt(null=True, default=None)
    attempts = Integer(null=False, default=0)
    received_at = Timestamptz(null=False, default=TimestamptzNow())
    processed_at = Timestamptz(null=True, default=None)
