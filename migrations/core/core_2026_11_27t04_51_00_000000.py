"""Whether mail of an inbox bears its conversation's number in the subject."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Boolean

from migrations.support import add_columns

ID = "2026-11-27T04:51:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "numbers in subjects, by choice"
ROUTINES = "87b074ea6890dde3"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_columns(manager, "EmailInbox", "email_inboxes", [("numbers_subjects", Boolean, {"default": False})])
    return manager
