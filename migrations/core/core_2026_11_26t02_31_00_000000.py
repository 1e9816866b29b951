"""What a member may see since when, for replay; client ids of each sender; windows of attempts that begin with the first."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt
from piccolo.columns.indexes import IndexMethod

from migrations.support import run

ID = "2026-11-26T02:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "events before a member's last gain of rights are not replayed to them; client ids per sender"

CLIENT_IDS = """
DROP INDEX messages_client_id;
CREATE UNIQUE INDEX messages_client_id ON messages (organization_id, conversation_id, sender_type, sender_id, client_id)
    NULLS NOT DISTINCT WHERE client_id IS NOT NULL;
"""
ATTEMPTS = """
DELETE FROM throttles;
DROP INDEX throttles_key;
CREATE UNIQUE INDEX throttles_key ON throttles (key);
"""
HOW_FAR = "GRANT SELECT ON SEQUENCE outbox_id_seq TO lacasa_app;"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    manager.add_column(
        table_class_name="Membership",
        tablename="memberships",
        column_name="sees_from",
        db_column_name="sees_from",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
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

    async def apply() -> None:
        await run(CLIENT_IDS)
        await run(ATTEMPTS)
        await run(HOW_FAR)

    manager.add_raw(apply)
    return manager
