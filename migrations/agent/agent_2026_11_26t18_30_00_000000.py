"""Whether conversations may be used for training, and who does not want it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import add_tables

ID = "2026-11-26T18:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "training consent"
OWNED = (("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0}))
NOW = {"default": TimestamptzNow()}
TABLES = {
    ("Training", "ai_training"): (
        *OWNED,
        ("allowed", Boolean, {"default": False}),
        ("decided_by", Varchar, {"length": 200, "default": ""}),
        ("decided_at", Timestamptz, NOW),
    ),
    ("TrainingObjection", "ai_training_objections"): (
        *OWNED,
        ("contact_id", BigInt, {"default": 0}),
        ("noted_by", Varchar, {"length": 200, "default": ""}),
        ("created_at", Timestamptz, NOW),
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    add_tables(manager, TABLES)
    return manager
