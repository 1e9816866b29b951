"""Lists, threads and counts that read little: names kept in step, sums kept by a trigger, indexes in the order of every sort."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import counts, lists, names
from migrations.support import run

ID = "2026-11-25T19:21:00:000000"
VERSION = "1.38.0"
ROUTINES = "91da21e78dcc31a5"
DESCRIPTION = "contact names, counts of open conversations, indexes of lists"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        for statements in (names.ALL, lists.ALL, counts.ALL):
            await run(statements)

    manager.add_raw(apply)
    return manager
