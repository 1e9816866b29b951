"""Uploads are counted per day and swept by age: both need an index."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import files
from migrations.support import run

ID = "2026-11-25T18:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "indexes of uploads"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(files.INDEXES)

    manager.add_raw(apply)
    return manager
