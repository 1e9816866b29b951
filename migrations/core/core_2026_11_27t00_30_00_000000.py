"""How often a reading whose job was gone was begun anew."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Integer

from migrations.support import add_columns

ID = "2026-11-27T00:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "readings that are taken up"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_columns(manager, "Source", "knowledge_sources", [("taken_up", Integer, {"default": 0})])
    return manager
