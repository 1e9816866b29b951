"""What facts add up to, and facts that wait to be added up; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.columns.defaults.date import DateNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-28T01:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "rollups"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]

ADDED: dict[tuple[str, str], list[Column]] = {
    ("AnalyticsPending", "analytics_pending"): [
        *OWN,
        ("fact_id", BigInt, {"default": 0}),
        ("entity", Varchar, {"length": 30, "default": ""}),
        ("entity_id", BigInt, {"default": 0}),
    ],
    ("AnalyticsRollup", "analytics_rollups"): [
        *OWN,
        ("metric", Varchar, {"length": 40, "default": ""}),
        ("dimension", Varchar, {"length": 20, "default": ""}),
        ("key", Varchar, {"length": 100, "default": ""}),
        ("day", Date, {"default": DateNow()}),
        ("hour", SmallInt, {"default": -1}),
        ("bucket", SmallInt, {"default": 0}),
        ("value", BigInt, {"default": 0}),
    ],
    ("AnalyticsState", "analytics_states"): [
        *OWN,
        ("zone", Varchar, {"length": 64, "default": "UTC"}),
        ("keep_days", Integer, {"null": True, "default": None}),
        ("rules", Integer, {"default": 0}),
        ("counted_at", Timestamptz, {"null": True, "default": None}),
        ("rebuilt_at", Timestamptz, {"null": True, "default": None}),
    ],
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="analytics", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
