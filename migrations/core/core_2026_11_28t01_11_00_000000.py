"""Of a version of a template, nothing can be changed but that it is kept. What somebody was sent is found by him."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import run

ID = "2026-11-28T01:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "right to keep versions of templates"
RULES = """
GRANT UPDATE (is_kept) ON template_versions TO lacasa_app;
CREATE INDEX mailing_sends_received ON mailing_sends (organization_id, contact_id, settled_at) WHERE state = 'sent';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
