"""The table of points; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Integer, Varchar

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-28T00:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "points"
ADDED: dict[tuple[str, str], list[Column]] = {
    ("LoyaltyPoint", "loyalty_points"): [
        ("id", Identity, {"primary_key": True}),
        ("organization_id", BigInt, {"default": 0}),
        ("contact_id", BigInt, {"default": 0}),
        ("points", Integer, {"default": 0}),
        ("key", Varchar, {"length": 64, "default": ""}),
    ]
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="loyalty", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
