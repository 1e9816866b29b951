"""Workflows, their versions, who is in them and what became of each step; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Integer, JSONB, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-28T00:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "tables"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]

ADDED: dict[tuple[str, str], list[Column]] = {
    ("Workflow", "workflows"): [
        *OWN,
        ("name", Varchar, {"length": 120, "default": ""}),
        ("description", Text, {"default": ""}),
        ("trigger_type", Varchar, {"length": 60, "default": ""}),
        ("starts_on", Varchar, {"length": 60, "default": ""}),
        ("status", Varchar, {"length": 10, "default": "draft"}),
        ("is_template", Boolean, {"default": False}),
        ("draft", JSONB, {"default": "{}"}),
        ("revision", Integer, {"default": 1}),
        ("version", Integer, {"default": 0}),
        ("client_id", Varchar, {"length": 64, "null": True, "default": None}),
        ("created_by", BigInt, {"null": True, "default": None}),
        ("created_at", Timestamptz, {"default": TimestamptzNow()}),
        ("updated_at", Timestamptz, {"default": TimestamptzNow()}),
        ("paused_at", Timestamptz, {"null": True, "default": None}),
    ],
    ("WorkflowVersion", "workflow_versions"): [
        *OWN,
        ("workflow_id", BigInt, {"default": 0}),
        ("version", Integer, {"default": 0}),
        ("definition", JSONB, {"default": "{}"}),
        ("plan", JSONB, {"default": "[]"}),
        ("published_by", BigInt, {"null": True, "default": None}),
        ("published_at", Timestamptz, {"default": TimestamptzNow()}),
    ],
    ("WorkflowEnrollment", "workflow_enrollments"): [
        *OWN,
        ("workflow_id", BigInt, {"default": 0}),
        ("version", Integer, {"default": 0}),
        ("contact_id", BigInt, {"null": True, "default": None}),
        ("entry_key", Varchar, {"length": 200, "default": ""}),
        ("rotation", Integer, {"default": 0}),
        ("status", Varchar, {"length": 10, "default": "active"}),
        ("reason", Varchar, {"length": 60, "default": ""}),
        ("detail", Varchar, {"length": 500, "default": ""}),
        ("step_id", Varchar, {"length": 60, "default": ""}),
        ("phase", Varchar, {"length": 10, "default": "arriving"}),
        ("due_at", Timestamptz, {"null": True, "default": None}),
        ("came", Boolean, {"default": False}),
        ("skips", Boolean, {"default": False}),
        ("note", Varchar, {"length": 500, "default": ""}),
        ("facts", JSONB, {"default": "{}"}),
        ("client_id", Varchar, {"length": 64, "null": True, "default": None}),
        ("enrolled_at", Timestamptz, {"default": TimestamptzNow()}),
        ("ended_at", Timestamptz, {"null": True, "default": None}),
    ],
    ("WorkflowEffect", "workflow_effects"): [
        *OWN,
        ("enrollment_id", BigInt, {"default": 0}),
        ("contact_id", BigInt, {"null": True, "default": None}),
        ("step_id", Varchar, {"length": 60, "default": ""}),
        ("kind", Varchar, {"length": 60, "default": ""}),
        ("status", Varchar, {"length": 10, "default": ""}),
        ("branch", Varchar, {"length": 30, "default": ""}),
        ("detail", Varchar, {"length": 500, "default": ""}),
        ("attempt", SmallInt, {"default": 1}),
        ("reached", Boolean, {"default": False}),
        ("at", Timestamptz, {"default": TimestamptzNow()}),
    ],
    ("WorkflowWait", "workflow_waits"): [
        *OWN,
        ("enrollment_id", BigInt, {"default": 0}),
        ("contact_id", BigInt, {"default": 0}),
        ("event", Varchar, {"length": 60, "default": ""}),
        ("condition", JSONB, {"null": True, "default": None}),
    ],
    ("WorkflowRefusal", "workflow_refusals"): [
        *OWN,
        ("workflow_id", BigInt, {"default": 0}),
        ("contact_id", BigInt, {"default": 0}),
        ("entry_key", Varchar, {"length": 200, "default": ""}),
        ("reason", Varchar, {"length": 60, "default": ""}),
        ("detail", Varchar, {"length": 500, "default": ""}),
        ("times", Integer, {"default": 1}),
        ("at", Timestamptz, {"default": TimestamptzNow()}),
    ],
    ("WorkflowTally", "workflow_tallies"): [
        *OWN,
        ("workflow_id", BigInt, {"default": 0}),
        ("slot", SmallInt, {"default": 0}),
        ("enrolled", BigInt, {"default": 0}),
        ("completed", BigInt, {"default": 0}),
        ("exited", BigInt, {"default": 0}),
    ],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="workflows", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
