"""Reviews of the AI agent's drafts, what was learned from them, and what of a decision says which reviews are about the like of it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, BigInt, DoublePrecision, Integer, Real, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod

from core.tenancy import Identity

ID = "2026-11-26T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "reviews and calibrators"
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
KEY = (("prompt_version", Varchar, {"length": 40, "default": ""}), ("head", Varchar, {"length": 120, "default": ""}))
NOW = {"default": TimestamptzNow()}
NOTHING = {"default": None, "null": True}
TABLES = {
    ("Review", "ai_reviews"): (
        *OWNED,
        ("decision_id", BigInt, {"default": 0}),
        ("user_id", BigInt, {"default": 0}),
        ("user_name", Varchar, {"length": 200, "default": ""}),
        ("verdict", Varchar, {"length": 10, "default": ""}),
        ("reason", Varchar, {"length": 20, **NOTHING}),
        ("content", Text, {"default": ""}),
        ("label", Real, {"default": 0.0}),
        ("propensity", Real, NOTHING),
        ("created_at", Timestamptz, NOW),
        ("updated_at", Timestamptz, NOW),
    ),
    ("Calibrator", "ai_calibrators"): (
        *OWNED,
        ("mode", Varchar, {"length": 12, "default": ""}),
        ("model", Varchar, {"length": 80, "default": ""}),
        *KEY,
        ("weights", JSONB, {"default": "{}"}),
        ("n", Integer, {"default": 0}),
        *((name, DoublePrecision, {"default": 0.0}) for name in ("ece", "brier", "auroc")),
        ("bins", JSONB, {"default": "{}"}),
        ("asked", DoublePrecision, {"default": 0.0}),
        ("threshold", DoublePrecision, {"default": 0.0}),
        ("why", Varchar, {"length": 10, "default": ""}),
        ("accuracy", DoublePrecision, NOTHING),
        ("lower", DoublePrecision, NOTHING),
        ("created_at", Timestamptz, NOW),
    ),
}
GROWN = (("mode", Varchar, {"length": 12, "default": ""}), *KEY)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)

    def column(table: str, tablename: str, name: str, kind: type, params: dict[str, object]) -> None:
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

    for (table, tablename), columns in TABLES.items():
        manager.add_table(class_name=table, tablename=tablename, schema=None, columns=None)
        for name, kind, params in columns:
            column(table, tablename, name, kind, params)
    for name, kind, params in GROWN:
        column("Decision", "ai_decisions", name, kind, params)
    return manager
