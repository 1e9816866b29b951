"""Sums of conversations get a holder in place of a handler, read marks tell whether they are needed daily; both are filled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Boolean, Varchar
from piccolo.columns.indexes import IndexMethod

from migrations.core.rules import counts
from migrations.support import run

ID = "2026-11-26T10:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "who holds a conversation, in the sums; read marks on active conversations"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(counts.UNCOUNTED)

    manager.add_raw(apply)
    manager.drop_column(
        table_class_name="ConversationCount",
        tablename="conversation_counts",
        column_name="handler",
        db_column_name="handler",
        schema=None,
    )
    manager.add_column(
        table_class_name="ConversationCount",
        tablename="conversation_counts",
        column_name="holder",
        db_column_name="holder",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 6,
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
    manager.add_column(
        table_class_name="ReadMark",
        tablename="read_marks",
        column_name="active",
        db_column_name="active",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
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
