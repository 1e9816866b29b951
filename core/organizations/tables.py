"""Rows of organizations and of their members."""

from piccolo.columns import BigInt, Boolean, Date, Integer, Real, Timestamptz, Varchar
from piccolo.columns.defaults.date import DateNow
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import LacasaTable, OrganizationTable


class Organization(LacasaTable, tablename="organizations"):
    """A tenant. Limits and use are those of its plan; -1 means without limit. `emails_used`: to many, in the month that began on `emails_since`."""

    name = Varchar(length=120, null=False)
    slug = Varchar(length=60, null=False, unique=True)
    owner_id = BigInt(null=True, default=None)
    subscription_plan = Varchar(length=20, null=False, default="free")
    subscription_status = Varchar(length=20, null=False, default="active")
    contacts_limit = Integer(null=False, default=-1)
    contacts_used = Integer(null=False, default=0)
    emails_limit = Integer(null=False, default=-1)
    emails_used = Integer(null=False, default=0)
    workflows_limit = Integer(null=False, default=-1)
    workflows_used = Integer(null=False, default=0)
    next_number = BigInt(null=False, default=1001)
    accent_color = Varchar(length=7, null=False, default="#2f6f5e")
    language = Varchar(length=20, null=False, default="english")
    ai_enabled = Boolean(null=False, default=True)
    ai_threshold = Real(null=False, default=0.7)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    emails_since = Date(null=False, default=DateNow())


class Membership(OrganizationTable, tablename="memberships"):
    """A user's place in one organization; one user may have several.

    `sees_from`: the id of the newest event when the member last came to see more. A replay to them never begins at or before it.
    """

    user_id = BigInt(null=False)
    role = Varchar(length=10, null=False)
    sees_from = BigInt(null=False, default=0)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
