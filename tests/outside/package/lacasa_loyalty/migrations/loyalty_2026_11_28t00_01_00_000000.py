"""References and row-level security of points."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, refers, run, tenant

ID = "2026-11-28T00:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security"
RULES = (
    belongs("loyalty_points")
    + refers("loyalty_points", "contact_id", "contacts")
    + "ALTER TABLE loyalty_points ADD CONSTRAINT loyalty_points_key UNIQUE (organization_id, key);"
    + tenant("loyalty_points")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="loyalty", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
