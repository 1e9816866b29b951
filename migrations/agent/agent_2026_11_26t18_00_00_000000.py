"""An index for what was decided in a period: what came of it is counted by days."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import run

ID = "2026-11-26T18:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "decisions by time"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run("CREATE INDEX ai_decisions_decided ON ai_decisions (organization_id, created_at)")

    manager.add_raw(apply)
    return manager
