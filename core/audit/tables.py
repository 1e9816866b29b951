"""Rows of the audit log."""

from piccolo.columns import JSONB, BigInt, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class AuditEntry(OrganizationTable, tablename="audit_log"):
    """Who changed what that matters for safety: sign-ins, roles, inboxes, exports. Append-only."""

    actor_kind = Varchar(length=10, null=False)
    actor_id = BigInt(null=True, default=None)
    action = Varchar(length=60, null=False)
    subject = Varchar(length=120, null=False, default="")
    data = JSONB(null=False, default="{}")
    address = Varchar(length=64, null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
