"""All that campaigns add to Lacasa."""

from core.extend.module import Module
from modules.campaigns import events, jobs, routes, sources, subscribers
from modules.campaigns.report import routes as report
from modules.campaigns.tables import Campaign, CampaignOrder, CampaignSegment, CampaignVariant

TABLES = (Campaign, CampaignVariant, CampaignSegment, CampaignOrder)

module = Module(
    name="campaigns",
    tables=TABLES,
    migrations="migrations.campaigns.piccolo_app",
    routes=[routes.router, report.router],
    events=events.EVENTS,
    subscribers=subscribers.ALL,
    follows=subscribers.follows,
    jobs=(jobs.begin, jobs.enlist, jobs.watch),
    mail_sources=(sources.SOURCE,),
)
