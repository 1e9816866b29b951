"""References, checks and row-level security of calls of agent tools: they go with their conversation, and with their contact."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-26T21:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of calls of agent tools"

RULES = (
    belongs("ai_tool_calls")
    + refers("ai_tool_calls", "conversation_id", "conversations")
    + refers("ai_tool_calls", "contact_id", "contacts")
    + refers("ai_tool_calls", "decision_id", "ai_decisions", on_delete="SET NULL")
    + one_of("ai_tool_calls", "status", "proposed", "approved", "rejected", "done", "failed")
    + """
    CREATE UNIQUE INDEX ai_tool_calls_open ON ai_tool_calls (organization_id, conversation_id, tool, digest)
        WHERE status IN ('proposed', 'approved', 'failed');
    """
    + tenant("ai_tool_calls", rights="SELECT, INSERT, UPDATE")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
