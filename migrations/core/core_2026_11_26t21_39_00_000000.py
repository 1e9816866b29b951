"""A website is known by its whole address, not by its name, which may be cut; a file by its name, as before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import run

ID = "2026-11-26T21:39:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "websites are told apart by their addresses"

RULES = """
ALTER TABLE knowledge_sources DROP CONSTRAINT knowledge_sources_name_key;
CREATE UNIQUE INDEX knowledge_sources_file ON knowledge_sources (organization_id, name) WHERE kind = 'file';
CREATE UNIQUE INDEX knowledge_sources_website ON knowledge_sources (organization_id, address) WHERE kind = 'website';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
