"""Why a run of questions that must hold failed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-26T21:37:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "trouble of runs of questions that must hold"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="agent", description=DESCRIPTION)
    manager.add_column(
        table_class_name="Evaluation",
        tablename="ai_evaluations",
        column_name="trouble",
        db_column_name="trouble",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 8,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    return manager
