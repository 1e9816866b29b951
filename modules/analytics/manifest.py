"""All that analytics adds to Lacasa."""

from core.extend.module import Module, Panel
from modules.analytics import routes, segments, subscribers
from modules.analytics.tables import AnalyticsEvent

TABLES = (AnalyticsEvent,)

module = Module(
    name="analytics",
    tables=TABLES,
    migrations="migrations.analytics.piccolo_app",
    routes=[routes.analytics, routes.dashboard],
    subscribers=subscribers.ALL,
    segment_fields=segments.FIELDS,
    panels=[
        Panel("analytics.contact", "Activity", place="contact", path="/api/analytics/panels/contact"),
        Panel("analytics.days", "Activity", place="dashboard", path="/api/analytics/panels/days"),
    ],
)
