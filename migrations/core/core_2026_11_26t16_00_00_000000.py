"""Files and websites that knowledge is read from, their pages and documents; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Bytea, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod

from core.tenancy import Identity

ID = "2026-11-26T16:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "sources of knowledge"
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
OWN: list[tuple[str, Any, dict[str, Any]]] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
Column = tuple[str, Any, dict[str, Any]]
NOTHING: dict[str, Any] = {"default": None, "null": True}
NOW = {"default": TimestamptzNow()}


def text(name: str, length: int = 0, default: str = "") -> Column:
    return (name, Varchar, {"length": length, "default": default}) if length else (name, Text, {"default": default})


ADDED: dict[tuple[str, str], list[Column]] = {
    ("Article", "articles"): [("source_id", BigInt, NOTHING), text("source_key"), text("address"), text("content_hash", 64)],
    ("Source", "knowledge_sources"): [
        *OWN, text("kind", 10), text("name", 200), text("address"), text("audience", 10), text("language", 3), text("category", 80),
        text("status", 10, "waiting"), text("trouble", 40), text("current"), ("refresh_hours", Integer, {"default": 0}), ("run", Integer, {"default": 1}),
        text("robots"), ("follows", Boolean, {"default": False}), ("finished_at", Timestamptz, NOTHING), ("next_at", Timestamptz, NOTHING),
        ("created_at", Timestamptz, NOW),
    ],
    ("SourceFile", "source_files"): [*OWN, ("source_id", BigInt, {"default": 0}), text("content_type", 120), ("content", Bytea, {"default": b""})],
    ("SourcePage", "source_pages"): [
        *OWN, ("source_id", BigInt, {"default": 0}), text("address"), ("run", Integer, {"default": 0}), ("depth", Integer, {"default": 0}),
        text("state", 10, "waiting"), text("trouble", 40), text("etag"), text("modified"), ("missed", Integer, {"default": 0}),
    ],
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    for (name, table), columns in ADDED.items():
        if columns[0][0] == "id":
            manager.add_table(class_name=name, tablename=table, schema=None, columns=None)
        for column, kind, params in columns:
            manager.add_column(
                table_class_name=name,
                tablename=table,
                column_name=column,
                db_column_name=column,
                column_class_name=kind.__name__,
                column_class=kind,
                params=PARAMS | params,
                schema=None,
            )
    return manager
