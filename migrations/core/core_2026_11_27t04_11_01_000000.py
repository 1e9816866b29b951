"""Rules of the table made right before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import mailboxes
from migrations.support import run

ID = "2026-11-27T04:11:01:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of mailboxes"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(mailboxes.ALL)

    manager.add_raw(apply)
    return manager
