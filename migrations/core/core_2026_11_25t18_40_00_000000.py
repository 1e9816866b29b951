"""An account ends with its last membership: nobody can hold an address by adding and removing its owner."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import accounts
from migrations.support import run

ID = "2026-11-25T18:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "accounts end with their last membership"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(accounts.DROPPED)

    manager.add_raw(apply)
    return manager
