"""Lists of what is active out of one stretch of an index, sums for everybody and for each assignee."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import counts, lists
from migrations.support import run

ID = "2026-11-26T10:46:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "indexes by stage, sums by assignee"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(counts.BY_ASSIGNEE)
        await run(lists.BY_STAGE)
        await run(lists.MARKS_BY_STAGE)

    manager.add_raw(apply)
    return manager
