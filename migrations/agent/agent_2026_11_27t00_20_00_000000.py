"""What becomes at the provider of a training that was given up here; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text, Varchar

from migrations.support import PARAMS

ID = "2026-11-27T00:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "trainings that are called off at the provider"
COLUMNS: list[tuple[str, Any, dict[str, Any]]] = [
    ("at_provider", Varchar, {"length": 10, "default": ""}),
    ("provider_says", Varchar, {"length": 200, "default": ""}),
    ("sealed_key", Text, {"default": ""}),
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    for column, kind, params in COLUMNS:
        manager.add_column(
            table_class_name="FineTuning",
            tablename="ai_fine_tunings",
            column_name=column,
            db_column_name=column,
            column_class_name=kind.__name__,
            column_class=kind,
            params=PARAMS | params,
            schema=None,
        )
    return manager
