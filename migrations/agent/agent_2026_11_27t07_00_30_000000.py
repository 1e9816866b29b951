"""Rules of the column made right before: a review may go again."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import refers, run

ID = "2026-11-27T07:00:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of reviews that a reply gave"

RULES = refers("ai_reviews", "message_id", "messages", on_delete="SET NULL") + "GRANT DELETE ON ai_reviews TO lacasa_app;"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
