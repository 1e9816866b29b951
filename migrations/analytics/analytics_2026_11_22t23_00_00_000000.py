"""References, indexes and row-level security of analytics."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, refers, run, tenant

ID = "2026-11-22T23:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security"

MEMBER = """
ALTER TABLE analytics_events ADD CONSTRAINT analytics_events_user_id_fk FOREIGN KEY (organization_id, user_id)
    REFERENCES memberships (organization_id, user_id) ON DELETE SET NULL (user_id);
CREATE INDEX analytics_events_user_id ON analytics_events (organization_id, user_id, at);
"""
READS = """
CREATE INDEX analytics_events_counted ON analytics_events (organization_id, at, kind);
CREATE INDEX analytics_events_opened ON analytics_events (organization_id, at, entity_id) WHERE kind = 'ticket_created';
"""
RULES = (
    belongs("analytics_events")
    + refers("analytics_events", "contact_id", "contacts", on_delete="SET NULL")
    + MEMBER
    + READS
    + tenant("analytics_events", rights="SELECT, INSERT")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="analytics", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
