"""What one contact did, by kind and time: segments count it. The index also serves the reference, in place of its own."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import run

ID = "2026-11-28T00:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what one contact did"
RULES = """
DROP INDEX analytics_events_contact_id;
CREATE INDEX analytics_events_contact_id ON analytics_events (organization_id, contact_id, kind, at);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="analytics", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
