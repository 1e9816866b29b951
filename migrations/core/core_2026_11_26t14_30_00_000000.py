"""Articles and passages have a language; tables of the models in use and of copies outside, ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod

from core.tenancy import Identity

ID = "2026-11-26T14:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "languages of articles, models in use, copies in indexes outside"
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
LANGUAGE: tuple[str, Any, dict[str, Any]] = ("language", Varchar, {"length": 3, "default": ""})
ADDED: dict[tuple[str, str], list[tuple[str, Any, dict[str, Any]]]] = {
    ("Article", "articles"): [LANGUAGE],
    ("Passage", "passages"): [LANGUAGE],
    ("KnowledgeModel", "knowledge_models"): [
        *OWN,
        ("index_name", Varchar, {"length": 40, "default": ""}),
        ("model", Text, {"default": ""}),
        ("dimension", Integer, {"default": 0}),
        ("since", Timestamptz, {"default": TimestamptzNow()}),
    ],
    ("IndexedPassage", "indexed_passages"): [
        *OWN,
        ("passage_id", BigInt, {"default": 0}),
        ("index_name", Varchar, {"length": 40, "default": ""}),
        ("model", Text, {"default": ""}),
        ("dimension", Integer, {"default": 0}),
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
