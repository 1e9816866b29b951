"""Rules of the tables made right before, and how mails that went out in the last hour are counted."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import continuity
from migrations.support import run

ID = "2026-11-27T04:41:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of chats that go on by mail"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(continuity.ALL)

    manager.add_raw(apply)
    return manager
