"""Figures of days that are kept because the organization is large."""

from piccolo.columns import Array, Date, DoublePrecision, Integer, Timestamptz
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class OutcomeDay(OrganizationTable, tablename="ai_outcome_days"):
    """What came of answers on one day (UTC), as `structs.Outcomes` counts it, when it was counted last (`rolled_at`).

    `asked` customers asked for a person; `waits`: seconds until a reply, of those who got one; `waiting_since`: when the first of the others asked.
    """

    day = Date(null=False)
    confirmed = Integer(null=False, default=0)
    assumed = Integer(null=False, default=0)
    abandoned = Integer(null=False, default=0)
    handed_over = Integer(null=False, default=0)
    under_way = Integer(null=False, default=0)
    reopened = Integer(null=False, default=0)
    asked = Integer(null=False, default=0)
    waits = Array(base_column=DoublePrecision(), null=False, default=list)
    waiting_since = Timestamptz(null=True, default=None)
    rolled_at = Timestamptz(null=False, default=TimestamptzNow())
