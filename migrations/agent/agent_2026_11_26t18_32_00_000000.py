"""Trainings of language models, and when they begin."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import add_tables

ID = "2026-11-26T18:32:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "fine-tuning"
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
    add_tables(manager, TABLES)
    return manager
