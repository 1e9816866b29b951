"""References, checks, indexes and row-level security of fine-tuning."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, run, tenant

ID = "2026-11-26T18:33:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of fine-tuning"

RULES = (
    belongs("ai_fine_tuning_plans")
    + "ALTER TABLE ai_fine_tuning_plans ADD CONSTRAINT ai_fine_tuning_plans_once UNIQUE (organization_id);"
    + tenant("ai_fine_tuning_plans", rights="SELECT, INSERT, UPDATE")
    + belongs("ai_fine_tunings")
    + one_of("ai_fine_tunings", "status", "preparing", "training", "succeeded", "failed", "cancelled")
    + """
    CREATE UNIQUE INDEX ai_fine_tunings_under_way ON ai_fine_tunings (organization_id) WHERE status IN ('preparing', 'training');
    """
    + tenant("ai_fine_tunings", rights="SELECT, INSERT, UPDATE")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
