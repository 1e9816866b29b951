"""What each of a campaign's audience gets: asked right before it goes, each time anew."""

from collections.abc import Sequence
from datetime import UTC, datetime

from core.access import Actor
from core.database import read
from core.errors import NotFound
from core.extend.mailing import Addressee, Answer, Later, MailSource, Never, Post
from modules.campaigns import keys, naming, queries
from modules.campaigns.structs import CampaignView

ASK_AGAIN_S = 900.0
"""Whoever has a conversation open is asked about so often."""
PEOPLE = f"""
SELECT k.id, {queries.IS_OPEN.format(contact="k.id")} FROM contacts k WHERE k.organization_id = $1 AND k.id = ANY ($2::bigint[])
"""
STOPPED_S = 300.0


async def letters(actor: Actor, campaign_id: int, addressees: Sequence[Addressee]) -> Sequence[Answer]:
    """A campaign's own template for each; later where a conversation is under way, and never where that lasted too long."""
    async with read(actor) as db:
        try:
            campaign = await queries.get(actor, campaign_id)
        except NotFound:
            return [Never("campaign_gone")] * len(addressees)
        people = dict(
            await db.fetch_rows(PEOPLE, actor.organization_id, sorted({addressee.contact_id for addressee in addressees}))
        )
    now = datetime.now(UTC)
    return [_answer(campaign, addressee.contact_id, people.get(addressee.contact_id), now) for addressee in addressees]


def _answer(campaign: CampaignView, contact_id: int, is_busy: bool | None, now: datetime) -> Answer:
    if campaign.status == "canceled":
        return Never("canceled")
    if campaign.status != "sending" or campaign.inbox_id is None:
        return Later("paused" if campaign.status != "sending" else "no_inbox", STOPPED_S)
    if is_busy is None:
        return Never("contact_gone")
    if is_busy and campaign.hold_days and campaign.hold_until is not None:
        left_s = (campaign.hold_until - now).total_seconds()
        return Later("open_conversation", min(ASK_AGAIN_S, left_s + 1)) if left_s > 0 else Never("open_conversation")
    variant = queries.variant_of(campaign, contact_id)
    if variant.version is None:
        raise RuntimeError("a campaign that has begun has its versions")
    return Post(
        template_id=variant.template_id, version=variant.version, inbox_id=campaign.inbox_id, is_tracked=campaign.is_tracked,
        about={"campaign_id": campaign.id},
    )  # fmt: skip


SOURCE = MailSource(kind=keys.KIND, title="Campaign", letters=letters, called=naming.called)
