"""Which participant is the address that a contact was said to have; filled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Boolean

from migrations.support import add_columns

ID = "2026-11-27T06:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "addresses that contacts are said to have"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_columns(manager, "Participant", "conversation_participants", [("is_declared", Boolean, {"default": False})])
    return manager
