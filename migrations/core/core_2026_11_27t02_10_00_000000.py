"""Addresses of contacts, who takes part by mail, what messages were as mails, and mail that goes out; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, Array, BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-27T02:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what messages were as mails"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NOTHING: dict[str, Any] = {"default": None, "null": True}


def text(name: str, length: int = 0, default: str = "") -> Column:
    return (name, Varchar, {"length": length, "default": default}) if length else (name, Text, {"default": default})


ADDED: dict[tuple[str, str], list[Column]] = {
    ("ContactAddress", "contact_addresses"): [*OWN, ("contact_id", BigInt, {"default": 0}), text("address", 254)],
    ("Participant", "conversation_participants"): [
        *OWN, ("conversation_id", BigInt, {"default": 0}), text("address", 254), text("name", 160),
    ],
    ("MessageMail", "message_mails"): [
        *OWN, ("conversation_id", BigInt, {"default": 0}), ("message_id", BigInt, {"default": 0}), ("mail_id", BigInt, NOTHING),
        text("internet_message_id", 255), text("from_name", 160), text("from_address", 254), ("people", JSONB, {"default": "{}"}),
        text("subject", 300), text("hidden"), ("is_verified", Boolean, NOTHING), ("created_at", Timestamptz, {"default": TimestamptzNow()}),
    ],
    ("OutboundMail", "outbound_mails"): [
        *OWN, ("conversation_id", BigInt, {"default": 0}), ("message_id", BigInt, {"default": 0}), ("inbox_id", BigInt, {"default": 0}),
        text("internet_message_id", 255), ("recipients", Array, {"base_column": Text(), "default": list}), text("state", 10, "queued"),
        text("reason", 300), ("attempts", Integer, {"default": 0}), ("created_at", Timestamptz, {"default": TimestamptzNow()}),
        ("settled_at", Timestamptz, NOTHING),
    ],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
