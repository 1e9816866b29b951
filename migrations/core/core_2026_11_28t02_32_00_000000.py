"""Of contacts that came by the widget and have no id of a shop, all that is there counts as typed by the visitor: nobody wrote down who said it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import run

ID = "2026-11-28T02:32:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what visitors have declared"
RULES = """
UPDATE contacts SET declared = array_remove(ARRAY[
    CASE WHEN email IS NOT NULL THEN 'email' END, CASE WHEN first_name <> '' THEN 'first_name' END, CASE WHEN last_name <> '' THEN 'last_name' END
], NULL) WHERE source = 'widget' AND external_id IS NULL AND (email IS NOT NULL OR first_name <> '' OR last_name <> '');
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
