"""Sending a campaign to people who work here, before it goes to others."""

from core.access import MARKETERS, Actor
from core.channels.email.template_tests import actions as template_tests
from core.channels.email.template_tests.structs import TemplateTest, TemplateTestInput
from core.errors import Conflict
from modules.campaigns import queries
from modules.campaigns.structs import CampaignTestInput


async def send(actor: Actor, campaign_id: int, data: CampaignTestInput) -> TemplateTest:
    """Send one of its mails, as its template is now, from its inbox. Admins and users.

    Raises:
        NotFound: campaign or contact is unknown to the actor, or its inbox.
        Conflict: `no_variants`: it has no such template; `no_inbox`; and as for the test of a template.
        Invalid, TooManyRequests: as for that.
    """
    actor.require(*MARKETERS)
    campaign = await queries.get(actor, campaign_id)
    chosen = next((variant for variant in campaign.variants if variant.name == data.variant), None)
    if chosen is None:
        raise Conflict("this campaign has no such template", code="no_variants")
    if campaign.inbox_id is None:
        raise Conflict("say first from which inbox it comes", code="no_inbox")
    return await template_tests.send(actor, chosen.template_id, TemplateTestInput(campaign.inbox_id, data.to, data.contact_id))
