"""How far shops were read by their APIs, and how many orders they have."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Integer, SmallInt, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import add_columns, add_tables

ID = "2026-11-28T00:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "readings"
NONE = {"default": None, "null": True}
COLUMNS = (
    ("next_read_at", Timestamptz, NONE),
    ("failures", SmallInt, {"default": 0}),
    ("drift_shop", Integer, NONE),
    ("drift_here", Integer, NONE),
    ("drift_at", Timestamptz, NONE),
    ("webhook_trouble", Varchar, {"length": 300, "default": ""}),
)
TABLES = {
    ("Reading", "shop_readings"): (
        ("id", Identity, {"primary_key": True}),
        ("organization_id", BigInt, {"default": 0}),
        ("integration_id", BigInt, {"default": 0}),
        ("resource", Varchar, {"length": 20, "default": ""}),
        ("since", Timestamptz, NONE),
        ("until", Timestamptz, {"default": TimestamptzNow()}),
        ("cursor", Varchar, {"length": 2000, "default": ""}),
        ("done_until", Timestamptz, NONE),
        ("read_count", Integer, {"default": 0}),
        ("total", Integer, NONE),
        ("malformed", Integer, {"default": 0}),
        ("why", Varchar, {"length": 300, "default": ""}),
        ("oldest_at", Timestamptz, NONE),
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)
    add_columns(manager, "Integration", "integrations", COLUMNS)
    add_columns(manager, "Order", "orders", [("is_read", Boolean, {"default": False})])
    add_tables(manager, TABLES)
    return manager
