"""What versions refer to, and segments whose newcomers start workflows; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Integer, Timestamptz, Varchar

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-28T01:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "uses and watches"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
MAYBE = {"null": True, "default": None}
COUNTS = ("position", "spent_ms", "looked", "members", "entered")
LAST = ("took_ms", "contact_count", "member_count", "entered_count")

ADDED: dict[tuple[str, str], list[Column]] = {
    ("WorkflowUse", "workflow_uses"): [
        *OWN,
        ("workflow_id", BigInt, {"default": 0}),
        ("version", Integer, {"default": 0}),
        ("step_id", Varchar, {"length": 60, "default": ""}),
        ("template_id", BigInt, MAYBE),
        ("inbox_id", BigInt, MAYBE),
        ("topic_id", BigInt, MAYBE),
        ("segment_id", BigInt, MAYBE),
    ],
    ("WorkflowWatch", "workflow_watches"): [
        *OWN,
        ("segment_id", BigInt, {"default": 0}),
        ("is_on", Boolean, {"default": True}),
        ("is_first", Boolean, {"default": True}),
        *((name, BigInt, {"default": 0}) for name in COUNTS),
        ("looked_at", Timestamptz, MAYBE),
        *((name, BigInt, {"default": 0}) for name in LAST),
        ("trouble", Varchar, {"length": 300, "default": ""}),
    ],
    ("WorkflowWatchMember", "workflow_watch_members"): [
        *OWN,
        ("segment_id", BigInt, {"default": 0}),
        ("contact_id", BigInt, {"default": 0}),
    ],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="workflows", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
