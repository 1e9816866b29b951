"""Which of a contact's names and address only a visitor typed; what is known of it is written down right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Array, Text

from migrations.support import add_columns

ID = "2026-11-28T02:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what visitors declare"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_columns(manager, "Contact", "contacts", [("declared", Array, {"base_column": Text(), "default": list})])
    return manager
