"""Rows of inboxes' own mail servers."""

from piccolo.columns import BigInt, Integer, Text, Varchar

from core.tenancy import OrganizationTable


class EmailServer(OrganizationTable, tablename="email_servers"):
    """By what an inbox sends, where it is not the installation's server. The password is sealed for this inbox; empty: nobody signs in with one."""

    inbox_id = BigInt(null=False)
    host = Varchar(length=253, null=False)
    port = Integer(null=False)
    security = Varchar(length=8, null=False)
    username = Varchar(length=320, null=False, default="")
    sealed_password = Text(null=False, default="")
