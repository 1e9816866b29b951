"""E-mail inboxes and the ledger of incoming mail; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Bytea, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-27T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "incoming mail"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NOTHING: dict[str, Any] = {"default": None, "null": True}


def text(name: str, length: int = 0, default: str = "") -> Column:
    return (name, Varchar, {"length": length, "default": default}) if length else (name, Text, {"default": default})


ADDED: dict[tuple[str, str], list[Column]] = {
    ("EmailInbox", "email_inboxes"): [*OWN, ("inbox_id", BigInt, {"default": 0}), text("address", 254), text("from_name", 80)],
    ("InboundMail", "inbound_mails"): [
        *OWN, ("inbox_id", BigInt, {"default": 0}), text("way", 4), text("mail_from"), text("recipient"), text("internet_message_id", 255),
        text("digest", 64), ("size_bytes", Integer, {"default": 0}), ("content", Bytea, {"default": b""}), text("state", 12, "received"),
        text("reason", 40), text("subject", 300), text("sender", 300), ("conversation_id", BigInt, NOTHING), ("message_id", BigInt, NOTHING),
        ("attempts", Integer, {"default": 0}), ("received_at", Timestamptz, {"default": TimestamptzNow()}),
        ("processed_at", Timestamptz, NOTHING),
    ],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
