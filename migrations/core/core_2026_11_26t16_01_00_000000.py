"""Rules of the tables made right before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import sources
from migrations.support import run

ID = "2026-11-26T16:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of sources of knowledge"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(sources.ALL)

    manager.add_raw(apply)
    return manager
