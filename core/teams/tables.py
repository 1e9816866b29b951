"""Rows of teams and their members."""

from piccolo.columns import BigInt, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Team(OrganizationTable, tablename="teams"):
    name = Varchar(length=80, null=False)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class TeamMember(OrganizationTable, tablename="team_members"):
    team_id = BigInt(null=False)
    user_id = BigInt(null=False)
