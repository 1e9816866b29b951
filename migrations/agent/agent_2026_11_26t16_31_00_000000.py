"""References and row-level security of the copilot's requests; a decision may be a suggestion to staff."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-26T16:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of the copilot; suggestions"

RULES = (
    "ALTER TABLE ai_decisions DROP CONSTRAINT ai_decisions_outcome_check;"
    + one_of("ai_decisions", "outcome", "answered", "clarified", "handed_off", "suggested", "discarded")
    + belongs("ai_copilot")
    + refers("ai_copilot", "conversation_id", "conversations")
    + one_of("ai_copilot", "status", "working", "done", "failed")
    + "CREATE INDEX ai_copilot_lately ON ai_copilot (organization_id, user_id, created_at);"
    + tenant("ai_copilot")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
