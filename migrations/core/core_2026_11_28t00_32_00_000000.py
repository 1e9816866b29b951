"""The ledger of mail to many, and what was opened and clicked; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-28T00:32:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "mailings"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NOW = {"default": TimestamptzNow()}
LATER = {"default": None, "null": True}


def text(name: str, length: int, default: str = "") -> Column:
    return (name, Varchar, {"length": length, "default": default})


def number(name: str) -> Column:
    return (name, BigInt, {"default": 0})


ADDED: dict[tuple[str, str], list[Column]] = {
    ("Mailing", "mailings"): [
        *OWN, text("kind", 20), number("source_id"), ("topic_id", BigInt, LATER), text("mail_kind", 14), text("state", 8, "active"),
        ("created_at", Timestamptz, NOW),
    ],
    ("MailingSend", "mailing_sends"): [
        *OWN, number("mailing_id"), number("contact_id"), text("entry", 64), ("address_id", BigInt, LATER), text("state", 9, "queued"),
        text("reason", 40), text("detail", 300), ("attempt", Integer, {"default": 0}), ("due_at", Timestamptz, NOW),
        ("claimed_until", Timestamptz, LATER), ("handed_at", Timestamptz, LATER), ("created_at", Timestamptz, NOW), ("settled_at", Timestamptz, LATER),
    ],
    ("MailingTouch", "mailing_touches"): [
        *OWN, number("send_id"), text("touch", 5), text("url", 2000), text("method", 4), text("agent", 16), text("network", 45),
        ("after_s", Integer, LATER), ("is_burst", Boolean, {"default": False}), text("label", 8), ("rules", Integer, {"default": 0}),
        ("times", Integer, {"default": 1}), ("created_at", Timestamptz, NOW),
    ],
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
