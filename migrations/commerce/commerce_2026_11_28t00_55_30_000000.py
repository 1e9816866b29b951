"""References, indexes and row-level security of what was made right before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-28T00:55:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of readings"
RULES = (
    belongs("shop_readings")
    + refers("shop_readings", "integration_id", "integrations")
    + """
    CREATE UNIQUE INDEX shop_readings_resource ON shop_readings (organization_id, integration_id, resource);
    CREATE INDEX integrations_due ON integrations (next_read_at) WHERE next_read_at IS NOT NULL;
    CREATE INDEX orders_changed ON orders (organization_id, integration_id, changed_at);
    """
    + one_of("shop_readings", "resource", "orders", "carts")
    + one_of("integrations", "sync_status", "none", "first", "ready", "failed")
    + tenant("shop_readings")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
