"""How many passages hold each word; it is filled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Integer, Text
from piccolo.columns.indexes import IndexMethod

from core.tenancy import Identity

ID = "2026-11-26T11:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "words of passages"
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


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    manager.add_table(class_name="PassageWord", tablename="passage_words", schema=None, columns=None)
    for name, kind, params in (
        ("id", Identity, {"primary_key": True}),
        ("organization_id", BigInt, {"default": 0}),
        ("word", Text, {"default": ""}),
        ("passages", Integer, {"default": 0}),
    ):
        manager.add_column(
            table_class_name="PassageWord",
            tablename="passage_words",
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=PARAMS | params,
            schema=None,
        )
    return manager
