"""How often a reading whose job was gone was begun anew."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Integer

from migrations.support import PARAMS

ID = "2026-11-27T00:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "readings that are taken up"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    manager.add_column(
        table_class_name="Source",
        tablename="knowledge_sources",
        column_name="taken_up",
        db_column_name="taken_up",
        column_class_name="Integer",
        column_class=Integer,
        params=PARAMS | {"default": 0},
        schema=None,
    )
    return manager
