"""What a campaign's report says."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

from modules.campaigns.structs import Status

JUDGED_AFTER_S = 24 * 3600


class MailShare(msgspec.Struct, frozen=True):
    """`count` of all mails that were delivered. `low` to `high`: where the true share is in 95 of 100 such campaigns (Wilson)."""

    count: int
    share: float
    low: float
    high: float


class ByLabel(msgspec.Struct, frozen=True):
    """Mails, each once, under the likeliest of those that touched it to have been a person: `human`, `unknown`, `proxy`, `bot`."""

    human: int
    unknown: int
    proxy: int
    bot: int


class Funnel(msgspec.Struct, frozen=True):
    """`audience` = sent + skipped + failed + uncertain + those that are under way. `delivered`: sent, and not bounced; all below are of those."""

    audience: int
    under_way: int
    skipped: int
    failed: int
    uncertain: int
    sent: int
    bounced: int
    delivered: int
    opened: ByLabel
    clicked: ByLabel
    complained: int
    unsubscribed: int
    replied: int


class SkipReport(msgspec.Struct, frozen=True):
    """`words` go on from “it was not sent to somebody who …”."""

    reason: str
    words: str
    count: int


class LinkReport(msgspec.Struct, frozen=True):
    """A link, and in how many mails it was followed."""

    url: str
    clicked: ByLabel


class MomentReport(msgspec.Struct, frozen=True):
    """From `at` on, for the report's `step_s` seconds: mails that went, and that a person opened, or followed a link of, for the first time."""

    at: datetime
    sent: int
    opened: int
    clicked: int


class VariantReport(msgspec.Struct, frozen=True):
    """One of the mails. `opened`, `clicked`: by people, within a day of each mail."""

    name: str
    template_id: int
    template_name: str
    subject: str
    weight: int
    sent: int
    delivered: int
    opened: MailShare
    clicked: MailShare
    unsubscribed: int


class ComparisonReport(msgspec.Struct, frozen=True):
    """Whether people follow links of one mail more often than of the first, `A`. There is one look, a day after the last mail went: `too_early`
    before. `difference` is said falsely in at most 5 of 100 campaigns whose mails do equally well; `no_difference`: none was shown, which does not
    mean that there is none. `p_value`: by Fisher's exact test, with Holm's correction; null before that look.
    """

    name: str
    against: str
    verdict: Literal["too_early", "too_few", "difference", "no_difference"]
    p_value: float | None


class RevenueReport(msgspec.Struct, frozen=True):
    """Of orders that came of it: `amount` less what was given back."""

    currency: str
    orders: int
    amount: Decimal


class CampaignReport(msgspec.Struct, frozen=True):
    """`judged_at`: when the mails are compared; null before all went. `rule`: the version of the rule of attribution, as `rule_words` say it."""

    campaign_id: int
    status: Status
    funnel: Funnel
    skips: list[SkipReport]
    links: list[LinkReport]
    step_s: int
    moments: list[MomentReport]
    variants: list[VariantReport]
    comparisons: list[ComparisonReport]
    judged_at: datetime | None
    revenue: list[RevenueReport]
    rule: int
    rule_words: str


class ReplyView(msgspec.Struct, frozen=True):
    """A conversation that began with an answer to the campaign. `is_recipient`: whoever answered is the one whom the mail was for."""

    conversation_id: int
    number: int
    subject: str
    status: str
    contact_name: str
    variant: str
    is_recipient: bool
    created_at: datetime


class ReplyPage(msgspec.Struct):
    items: list[ReplyView]
    next: str | None
