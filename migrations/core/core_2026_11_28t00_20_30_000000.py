"""Rules of mail templates."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import templates
from migrations.support import run

ID = "2026-11-28T00:20:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of mail templates"
ROUTINES = "87b074ea6890dde3"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(templates.ALL)

    manager.add_raw(apply)
    return manager
