"""Which reply gave a review, so that the review goes with it; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt

from migrations.support import add_columns

ID = "2026-11-27T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "reviews that a reply gave"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    add_columns(manager, "Review", "ai_reviews", [("message_id", BigInt, {"null": True, "default": None})])
    return manager
