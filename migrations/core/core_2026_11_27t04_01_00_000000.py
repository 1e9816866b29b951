"""Inboxes' own mail servers, and keys that sign mail; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-27T04:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "own mail servers and signatures"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
EMPTY: dict[str, Any] = {"default": ""}

ADDED: dict[tuple[str, str], list[Column]] = {
    ("EmailServer", "email_servers"): [
        *OWN, ("inbox_id", BigInt, {"default": 0}), ("host", Varchar, {"length": 253, "default": ""}), ("port", Integer, {"default": 0}),
        ("security", Varchar, {"length": 8, "default": ""}), ("username", Varchar, {"length": 320, "default": ""}),
        ("sealed_password", Text, EMPTY),
    ],
    ("DkimKey", "dkim_keys"): [
        *OWN, ("domain", Varchar, {"length": 253, "default": ""}), ("selector", Varchar, {"length": 63, "default": ""}),
        ("public_key", Text, EMPTY), ("sealed_key", Text, EMPTY), ("is_on", Boolean, {"default": False}),
        ("created_at", Timestamptz, {"default": TimestamptzNow()}),
    ],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
