"""All that analytics adds to Lacasa."""

from core.extend.module import Module, Panel
from modules.analytics import jobs, others, routes, schedules, segments, subscribers
from modules.analytics.reports import routes as reports
from modules.analytics.tables import AnalyticsEvent, AnalyticsPending, AnalyticsRollup, AnalyticsState

TABLES = (AnalyticsEvent, AnalyticsPending, AnalyticsRollup, AnalyticsState)

module = Module(
    name="analytics",
    listens=("commerce", "workflows"),
    tables=TABLES,
    migrations="migrations.analytics.piccolo_app",
    routes=[routes.analytics, routes.dashboard, reports.router],
    subscribers=subscribers.ALL,
    follows=others.follows,
    jobs=jobs.ALL,
    schedules=schedules.ALL,
    segment_fields=segments.FIELDS,
    panels=[
        Panel("analytics.contact", "Activity", place="contact", path="/api/analytics/panels/contact"),
        Panel("analytics.days", "Activity", place="dashboard", path="/api/analytics/panels/days"),
    ],
)
