"""Whether conversations may be used for training, and who does not want it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod

from core.tenancy import Identity

ID = "2026-11-26T18:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "training consent"
PARAMS = {
    "null": False,
    "primary_key": False,
    "unique": False,
    "index": False,
    "index_method": IndexMethod.btree,
    "choices": None,
    "db_column_name": None,
    "secret": False,
}
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
    for (table, tablename), columns in TABLES.items():
        manager.add_table(class_name=table, tablename=tablename, schema=None, columns=None)
        for name, kind, params in columns:
            manager.add_column(
                table_class_name=table,
                tablename=tablename,
                column_name=name,
                db_column_name=name,
                column_class_name=kind.__name__,
                column_class=kind,
                params=PARAMS | params,
                schema=None,
            )
    return manager
