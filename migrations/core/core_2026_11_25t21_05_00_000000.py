"""Pending conversations are counted beside the open ones."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.core.rules import counts
from migrations.support import run

ID = "2026-11-25T21:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "counts of active conversations"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(counts.ACTIVE)

    manager.add_raw(apply)
    return manager
