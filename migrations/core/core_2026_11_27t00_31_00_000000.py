"""Questions that lead to an article; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import add_tables

ID = "2026-11-27T00:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "example questions of articles"
TABLES = {
    ("ArticleQuestion", "article_questions"): (
        ("id", Identity, {"primary_key": True}),
        ("organization_id", BigInt, {"default": 0}),
        ("article_id", BigInt, {"default": 0}),
        ("number", Integer, {"default": 0}),
        ("text", Varchar, {"length": 300, "default": ""}),
        ("author", Text, {"default": ""}),
        ("created_at", Timestamptz, {"default": TimestamptzNow()}),
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, TABLES)
    return manager
