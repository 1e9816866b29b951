"""Rules of the tables made right before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import segments
from migrations.support import run

ID = "2026-11-28T00:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of segments"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(segments.ALL)

    manager.add_raw(apply)
    return manager
