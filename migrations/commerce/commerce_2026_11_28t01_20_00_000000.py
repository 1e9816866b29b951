"""What people have done with orders at their shops."""

from decimal import Decimal

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Numeric, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import add_columns, add_tables

ID = "2026-11-28T01:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "order actions"
NONE = {"default": None, "null": True}
MONEY = {"default": Decimal(0), "digits": (14, 3)}
TABLES = {
    ("OrderAction", "order_actions"): (
        ("id", Identity, {"primary_key": True}),
        ("organization_id", BigInt, {"default": 0}),
        ("order_id", BigInt, {"default": 0}),
        ("conversation_id", BigInt, NONE),
        ("kind", Varchar, {"length": 20, "default": ""}),
        ("amount", Numeric, MONEY),
        ("note", Varchar, {"length": 300, "default": ""}),
        ("key", Varchar, {"length": 64, "default": ""}),
        ("state", Varchar, {"length": 20, "default": ""}),
        ("asked_by", BigInt, NONE),
        ("decided_by", BigInt, NONE),
        ("trouble", Varchar, {"length": 300, "default": ""}),
        ("external_id", Varchar, {"length": 100, "default": ""}),
        ("created_at", Timestamptz, {"default": TimestamptzNow()}),
        ("attempted_at", Timestamptz, NONE),
        ("settled_at", Timestamptz, NONE),
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)
    add_columns(manager, "Integration", "integrations", [("refund_limit", Numeric, MONEY), ("staff_may_cancel", Boolean, {"default": False})])
    add_tables(manager, TABLES)
    return manager
