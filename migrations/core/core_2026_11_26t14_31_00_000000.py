"""Rules of the tables made right before; the search asks for a language too."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import knowledge_index
from migrations.support import run

ID = "2026-11-26T14:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of models in use and of copies outside; search by language"
ROUTINES = "4b039bef11536a9f"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(knowledge_index.ALL)

    manager.add_raw(apply)
    return manager
