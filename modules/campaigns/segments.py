"""What contacts got of campaigns and did with it, as fields that segments choose by; and which campaigns refer to a segment."""

from core.access import MARKETERS, Actor
from core.database import read
from core.extend.segment_users import SegmentUse, SegmentUser, SegmentUses
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
USES = """
SELECT c.id, c.name, count(*) OVER () FROM campaigns c WHERE c.organization_id = $1 AND EXISTS (
    SELECT FROM campaign_segments s WHERE s.organization_id = c.organization_id AND s.campaign_id = c.id AND s.segment_id = $2)
ORDER BY c.id DESC LIMIT $3
"""


async def _uses(actor: Actor, segment_id: int, most: int) -> SegmentUses:
    actor.require(*MARKETERS)
    async with read(actor) as db:
        rows = await db.fetch_rows(USES, actor.organization_id, segment_id, most)
    shown = [SegmentUse("campaign", row[0], row[1], f"/campaigns/{row[0]}") for row in rows]
    return SegmentUses(shown, rows[0][2] if rows else 0)


USER = SegmentUser(kind="campaign", uses=_uses)
