"""What agents ask of the copilot, and what came of it."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, BigInt, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod

from core.tenancy import Identity

ID = "2026-11-26T16:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "requests to the copilot"
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
COLUMNS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("id", Identity, {"primary_key": True}),
    ("organization_id", BigInt, {"default": 0}),
    ("user_id", BigInt, {"default": 0}),
    ("conversation_id", BigInt, {"default": 0}),
    ("kind", Varchar, {"length": 10, "default": ""}),
    ("asked", JSONB, {"default": "{}"}),
    ("status", Varchar, {"length": 10, "default": "working"}),
    ("result", JSONB, {"default": "{}"}),
    ("trouble", Varchar, {"length": 200, "default": ""}),
    ("created_at", Timestamptz, {"default": TimestamptzNow()}),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    manager.add_table(class_name="CopilotRequest", tablename="ai_copilot", schema=None, columns=None)
    for name, kind, params in COLUMNS:
        manager.add_column(
            table_class_name="CopilotRequest",
            tablename="ai_copilot",
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=PARAMS | params,
            schema=None,
        )
    return manager
