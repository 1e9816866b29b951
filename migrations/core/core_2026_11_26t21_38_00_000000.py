"""Since when, and in how many readings, a website's sitemap was not there any more; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Integer, Timestamptz
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-26T21:38:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "sitemaps that are missed"
PARAMS = {
    "primary_key": False,
    "unique": False,
    "index": False,
    "index_method": IndexMethod.btree,
    "choices": None,
    "db_column_name": None,
    "secret": False,
}
COLUMNS: list[tuple[str, Any, dict[str, Any]]] = [
    ("sitemap_missed", Integer, {"default": 0, "null": False}),
    ("sitemap_missed_at", Timestamptz, {"default": None, "null": True}),
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    for column, kind, params in COLUMNS:
        manager.add_column(
            table_class_name="Source",
            tablename="knowledge_sources",
            column_name=column,
            db_column_name=column,
            column_class_name=kind.__name__,
            column_class=kind,
            params=PARAMS | params,
            schema=None,
        )
    return manager
