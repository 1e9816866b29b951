"""What somebody had said of a draft before they sent it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB

from migrations.support import add_columns

ID = "2026-11-27T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "reviews that a reply replaced"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    add_columns(manager, "Review", "ai_reviews", [("former", JSONB, {"null": True, "default": None})])
    return manager
