"""Rows of points."""

from piccolo.columns import BigInt, Integer, Varchar

from core.tenancy import OrganizationTable


class LoyaltyPoint(OrganizationTable, tablename="loyalty_points"):
    """Points that a contact got, once for each `key`."""

    contact_id = BigInt(null=False)
    points = Integer(null=False)
    key = Varchar(length=64, null=False)
