"""How fast mail to many goes, how far each mailing is, and what begins with an answer to it; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Date, DoublePrecision, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.date import DateNow
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_columns, add_tables

ID = "2026-11-28T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the sender of mail to many"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NOW: dict[str, Any] = {"default": TimestamptzNow()}
TODAY: dict[str, Any] = {"default": DateNow()}
LATER: dict[str, Any] = {"default": None, "null": True}
NONE: dict[str, Any] = {"default": 0}


def text(name: str, length: int) -> Column:
    return (name, Varchar, {"length": length, "default": ""})


ADDED: dict[tuple[str, str], list[Column]] = {
    ("MailSender", "mail_senders"): [
        *OWN, ("inbox_id", BigInt, NONE), ("per_hour", Integer, LATER), ("domain_per_hour", Integer, LATER), ("warming_on", Date, LATER),
    ],
    ("MailRate", "mail_rates"): [
        *OWN, ("inbox_id", BigInt, NONE), text("domain", 253), ("per_s", DoublePrecision, LATER), ("tokens", DoublePrecision, {"default": 0.0}),
        ("filled_at", Timestamptz, NOW), ("held_until", Timestamptz, LATER), ("holds", Integer, NONE), text("said", 300), ("changed_at", Timestamptz, NOW),
        ("booked_until", Timestamptz, LATER), ("counted", Integer, NONE), ("counted_on", Date, TODAY),
    ],
    ("ConversationMailing", "conversation_mailings"): [
        *OWN, ("conversation_id", BigInt, NONE), ("mailing_id", BigInt, NONE), ("send_id", BigInt, NONE), ("is_recipient", Boolean, {"default": False}),
    ],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    columns: list[Column] = [
        ("released_at", Timestamptz, LATER), ("finished_at", Timestamptz, LATER), ("inbox_id", BigInt, LATER), text("pause_reason", 40),
        text("pause_detail", 300), ("per_minute", Integer, NONE), ("paced_at", Timestamptz, LATER),
    ]  # fmt: skip
    add_columns(manager, "Mailing", "mailings", columns)
    add_columns(manager, "MailingSend", "mailing_sends", [("deferrals", Integer, NONE)])
    add_columns(manager, "Organization", "organizations", [("emails_since", Date, TODAY)])
    return manager
