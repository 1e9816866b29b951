"""The words of passages are counted as they come and go; the search reads the counts."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import knowledge
from migrations.support import run

ID = "2026-11-26T11:21:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "counted words of passages"
ROUTINES = "2a01ff214b1f4c6b"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(knowledge.WORDS)

    manager.add_raw(apply)
    return manager
