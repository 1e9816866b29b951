"""Versions of templates that somebody mails from are kept, however often the template is saved meanwhile."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Boolean

from migrations.support import add_columns

ID = "2026-11-28T01:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "kept versions of templates"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_columns(manager, "TemplateVersion", "template_versions", [("is_kept", Boolean, {"default": False})])
    return manager
