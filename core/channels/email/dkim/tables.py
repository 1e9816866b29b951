"""Rows of keys that sign mail."""

from piccolo.columns import Boolean, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class DkimKey(OrganizationTable, tablename="dkim_keys"):
    """The key of a domain, for all inboxes of one organization with an address there. It signs once an admin said so (`is_on`)."""

    domain = Varchar(length=253, null=False)
    selector = Varchar(length=63, null=False)
    public_key = Text(null=False)
    sealed_key = Text(null=False)
    is_on = Boolean(null=False, default=False)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
