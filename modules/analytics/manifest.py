"""All that analytics adds to Lacasa."""

from core.extend.module import Module
from modules.analytics.tables import AnalyticsEvent

TABLES = (AnalyticsEvent,)

module = Module(name="analytics", tables=TABLES, migrations="migrations.analytics.piccolo_app")
