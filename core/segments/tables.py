"""Rows of segments."""

from piccolo.columns import JSONB, BigInt, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Segment(OrganizationTable, tablename="segments"):
    """Contacts that a tree chooses (`dynamic`), or that were put on a list (`static`: no tree). `version` grows with each change."""

    name = Varchar(length=120, null=False)
    description = Varchar(length=500, null=False, default="")
    kind = Varchar(length=10, null=False)
    tree = JSONB(null=True, default=None)
    version = Integer(null=False, default=1)
    created_by = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    updated_at = Timestamptz(null=False, default=TimestamptzNow())


class SegmentPart(OrganizationTable, tablename="segment_parts"):
    """The tree of `segment_id` names `part_id`, which cannot be deleted meanwhile."""

    segment_id = BigInt(null=False)
    part_id = BigInt(null=False)


class SegmentMember(OrganizationTable, tablename="segment_members"):
    """A contact on a list."""

    segment_id = BigInt(null=False)
    contact_id = BigInt(null=False)
    added_at = Timestamptz(null=False, default=TimestamptzNow())
