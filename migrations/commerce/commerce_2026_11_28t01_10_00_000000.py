"""Carts of which it was told that they were abandoned."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Timestamptz

from migrations.support import add_columns, run

ID = "2026-11-28T01:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "carts that were told of"
INDEXES = """
CREATE INDEX orders_of_cart ON orders (organization_id, integration_id, cart) WHERE cart <> '';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)
    add_columns(manager, "Cart", "carts", [("told_at", Timestamptz, {"default": None, "null": True})])

    async def apply() -> None:
        await run(INDEXES)

    manager.add_raw(apply)
    return manager
