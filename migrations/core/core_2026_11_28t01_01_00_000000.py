"""Rules of what was made right before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import sender
from migrations.support import run

ID = "2026-11-28T01:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of the sender of mail to many"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(sender.ALL)

    manager.add_raw(apply)
    return manager
