"""What contacts got of campaigns and did with it, as fields that segments choose by."""

from core.extend.segments import Facts, SegmentField

GROUP = "Campaigns"
MAILING = "FROM mailings g WHERE g.organization_id = e.organization_id AND g.id = e.mailing_id AND g.kind = 'campaign'"


def _campaign(sql: str) -> SegmentField:
    return SegmentField(name="campaign", label="Campaign (its number)", kind="number", sql=sql)


def _touched(name: str, label: str, touch: str) -> SegmentField:
    return SegmentField(
        name=f"campaigns.{name}",
        label=label,
        group=GROUP,
        kind="facts",
        facts=Facts(table="campaign_touches", where=f"e.touch = '{touch}'"),
        properties=(_campaign("e.campaign_id"),),
    )


FIELDS = (
    SegmentField(
        name="campaigns.received",
        label="Was sent a campaign",
        group=GROUP,
        kind="facts",
        facts=Facts(table="mailing_sends", at="settled_at", where=f"e.state = 'sent' AND EXISTS (SELECT {MAILING})"),
        properties=(_campaign(f"(SELECT g.source_id {MAILING})"),),
    ),
    _touched("opened", "Opened a campaign", "open"),
    _touched("clicked", "Followed a link of a campaign", "click"),
)
"""Opened and followed by people, as far as the evidence goes, each campaign once: at the first time."""
