"""All that campaigns add to Lacasa."""

from core.extend.module import Module, Panel
from modules.campaigns import events, jobs, naming, routes, segments, sources, subscribers
from modules.campaigns.report import routes as report
from modules.campaigns.tables import Campaign, CampaignOrder, CampaignSegment, CampaignTouch, CampaignVariant

TABLES = (Campaign, CampaignVariant, CampaignSegment, CampaignTouch, CampaignOrder)

module = Module(
    name="campaigns",
    tables=TABLES,
    migrations="migrations.campaigns.piccolo_app",
    routes=[routes.router, report.router],
    events=events.EVENTS,
    subscribers=subscribers.ALL,
    follows=subscribers.follows,
    jobs=(jobs.begin, jobs.enlist, jobs.watch, jobs.count),
    panels=[Panel("campaigns.conversation", "Campaign", place="conversation", path="/api/campaigns/panels/conversation")],
    segment_fields=segments.FIELDS,
    segment_users=(segments.USER,),
    mail_sources=(sources.SOURCE,),
    names=(naming.NAMES,),
)
