"""The two ways of an inbox's AI agent, and no third."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import one_of, run

ID = "2026-11-26T16:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of an inbox's ways of using the AI agent"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(one_of("inboxes", "ai_mode", "answer", "suggest"))

    manager.add_raw(apply)
    return manager
