"""Versions of articles; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Array, BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod

from core.tenancy import Identity

ID = "2026-11-26T19:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "versions of articles"
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
COLUMNS: list[tuple[str, Any, dict[str, Any]]] = [
    ("id", Identity, {"primary_key": True}),
    ("organization_id", BigInt, {"default": 0}),
    ("article_id", BigInt, {"default": 0}),
    ("version", Integer, {"default": 0}),
    ("title", Varchar, {"length": 200, "default": ""}),
    ("body", Text, {"default": ""}),
    ("category", Varchar, {"length": 80, "default": ""}),
    ("kind", Varchar, {"length": 10, "default": ""}),
    ("audience", Varchar, {"length": 10, "default": ""}),
    ("language", Varchar, {"length": 3, "default": ""}),
    ("status", Varchar, {"length": 10, "default": ""}),
    ("author", Text, {"default": ""}),
    ("changed", Array, {"default": list, "base_column": Text(**{"default": "", **PARAMS})}),
    ("restored", Integer, {"default": None, "null": True}),
    ("created_at", Timestamptz, {"default": TimestamptzNow()}),
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    manager.add_table(class_name="ArticleVersion", tablename="article_versions", schema=None, columns=None)
    for column, kind, params in COLUMNS:
        manager.add_column(
            table_class_name="ArticleVersion",
            tablename="article_versions",
            column_name=column,
            db_column_name=column,
            column_class_name=kind.__name__,
            column_class=kind,
            params=PARAMS | params,
            schema=None,
        )
    return manager
