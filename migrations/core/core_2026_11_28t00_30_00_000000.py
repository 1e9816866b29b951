"""Topics of mail, who wants them, and addresses that get none; ruled right after this."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, Array, BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-28T00:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "topics, consent and suppression"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NOW = {"default": TimestamptzNow()}
LATER = {"default": None, "null": True}


def text(name: str, length: int) -> Column:
    return (name, Varchar, {"length": length, "default": ""})


def number(name: str) -> Column:
    return (name, BigInt, {"default": 0})


SAID: list[Column] = [number("address_id"), number("topic_id"), text("state", 12), text("source", 12), text("network", 45),
                      ("text_version", Integer, {"default": 0})]
ADDED: dict[tuple[str, str], list[Column]] = {
    ("Topic", "topics"): [
        *OWN, text("name", 80), text("description", 500), ("kind", Varchar, {"length": 14, "default": "marketing"}),
        ("opt_in", Varchar, {"length": 6, "default": "double"}), ("is_public", Boolean, {"default": True}), ("text", Text, {"default": ""}),
        ("text_version", Integer, {"default": 1}), ("inbox_id", BigInt, LATER), ("archived_at", Timestamptz, LATER), ("created_at", Timestamptz, NOW),
    ],
    ("TopicText", "topic_texts"): [*OWN, number("topic_id"), ("version", Integer, {"default": 0}), ("text", Text, {"default": ""}),
                                   ("created_at", Timestamptz, NOW)],
    ("MailAddress", "mail_addresses"): [
        *OWN, text("address", 254), text("digest", 64), text("nonce", 32), text("language", 3), ("stops", Array, {"base_column": Text(), "default": list}),
        ("erased_at", Timestamptz, LATER), ("created_at", Timestamptz, NOW),
    ],
    ("Consent", "consents"): [*OWN, *SAID, ("confirmed_at", Timestamptz, LATER), ("changed_at", Timestamptz, NOW)],
    ("ConsentEntry", "consent_entries"): [*OWN, *SAID, ("by_id", BigInt, LATER), text("note", 300), ("created_at", Timestamptz, NOW)],
    ("Suppression", "suppressions"): [
        *OWN, number("address_id"), text("reason", 12), text("source", 12), ("evidence", JSONB, {"default": "{}"}), ("by_id", BigInt, LATER),
        ("created_at", Timestamptz, NOW),
    ],
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
