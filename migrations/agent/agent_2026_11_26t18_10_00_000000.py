"""Changes that are tried on questions of the past."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import add_tables

ID = "2026-11-26T18:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "replays"
OWNED = (("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0}))
NOW = {"default": TimestamptzNow()}
NOTHING = {"default": None, "null": True}
COUNTS = ("total", "done", "answers_gained", "answers_lost", "answers_changed", "escalations_gained", "escalations_lost")
TABLES = {
    ("Replay", "ai_replays"): (
        *OWNED,
        ("status", Varchar, {"length": 8, "default": "running"}),
        ("turn", Integer, {"default": 1}),
        ("article_id", BigInt, {"default": 0}),
        ("title", Varchar, {"length": 200, "default": ""}),
        ("body", Text, {"default": ""}),
        ("language", Varchar, {"length": 3, "default": ""}),
        *((name, Integer, {"default": 0}) for name in COUNTS),
        ("started_by", Varchar, {"length": 200, "default": ""}),
        ("started_at", Timestamptz, NOW),
        ("finished_at", Timestamptz, NOTHING),
    ),
    ("ReplayCase", "ai_replay_cases"): (
        *OWNED,
        ("replay_id", BigInt, {"default": 0}),
        ("decision_id", BigInt, {"default": 0}),
        ("answer", Varchar, {"length": 8, "default": ""}),
        ("escalation", Varchar, {"length": 8, "default": ""}),
        ("before", JSONB, NOTHING),
        ("after", JSONB, NOTHING),
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    add_tables(manager, TABLES)
    return manager
