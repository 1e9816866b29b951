"""Language models and instructions that are tried on questions of the past, beside articles."""

from decimal import Decimal

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, DoublePrecision, Integer, Numeric, Text, Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-26T21:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "replays of language models"
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
COLUMNS = (
    ("kind", Varchar, {"length": 8, "default": "article"}),
    ("name", Varchar, {"length": 121, "default": ""}),
    ("base_url", Varchar, {"length": 320, "default": ""}),
    ("instructions", Text, {"default": ""}),
    ("price_in", DoublePrecision, {"default": 0.0}),
    ("price_out", DoublePrecision, {"default": 0.0}),
    ("keyed", Boolean, {"default": False}),
    ("sealed_key", Text, {"default": ""}),
    ("tokens_in", BigInt, {"default": 0}),
    ("tokens_out", BigInt, {"default": 0}),
    ("cost", Numeric, {"digits": (14, 6), "default": Decimal("0")}),
    ("failures", Integer, {"default": 0}),
    ("reason", Varchar, {"length": 16, "default": ""}),
    ("trouble", Varchar, {"length": 200, "default": ""}),
    ("same", Integer, {"default": 0}),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    for name, kind, params in COLUMNS:
        manager.add_column(
            table_class_name="Replay",
            tablename="ai_replays",
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=PARAMS | params,
            schema=None,
        )
    manager.alter_column(
        table_class_name="Replay",
        tablename="ai_replays",
        column_name="article_id",
        db_column_name="article_id",
        params={"default": None, "null": True},
        old_params={"default": 0, "null": False},
        column_class=BigInt,
        old_column_class=BigInt,
        schema=None,
    )
    return manager
