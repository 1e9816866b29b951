"""An account is made in the transaction that makes it a member, under row-level security."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import accounts
from migrations.support import run

ID = "2026-11-25T20:24:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "a function that makes accounts"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(accounts.MADE)

    manager.add_raw(apply)
    return manager
