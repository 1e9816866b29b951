"""What starts workflows that are paused is looked for too: whoever does not come in then finds why."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import run

ID = "2026-11-28T01:22:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what starts paused workflows"

RULES = """
DROP INDEX workflows_starts_on;
CREATE INDEX workflows_starts_on ON workflows (organization_id, starts_on) WHERE status <> 'draft';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="workflows", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
