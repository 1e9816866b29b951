"""Changes of articles that reviews propose, questions that must hold, and the runs that ask them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, DoublePrecision, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod

from core.tenancy import Identity

ID = "2026-11-26T17:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "proposals and checks"
PARAMS = {
    "null": False,
    "primary_key": False,
    "unique": False,
    "index": False,
    "index_method": IndexMethod.btree,
    "choices": None,
    "db_column_name": None,
    "secret": False,
}
OWNED = (("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0}))
NOW = {"default": TimestamptzNow()}
NOTHING = {"default": None, "null": True}
COUNTS = ("total", "done", "held", "answered_right", "wrong_article", "handed_over", "broken", "mended")
TABLES = {
    ("Proposal", "ai_proposals"): (
        *OWNED,
        ("review_id", BigInt, {"default": 0}),
        ("article_id", BigInt, {"default": 0}),
        ("heading", Varchar, {"length": 300, "default": ""}),
        ("status", Varchar, {"length": 10, "default": "open"}),
        ("version", Integer, NOTHING),
        ("decided_by", Varchar, {"length": 200, "default": ""}),
        ("decided_at", Timestamptz, NOTHING),
        ("created_at", Timestamptz, NOW),
    ),
    ("Check", "ai_checks"): (
        *OWNED,
        ("question", Varchar, {"length": 500, "default": ""}),
        ("expects", Varchar, {"length": 8, "default": ""}),
        ("article_id", BigInt, NOTHING),
        ("source", Varchar, {"length": 8, "default": ""}),
        ("created_by", Varchar, {"length": 200, "default": ""}),
        ("created_at", Timestamptz, NOW),
    ),
    ("Evaluation", "ai_evaluations"): (
        *OWNED,
        ("status", Varchar, {"length": 8, "default": "running"}),
        *((name, Integer, {"default": 0}) for name in COUNTS),
        ("recall", DoublePrecision, NOTHING),
        ("confidence", DoublePrecision, NOTHING),
        ("started_by", Varchar, {"length": 200, "default": ""}),
        ("started_at", Timestamptz, NOW),
        ("finished_at", Timestamptz, NOTHING),
    ),
    ("CheckResult", "ai_check_results"): (
        *OWNED,
        ("evaluation_id", BigInt, {"default": 0}),
        ("check_id", BigInt, {"default": 0}),
        ("outcome", Varchar, {"length": 12, "default": ""}),
        ("article_id", BigInt, NOTHING),
        ("title", Varchar, {"length": 200, "default": ""}),
        ("confidence", DoublePrecision, NOTHING),
        ("held", Boolean, {"default": False}),
        ("found", Boolean, NOTHING),
        ("changed", Varchar, {"length": 8, "default": ""}),
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    for (table, tablename), columns in TABLES.items():
        manager.add_table(class_name=table, tablename=tablename, schema=None, columns=None)
        for name, kind, params in columns:
            manager.add_column(
                table_class_name=table,
                tablename=tablename,
                column_name=name,
                db_column_name=name,
                column_class_name=kind.__name__,
                column_class=kind,
                params=PARAMS | params,
                schema=None,
            )
    return manager
