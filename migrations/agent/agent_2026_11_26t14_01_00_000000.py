"""References and row-level security of language models and their usage."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, run, tenant

ID = "2026-11-26T14:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of language models"

RULES = (
    belongs("ai_models")
    + "ALTER TABLE ai_models ADD CONSTRAINT ai_models_one UNIQUE (organization_id);"
    + tenant("ai_models", rights="SELECT, INSERT, UPDATE")
    + belongs("ai_usage")
    + "ALTER TABLE ai_usage ADD CONSTRAINT ai_usage_day UNIQUE (organization_id, day, model);"
    + tenant("ai_usage", rights="SELECT, INSERT, UPDATE")
    + "CREATE INDEX ai_decisions_handed_off ON ai_decisions (organization_id, id DESC) WHERE outcome = 'handed_off';"
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
