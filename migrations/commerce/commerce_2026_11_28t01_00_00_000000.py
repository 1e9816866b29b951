"""Shops that somebody is about to connect."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import add_tables

ID = "2026-11-28T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "invitations"
TABLES = {
    ("Invitation", "shop_invitations"): (
        ("id", Identity, {"primary_key": True}),
        ("organization_id", BigInt, {"default": 0}),
        ("digest", Varchar, {"length": 64, "default": ""}),
        ("platform", Varchar, {"length": 20, "default": ""}),
        ("shop", Varchar, {"length": 255, "default": ""}),
        ("name", Varchar, {"length": 80, "default": ""}),
        ("created_by", BigInt, {"default": 0}),
        ("expires_at", Timestamptz, {"default": TimestamptzNow()}),
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)
    add_tables(manager, TABLES)
    return manager
