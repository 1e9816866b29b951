"""Whose address it was from where mail about a chat was ended, or ours called spam; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

from migrations.support import Column, add_columns

ID = "2026-11-27T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "addresses that want no mail"


def address(name: str) -> list[Column]:
    return [(name, Varchar, {"length": 254, "default": ""})]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_columns(manager, "ContinuityStop", "continuity_stops", address("address"))
    add_columns(manager, "Contact", "contacts", address("complained_address"))
    return manager
