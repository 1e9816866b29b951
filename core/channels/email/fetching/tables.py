"""Rows of mailboxes that are fetched."""

from piccolo.columns import JSONB, BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class EmailMailbox(OrganizationTable, tablename="email_mailboxes"):
    """Where an inbox's mail is fetched, how far that is, and which worker does it.

    Mails up to `last_uid` are in the ledger, but for those of `missed` (UID: attempts), which are tried again; those up to `settled_uid` are
    marked or moved. Up to `old_until` stand mails that may be older than `began_at`: the folder was numbered anew, and only new ones are wanted.
    `reader`: who has it until `lease_until`; nobody else writes here but who changes the settings, and they take it from the reader.
    """

    inbox_id = BigInt(null=False)
    host = Varchar(length=253, null=False)
    port = Integer(null=False)
    security = Varchar(length=8, null=False)
    username = Varchar(length=254, null=False)
    sign_in = Varchar(length=8, null=False)
    token_url = Varchar(length=300, null=False, default="")
    client_id = Varchar(length=200, null=False, default="")
    sealed = Text(null=False, default="")
    folder = Varchar(length=200, null=False)
    done_folder = Varchar(length=200, null=False, default="")
    start = Varchar(length=3, null=False)
    began_at = Timestamptz(null=False, default=TimestamptzNow())
    uid_validity = BigInt(null=True, default=None)
    last_uid = BigInt(null=False, default=0)
    settled_uid = BigInt(null=False, default=0)
    old_until = BigInt(null=False, default=0)
    missed = JSONB(null=False, default="{}")
    state = Varchar(length=7, null=False, default="waiting")
    error_code = Varchar(length=20, null=False, default="")
    error = Varchar(length=200, null=False, default="")
    failed_rounds = Integer(null=False, default=0)
    last_fetched_at = Timestamptz(null=True, default=None)
    next_at = Timestamptz(null=False, default=TimestamptzNow())
    reader = Varchar(length=22, null=False, default="")
    lease_until = Timestamptz(null=True, default=None)
