"""Trainings of language models, and when they begin."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod

from core.tenancy import Identity

ID = "2026-11-26T18:32:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "fine-tuning"
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
    ("TuningPlan", "ai_fine_tuning_plans"): (
        *OWNED,
        ("base_model", Varchar, {"length": 80, "default": ""}),
        ("minimum", Integer, {"default": 100}),
        ("scheduled", Boolean, {"default": False}),
    ),
    ("FineTuning", "ai_fine_tunings"): (
        *OWNED,
        ("base_model", Varchar, {"length": 80, "default": ""}),
        ("base_url", Varchar, {"length": 320, "default": ""}),
        ("status", Varchar, {"length": 10, "default": "preparing"}),
        ("lines", Integer, {"default": 0}),
        ("file_id", Varchar, {"length": 200, "default": ""}),
        ("asked", Boolean, {"default": False}),
        ("job_id", Varchar, {"length": 200, "default": ""}),
        ("model", Varchar, {"length": 80, "default": ""}),
        ("trouble", Varchar, {"length": 200, "default": ""}),
        ("tries", Integer, {"default": 0}),
        ("cancelling", Boolean, {"default": False}),
        ("started_by", Varchar, {"length": 200, "default": ""}),
        ("created_at", Timestamptz, NOW),
        ("finished_at", Timestamptz, {"default": None, "null": True}),
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
