"""References, checks, indexes and row-level security of the AI agent's decisions."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-22T23:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security"

RULES = (
    belongs("ai_decisions")
    + refers("ai_decisions", "conversation_id", "conversations")
    + one_of("ai_decisions", "outcome", "answered", "clarified", "handed_off", "discarded")
    + "CREATE INDEX ai_decisions_shown ON ai_decisions (organization_id, conversation_id, id DESC);"
    + tenant("ai_decisions", rights="SELECT, INSERT")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
