"""Since when a shop is connected, and orders whose buyers were forgotten."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Timestamptz
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from migrations.support import add_columns

ID = "2026-11-28T00:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "connected since, erased at"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)
    add_columns(manager, "Integration", "integrations", [("connected_at", Timestamptz, {"default": TimestamptzNow()})])
    add_columns(manager, "Order", "orders", [("erased_at", Timestamptz, {"default": None, "null": True})])
    return manager
