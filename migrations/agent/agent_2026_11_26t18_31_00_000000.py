"""References, checks, indexes and row-level security of training consent."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, refers, run, tenant

ID = "2026-11-26T18:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of training consent"

RULES = (
    belongs("ai_training")
    + "ALTER TABLE ai_training ADD CONSTRAINT ai_training_once UNIQUE (organization_id);"
    + tenant("ai_training")
    + belongs("ai_training_objections")
    + refers("ai_training_objections", "contact_id", "contacts")
    + "ALTER TABLE ai_training_objections ADD CONSTRAINT ai_training_objections_once UNIQUE (organization_id, contact_id);"
    + tenant("ai_training_objections", rights="SELECT, INSERT, DELETE")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
