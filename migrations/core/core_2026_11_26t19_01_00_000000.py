"""Rules of the table made right before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import versions
from migrations.support import run

ID = "2026-11-26T19:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of versions of articles"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(versions.ALL)

    manager.add_raw(apply)
    return manager
