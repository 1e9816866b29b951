"""Rows of campaigns: what they are, which mails they try, whom they are for, and orders that came of them.

Who gets one and what becomes of each mail stands in the ledger of mail to many (`core/mailing`).
"""

from decimal import Decimal

from piccolo.columns import BigInt, Boolean, Integer, Numeric, SmallInt, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable

NOTHING = Decimal(0)


class Campaign(OrganizationTable, tablename="campaigns"):
    """`revision` counts the changes of a draft. `reason`: why it was missed, or paused by itself. `mailing_id`: once it has begun.

    `hold_until`: until when open conversations hold mails back. `enlisted_to`: contacts up to this id have been settled; `settled_at`: all have.
    `paused_at`: since when it is paused. Counts are sums over the ledger as of `counted_at`.
    """

    name = Varchar(length=120, null=False)
    status = Varchar(length=10, null=False, default="draft")
    reason = Varchar(length=40, null=False, default="")
    revision = Integer(null=False, default=1)
    topic_id = BigInt(null=True, default=None)
    inbox_id = BigInt(null=True, default=None)
    is_tracked = Boolean(null=False, default=True)
    hold_days = SmallInt(null=False, default=3)
    scheduled_at = Timestamptz(null=True, default=None)
    time_zone = Varchar(length=60, null=False, default="UTC")
    max_lateness_s = Integer(null=False, default=14400)
    mailing_id = BigInt(null=True, default=None)
    hold_until = Timestamptz(null=True, default=None)
    enlisted_to = BigInt(null=False, default=0)
    audience = Integer(null=False, default=0)
    sent = Integer(null=False, default=0)
    skipped = Integer(null=False, default=0)
    failed = Integer(null=False, default=0)
    uncertain = Integer(null=False, default=0)
    bounced = Integer(null=False, default=0)
    opened = Integer(null=False, default=0)
    clicked = Integer(null=False, default=0)
    unsubscribed = Integer(null=False, default=0)
    replied = Integer(null=False, default=0)
    counted_at = Timestamptz(null=True, default=None)
    client_id = Varchar(length=64, null=True, default=None)
    created_by = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    updated_at = Timestamptz(null=False, default=TimestamptzNow())
    started_at = Timestamptz(null=True, default=None)
    paused_at = Timestamptz(null=True, default=None)
    settled_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)


class CampaignVariant(OrganizationTable, tablename="campaign_variants"):
    """One of the mails that a campaign tries, `place` 0 to 3. `version`: of its template, from the moment on that the campaign begins."""

    campaign_id = BigInt(null=False)
    place = SmallInt(null=False)
    template_id = BigInt(null=False)
    version = Integer(null=True, default=None)
    weight = SmallInt(null=False, default=1)


class CampaignSegment(OrganizationTable, tablename="campaign_segments"):
    """Whom a campaign is for, or (`is_excluded`) not. Once the audience is settled the segment is named by `name` alone, and may be deleted."""

    campaign_id = BigInt(null=False)
    segment_id = BigInt(null=True, default=None)
    name = Varchar(length=120, null=False, default="")
    is_excluded = Boolean(null=False, default=False)


class CampaignTouch(OrganizationTable, tablename="campaign_touches"):
    """A contact opened a campaign's mail (`open`) or followed one of its links (`click`), as a person, for the first time: for segments."""

    campaign_id = BigInt(null=False)
    contact_id = BigInt(null=False)
    touch = Varchar(length=5, null=False)
    at = Timestamptz(null=False, default=TimestamptzNow())


class CampaignOrder(OrganizationTable, tablename="campaign_orders"):
    """An order that came of a campaign, by the rule numbered `rule`: once for each order. `refunded`: what of `amount` was given back."""

    campaign_id = BigInt(null=False)
    send_id = BigInt(null=False)
    order_id = BigInt(null=False)
    amount = Numeric(digits=(18, 4), null=False, default=NOTHING)
    refunded = Numeric(digits=(18, 4), null=False, default=NOTHING)
    currency = Varchar(length=3, null=False)
    rule = SmallInt(null=False)
    ordered_at = Timestamptz(null=False)
