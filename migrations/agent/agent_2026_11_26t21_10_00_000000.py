"""Changes that the AI agent proposes, and what becomes of them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, BigInt, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import add_tables

ID = "2026-11-26T21:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "calls of agent tools"
OWNED = (("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0}))
NOW = {"default": TimestamptzNow()}
TABLES = {
    ("ToolCall", "ai_tool_calls"): (
        *OWNED,
        ("conversation_id", BigInt, {"default": 0}),
        ("contact_id", BigInt, {"default": 0}),
        ("decision_id", BigInt, {"default": None, "null": True}),
        ("tool", Varchar, {"length": 60, "default": ""}),
        ("title", Varchar, {"length": 200, "default": ""}),
        ("language", Varchar, {"length": 3, "default": ""}),
        ("arguments", JSONB, {"default": "{}"}),
        ("digest", Varchar, {"length": 64, "default": ""}),
        ("preview", JSONB, {"default": "[]"}),
        ("status", Varchar, {"length": 8, "default": "proposed"}),
        ("text", Text, {"default": ""}),
        ("facts", JSONB, {"default": "[]"}),
        ("trouble", Varchar, {"length": 200, "default": ""}),
        ("proposed_at", Timestamptz, NOW),
        ("decided_by", Varchar, {"length": 200, "default": ""}),
        ("decided_at", Timestamptz, {"default": None, "null": True}),
        ("ended_at", Timestamptz, {"default": None, "null": True}),
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    add_tables(manager, TABLES)
    return manager
