"""Whom mail that goes out is for, by choice too, and how long it can be taken back; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, BigInt, SmallInt, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_columns, add_tables

ID = "2026-11-27T04:21:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "recipients by choice, and mail that can be taken back"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
ADDED: dict[tuple[str, str], list[Column]] = {
    ("MailChoice", "mail_choices"): [
        *OWN, ("user_id", BigInt, {"default": 0}), ("conversation_id", BigInt, {"default": 0}), ("client_id", Varchar, {"length": 64, "default": ""}),
        ("people", JSONB, {"default": "{}"}), ("created_at", Timestamptz, {"default": TimestamptzNow()}),
    ],
    ("MailPreference", "mail_preferences"): [*OWN, ("user_id", BigInt, {"default": 0}), ("undo_s", SmallInt, {"default": 0})],
}  # fmt: skip
COLUMNS: list[Column] = [
    ("people", JSONB, {"default": "{}"}),
    ("leaves_at", Timestamptz, {"default": None, "null": True}),
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    add_columns(manager, "OutboundMail", "outbound_mails", COLUMNS)
    return manager
