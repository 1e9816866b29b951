"""Rows of analytics: one per countable fact, and what facts add up to."""

from piccolo.columns import JSONB, BigInt, Date, Integer, SmallInt, Timestamptz, Varchar

from core.tenancy import OrganizationTable


class AnalyticsEvent(OrganizationTable, tablename="analytics_events"):
    """`kind` says what happened to `entity` (e.g. a conversation) and when; `metadata` holds its dimensions.

    `user_id` is the agent to whom it counts: who wrote or resolved, else who was the assignee at that moment.
    """

    kind = Varchar(length=40, null=False)
    entity = Varchar(length=30, null=False)
    entity_id = BigInt(null=True, default=None)
    contact_id = BigInt(null=True, default=None)
    user_id = BigInt(null=True, default=None)
    metadata = JSONB(null=False, default="{}")
    at = Timestamptz(null=False)


class AnalyticsPending(OrganizationTable, tablename="analytics_pending"):
    """A fact that is in no rollup yet: written with the fact, gone with the transaction that counts it."""

    fact_id = BigInt(null=False)
    entity = Varchar(length=30, null=False)
    entity_id = BigInt(null=False, default=0)


class AnalyticsRollup(OrganizationTable, tablename="analytics_rollups"):
    """How much of `metric` there was on `day`, of all that has `key` in `dimension` (`all`: of everything).

    `day` and `hour` are those of the organization's time zone; `hour` -1: the whole day. `bucket`: of a time (`counting/histograms.py`), else 0.
    """

    metric = Varchar(length=40, null=False)
    dimension = Varchar(length=20, null=False)
    key = Varchar(length=100, null=False, default="")
    day = Date(null=False)
    hour = SmallInt(null=False, default=-1)
    bucket = SmallInt(null=False, default=0)
    value = BigInt(null=False, default=0)


class AnalyticsState(OrganizationTable, tablename="analytics_states"):
    """How an organization counts: its time zone, and for how many days (null: for ever). `rules`: those by which its rollups were made."""

    zone = Varchar(length=64, null=False, default="UTC")
    keep_days = Integer(null=True, default=None)
    rules = Integer(null=False, default=0)
    counted_at = Timestamptz(null=True, default=None)
    rebuilt_at = Timestamptz(null=True, default=None)
