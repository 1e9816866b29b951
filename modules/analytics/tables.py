"""Rows of analytics: one per countable fact."""

from piccolo.columns import JSONB, BigInt, Timestamptz, Varchar

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
