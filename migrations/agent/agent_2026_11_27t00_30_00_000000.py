"""What came of the AI agent's answers on each day, kept for large organizations."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Array, BigInt, Date, DoublePrecision, Integer, Timestamptz
from piccolo.columns.defaults.date import DateNow
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import add_tables

ID = "2026-11-27T00:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "outcomes of days"
OWNED = (("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0}))
COUNTS = ("confirmed", "assumed", "abandoned", "handed_over", "under_way", "reopened", "asked")
TABLES = {
    ("OutcomeDay", "ai_outcome_days"): (
        *OWNED,
        ("day", Date, {"default": DateNow()}),
        *((name, Integer, {"default": 0}) for name in COUNTS),
        ("waits", Array, {"default": list, "base_column": DoublePrecision()}),
        ("waiting_since", Timestamptz, {"default": None, "null": True}),
        ("rolled_at", Timestamptz, {"default": TimestamptzNow()}),
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    add_tables(manager, TABLES)
    return manager
