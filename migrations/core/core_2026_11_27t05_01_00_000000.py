"""Which message a mail forwards and with which of its files, and what a mail is about that was let into no conversation; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Array, BigInt, Text

from migrations.support import PARAMS, add_columns

ID = "2026-11-27T05:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "mails that forward a message"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    enclosed = {"default": list, "base_column": Text(**{"default": "", **PARAMS})}
    columns = [("forwards_id", BigInt, {"null": True, "default": None}), ("enclosed", Array, enclosed)]
    add_columns(manager, "OutboundMail", "outbound_mails", columns)
    add_columns(manager, "MessageMail", "message_mails", [("related_id", BigInt, {"null": True, "default": None})])
    return manager
