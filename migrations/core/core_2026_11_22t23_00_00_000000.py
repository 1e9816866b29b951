"""What Piccolo cannot express: the event log, composite references, checks, partial indexes, row-level security."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import access, event_log, jobs, references, search
from migrations.support import run

ID = "2026-11-22T23:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "event log, references, checks, indexes, row-level security, search"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        for statements in (access.ROLE, event_log.TABLES, references.ALL, jobs.INDEXES, search.ALL, access.POLICIES):
            await run(statements)

    manager.add_raw(apply)
    return manager
