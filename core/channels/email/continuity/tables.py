"""Rows of chats that go on by mail: what inboxes do about it, what went out that way, and about which conversations nobody wants mail."""

from piccolo.columns import BigInt, Boolean, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class ContinuitySetting(OrganizationTable, tablename="continuity_settings"):
    """One for each chat inbox for which it was ever chosen. `mail_inbox_id`: the e-mail inbox from whose address its mails come."""

    inbox_id = BigInt(null=False)
    mail_inbox_id = BigInt(null=False)
    enabled = Boolean(null=False, default=True)
    delay_s = Integer(null=False, default=120)


class ContinuityMail(OrganizationTable, tablename="continuity_mails"):
    """What a row of `outbound_mails`, which is for the newest message, holds besides: all replies from `first_seq` to `last_seq`.

    `address`: where it goes, in lower case. `is_proven`: mail has come from there, so whoever said it is theirs may well be right.
    `language`: that of the first mail about the conversation, so that all have one subject.
    """

    conversation_id = BigInt(null=False)
    mail_id = BigInt(null=False)
    inbox_id = BigInt(null=False)
    first_seq = BigInt(null=False)
    last_seq = BigInt(null=False)
    address = Varchar(length=254, null=False)
    is_proven = Boolean(null=False, default=False)
    language = Varchar(length=3, null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class ContinuityStop(OrganizationTable, tablename="continuity_stops"):
    """A conversation about which no more mail goes to an address, in lower case: who got one there said so. Empty: to none, as it was kept once."""

    conversation_id = BigInt(null=False)
    address = Varchar(length=254, null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
