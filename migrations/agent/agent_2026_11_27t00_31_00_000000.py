"""Row-level security of kept outcomes, a day once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, run, tenant

ID = "2026-11-27T00:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "row-level security of kept outcomes"

RULES = (
    belongs("ai_outcome_days")
    + "ALTER TABLE ai_outcome_days ADD CONSTRAINT ai_outcome_days_once UNIQUE (organization_id, day);"
    + tenant("ai_outcome_days")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
