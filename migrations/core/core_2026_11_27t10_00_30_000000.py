"""Rules of the columns made right before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import continuity
from migrations.support import run

ID = "2026-11-27T10:00:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of addresses that want no mail"
ROUTINES = "87b074ea6890dde3"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(continuity.STOPS)

    manager.add_raw(apply)
    return manager
