"""Which message a mail forwards and with which of its files, and what a mail is about that was let into no conversation; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Array, BigInt, Text

from migrations.support import PARAMS, Column

ID = "2026-11-27T05:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "mails that forward a message"
ADDED: list[tuple[str, str, Column]] = [
    ("OutboundMail", "outbound_mails", ("forwards_id", BigInt, {"null": True, "default": None})),
    ("OutboundMail", "outbound_mails", ("enclosed", Array, {"default": list, "base_column": Text(**{"default": "", **PARAMS})})),
    ("MessageMail", "message_mails", ("related_id", BigInt, {"null": True, "default": None})),
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    for table, tablename, (name, kind, params) in ADDED:
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
    return manager
