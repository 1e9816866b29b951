"""Rows of mail to many as e-mail: how fast an inbox may send, how fast servers let it, and conversations that answer such a mail."""

from piccolo.columns import BigInt, Boolean, Date, DoublePrecision, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.date import DateNow
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class MailSender(OrganizationTable, tablename="mail_senders"):
    """What an inbox is allowed, mails an hour; null: as much as its server takes. `domain_per_hour`: to the addresses of any one domain.

    `warming_on`: the day on which it began to warm up; null: it does not.
    """

    inbox_id = BigInt(null=False)
    per_hour = Integer(null=True, default=None)
    domain_per_hour = Integer(null=True, default=None)
    warming_on = Date(null=True, default=None)


class MailRate(OrganizationTable, tablename="mail_rates"):
    """How fast mail of an inbox goes to a domain; `domain` empty: to its own server. For all workers together.

    `per_s`: what turned out to be possible; null: nobody was refused. `tokens`: mails that may go at once, as of `filled_at`. Nothing goes before
    `held_until`, for the `holds`th time in a row, because of what a server `said`; what has to wait has been put off until `booked_until`.
    `counted`: mails of the day `counted_on`.
    """

    inbox_id = BigInt(null=False)
    domain = Varchar(length=253, null=False, default="")
    per_s = DoublePrecision(null=True, default=None)
    tokens = DoublePrecision(null=False, default=0.0)
    filled_at = Timestamptz(null=False, default=TimestamptzNow())
    held_until = Timestamptz(null=True, default=None)
    holds = Integer(null=False, default=0)
    said = Varchar(length=300, null=False, default="")
    changed_at = Timestamptz(null=False, default=TimestamptzNow())
    booked_until = Timestamptz(null=True, default=None)
    counted = Integer(null=False, default=0)
    counted_on = Date(null=False, default=DateNow())


class ConversationMailing(OrganizationTable, tablename="conversation_mailings"):
    """A conversation that began with an answer to a mail of a mailing. `is_recipient`: who answered is the one whom it was for."""

    conversation_id = BigInt(null=False)
    mailing_id = BigInt(null=False)
    send_id = BigInt(null=False)
    is_recipient = Boolean(null=False, default=False)
