"""Chats that go on by mail; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-27T04:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "chats that go on by mail"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NOW: dict[str, Any] = {"default": TimestamptzNow()}


def number(name: str) -> Column:
    return (name, BigInt, {"default": 0})


def text(name: str, length: int) -> Column:
    return (name, Varchar, {"length": length, "default": ""})


ADDED: dict[tuple[str, str], list[Column]] = {
    ("ContinuitySetting", "continuity_settings"): [
        *OWN, number("inbox_id"), number("mail_inbox_id"), ("enabled", Boolean, {"default": True}), ("delay_s", Integer, {"default": 120}),
    ],
    ("ContinuityMail", "continuity_mails"): [
        *OWN, number("conversation_id"), number("mail_id"), number("inbox_id"), number("first_seq"), number("last_seq"), text("address", 254),
        ("is_proven", Boolean, {"default": False}), text("language", 3), ("created_at", Timestamptz, NOW),
    ],
    ("ContinuityStop", "continuity_stops"): [*OWN, number("conversation_id"), ("created_at", Timestamptz, NOW)],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
