"""What the AI agent proposed and nobody approved is withdrawn when the conversation ends; proposed again, it is the same call with the same key."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

from migrations.support import one_of, run

ID = "2026-11-27T00:25:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "calls of agent tools that were withdrawn"

BEFORE = """
ALTER TABLE ai_tool_calls DROP CONSTRAINT ai_tool_calls_status_check;
DROP INDEX ai_tool_calls_open;
ALTER TABLE ai_tool_calls ALTER COLUMN status TYPE varchar(9);
"""
RULES = (
    BEFORE
    + one_of("ai_tool_calls", "status", "proposed", "approved", "rejected", "withdrawn", "done", "failed")
    + """
    CREATE UNIQUE INDEX ai_tool_calls_open ON ai_tool_calls (organization_id, conversation_id, tool, digest)
        WHERE status IN ('proposed', 'approved', 'failed', 'withdrawn');
    """
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    manager.alter_column(
        table_class_name="ToolCall",
        tablename="ai_tool_calls",
        column_name="status",
        db_column_name="status",
        params={"length": 9},
        old_params={"length": 8},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )
    return manager
