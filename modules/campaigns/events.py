"""What happened to campaigns. Marketers (admins, users) alone hear of it."""

from core.access import ActorRef
from core.events.contract import Event


class CampaignEvent(Event, frozen=True, kw_only=True):
    """Base: which campaign, and who did it."""

    campaign_id: int
    by: ActorRef


class CampaignSaved(CampaignEvent, frozen=True, kw_only=True, tag="campaign.saved"):
    """It was made or changed, or is a draft again."""


class CampaignDeleted(CampaignEvent, frozen=True, kw_only=True, tag="campaign.deleted"):
    pass


class CampaignScheduled(CampaignEvent, frozen=True, kw_only=True, tag="campaign.scheduled"):
    pass


class CampaignMissed(CampaignEvent, frozen=True, kw_only=True, tag="campaign.missed"):
    """Its time came and it did not begin: `reason` is `late`, or the code of what it lacks."""

    reason: str


class CampaignStarted(CampaignEvent, frozen=True, kw_only=True, tag="campaign.started"):
    pass


class CampaignPaused(CampaignEvent, frozen=True, kw_only=True, tag="campaign.paused"):
    """`reason`: empty where somebody wanted it."""

    reason: str


class CampaignResumed(CampaignEvent, frozen=True, kw_only=True, tag="campaign.resumed"):
    pass


class CampaignCanceled(CampaignEvent, frozen=True, kw_only=True, tag="campaign.canceled"):
    pass


class CampaignSent(CampaignEvent, frozen=True, kw_only=True, tag="campaign.sent"):
    """Everybody of the audience has got it, or a reason why not."""


EVENTS = (
    CampaignSaved, CampaignDeleted, CampaignScheduled, CampaignMissed, CampaignStarted, CampaignPaused, CampaignResumed, CampaignCanceled,
    CampaignSent,
)  # fmt: skip
