"""References, checks, indexes and row-level security of pinned calibrators."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, refers, run, tenant

ID = "2026-11-26T17:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of pinned calibrators"

RULES = (
    belongs("ai_pins")
    + refers("ai_pins", "calibrator_id", "ai_calibrators")
    + """
    ALTER TABLE ai_pins ADD CONSTRAINT ai_pins_once UNIQUE (organization_id, mode, model, prompt_version, head);
    """
    + tenant("ai_pins")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
