"""Search through messages, notes and subjects."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import written
from migrations.support import run

ID = "2026-11-25T22:07:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "text indexes of messages and subjects"
ROUTINES = "d0a79076d2f063ff"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(written.ALL)

    manager.add_raw(apply)
    return manager
