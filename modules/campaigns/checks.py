"""What a campaign lacks before it can begin: all of it, with its places."""

from core.access import Actor
from core.channels.email import sending
from core.consent import queries as consent
from core.database import read
from core.errors import LacasaError
from core.extend import registry
from core.segments import audience as segments
from core.templates import queries as templates
from core.templates.compiling import drawn
from modules.campaigns.audiences import tree_of
from modules.campaigns.structs import CampaignProblem, CampaignView

ADDRESS = "SELECT address FROM email_inboxes WHERE organization_id = $1 AND inbox_id = $2"
SERVERS = {
    "no_mail_server": "there is no mail server that sends for this inbox",
    "not_this_address": "the mail server of this installation does not send for this inbox's address",
}


async def problems(actor: Actor, campaign: CampaignView) -> list[CampaignProblem]:
    """In the order of the page; none: it can begin."""
    async with read(actor):
        return [
            *await _audience(actor, campaign),
            *await _templates(actor, campaign),
            *await _topic(actor, campaign),
            *await _inbox(actor, campaign),
        ]


async def _audience(actor: Actor, campaign: CampaignView) -> list[CampaignProblem]:
    include, exclude = (
        [one.segment_id for one in refs if one.segment_id is not None] for refs in (campaign.include, campaign.exclude)
    )
    try:
        async with read(actor) as db:
            await segments.select(db, actor, tree_of(include, exclude))
    except LacasaError as error:
        return [CampaignProblem("include", "segment_broken", error.detail)]
    return []


async def _templates(actor: Actor, campaign: CampaignView) -> list[CampaignProblem]:
    if not campaign.variants:
        return [CampaignProblem("variants", "no_variants", "there is no template to send")]
    found = []
    for place, variant in enumerate(campaign.variants):
        path = f"variants[{place}].template_id"
        if not variant.subject.strip():
            found.append(CampaignProblem(path, "no_subject", f"the template “{variant.template_name}” has no subject"))
        content = templates.content_of(await templates.get(actor, variant.template_id))
        _, faults = drawn(content, registry.merge_fields())
        found += [CampaignProblem(path, "faulty_template", f"{fault.path}: {fault.words}") for fault in faults[:1]]
    return found


async def _topic(actor: Actor, campaign: CampaignView) -> list[CampaignProblem]:
    if campaign.topic_id is None:
        return [CampaignProblem("topic_id", "no_topic", "say what it is about: only whoever agreed to that gets it")]
    if (await consent.topic(actor, campaign.topic_id)).archived_at is not None:
        return [CampaignProblem("topic_id", "topic_archived", "this topic is archived: nobody gets mail about it")]
    return []


async def _inbox(actor: Actor, campaign: CampaignView) -> list[CampaignProblem]:
    if campaign.inbox_id is None:
        return [CampaignProblem("inbox_id", "no_inbox", "say from which inbox it comes")]
    async with read(actor) as db:
        address = await db.fetch_value(ADDRESS, actor.organization_id, campaign.inbox_id)
    if address is None:
        return [CampaignProblem("inbox_id", "no_address", "this inbox has no e-mail address")]
    server = await sending.server_of(actor, campaign.inbox_id, address)
    return [CampaignProblem("inbox_id", server, SERVERS.get(server, server))] if isinstance(server, str) else []
