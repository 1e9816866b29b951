"""What came of decisions is counted from an index alone: their rows are wide, with drafts and passages in them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import run

ID = "2026-11-26T21:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "decisions of a time, with what is counted of them"

RULES = """
DROP INDEX ai_decisions_decided;
CREATE INDEX ai_decisions_decided ON ai_decisions (organization_id, created_at)
    INCLUDE (id, conversation_id, trigger_seq, outcome, reason, detail);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
