"""Rules of the tables made right before, and indexes for what is asked about an inbox that is silent or failing."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import mail
from migrations.support import run

ID = "2026-11-27T04:31:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of images from elsewhere"
ROUTINES = "87b074ea6890dde3"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(mail.SAFE)

    manager.add_raw(apply)
    return manager
