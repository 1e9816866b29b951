"""References, indexes and row-level security of rollups. What was counted before says of which inbox it was: it never changes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, refers, run, tenant

ID = "2026-11-28T01:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of rollups"

RULES = (
    belongs("analytics_pending")
    + refers("analytics_pending", "fact_id", "analytics_events")
    + tenant("analytics_pending", rights="SELECT, INSERT, DELETE")
    + belongs("analytics_rollups")
    + """
    ALTER TABLE analytics_rollups ADD CONSTRAINT analytics_rollups_cell_key UNIQUE (organization_id, metric, dimension, hour, key, day, bucket);
    CREATE INDEX analytics_rollups_days ON analytics_rollups (organization_id, day, dimension, metric) WHERE hour = -1;
    """
    + tenant("analytics_rollups")
    + belongs("analytics_states")
    + """
    ALTER TABLE analytics_states ADD CONSTRAINT analytics_states_organization_key UNIQUE (organization_id);
    ALTER TABLE analytics_states ADD CONSTRAINT analytics_states_keep_days_check CHECK (keep_days >= 90);
    """
    + tenant("analytics_states", rights="SELECT, INSERT, UPDATE")
    + "CREATE INDEX analytics_events_entity ON analytics_events (organization_id, entity, entity_id);"
    + """
    UPDATE analytics_events e SET metadata = e.metadata || jsonb_build_object('inbox_id', c.inbox_id)
    FROM conversations c WHERE e.entity = 'conversation' AND c.organization_id = e.organization_id AND c.id = e.entity_id;
    """
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="analytics", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
