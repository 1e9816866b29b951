"""Rows about what of conversations may leave them as training data."""

from piccolo.columns import BigInt, Boolean, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Training(OrganizationTable, tablename="ai_training"):
    """Whether conversations may be used for training; one row of an organization at most, none: they may not. `decided_by` said so."""

    allowed = Boolean(null=False, default=False)
    decided_by = Varchar(length=200, null=False, default="")
    decided_at = Timestamptz(null=False, default=TimestamptzNow())


class TrainingObjection(OrganizationTable, tablename="ai_training_objections"):
    """A contact who does not want it: his conversations, and those of all contacts with the same address, are left out."""

    contact_id = BigInt(null=False)
    noted_by = Varchar(length=200, null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
