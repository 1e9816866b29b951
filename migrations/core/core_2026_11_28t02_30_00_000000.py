"""Events say whether marketers alone hear of them: the row, so that whoever hands it on knows it without its type."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import run

ID = "2026-11-28T02:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "events for marketers alone"
RULES = """
ALTER TABLE outbox ADD COLUMN marketers_only boolean NOT NULL DEFAULT false;
ALTER TABLE event_log ADD COLUMN marketers_only boolean NOT NULL DEFAULT false;
ALTER TABLE event_dead_letters ADD COLUMN marketers_only boolean NOT NULL DEFAULT false;
ALTER TABLE outbox ADD CONSTRAINT outbox_marketers CHECK (NOT (marketers_only AND public IS NOT NULL));
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
