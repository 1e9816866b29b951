"""Mail templates and their versions; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-28T00:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "mail templates"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NOW: dict[str, Any] = {"default": TimestamptzNow()}
CONTENT: list[Column] = [
    ("name", Varchar, {"length": 120, "default": ""}), ("subject", Text, {"default": ""}), ("preheader", Text, {"default": ""}),
    ("language", Varchar, {"length": 3, "default": ""}), ("style", JSONB, {"default": "{}"}), ("blocks", JSONB, {"default": "[]"}),
]  # fmt: skip

ADDED: dict[tuple[str, str], list[Column]] = {
    ("Template", "templates"): [
        *OWN, *CONTENT, ("version", Integer, {"default": 1}), ("author_id", BigInt, {"null": True, "default": None}),
        ("created_at", Timestamptz, NOW), ("updated_at", Timestamptz, NOW),
    ],
    ("TemplateVersion", "template_versions"): [
        *OWN, ("template_id", BigInt, {"default": 0}), ("version", Integer, {"default": 0}), *CONTENT, ("author", Text, {"default": ""}),
        ("restored", Integer, {"null": True, "default": None}), ("created_at", Timestamptz, NOW),
    ],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
