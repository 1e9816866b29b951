"""Mailboxes that are fetched; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-27T04:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "mailboxes"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NOTHING: dict[str, Any] = {"default": None, "null": True}
NOW: dict[str, Any] = {"default": TimestamptzNow()}


def text(name: str, length: int, default: str = "") -> Column:
    return (name, Varchar, {"length": length, "default": default})


ADDED: dict[tuple[str, str], list[Column]] = {
    ("EmailMailbox", "email_mailboxes"): [
        *OWN, ("inbox_id", BigInt, {"default": 0}), text("host", 253), ("port", Integer, {"default": 0}), text("security", 8),
        text("username", 254), text("sign_in", 8), text("token_url", 300), text("client_id", 200), ("sealed", Text, {"default": ""}),
        text("folder", 200), text("done_folder", 200), text("start", 3), ("began_at", Timestamptz, NOW), ("uid_validity", BigInt, NOTHING),
        ("last_uid", BigInt, {"default": 0}), ("settled_uid", BigInt, {"default": 0}), ("old_until", BigInt, {"default": 0}),
        ("missed", JSONB, {"default": "{}"}), text("state", 7, "waiting"), text("error_code", 20), text("error", 200),
        ("failed_rounds", Integer, {"default": 0}), ("last_fetched_at", Timestamptz, NOTHING), ("next_at", Timestamptz, NOW),
        text("reader", 22), ("lease_until", Timestamptz, NOTHING),
    ],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
