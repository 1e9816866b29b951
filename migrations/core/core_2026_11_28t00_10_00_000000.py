"""Segments and who is on lists; ruled right after this."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, BigInt, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-28T00:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "segments"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NOW: dict[str, Any] = {"default": TimestamptzNow()}


def number(name: str) -> Column:
    return (name, BigInt, {"default": 0})


def text(name: str, length: int) -> Column:
    return (name, Varchar, {"length": length, "default": ""})


ADDED: dict[tuple[str, str], list[Column]] = {
    ("Segment", "segments"): [
        *OWN, text("name", 120), text("description", 500), text("kind", 10), ("tree", JSONB, {"null": True, "default": None}),
        ("version", Integer, {"default": 1}), ("created_by", BigInt, {"null": True, "default": None}),
        ("created_at", Timestamptz, NOW), ("updated_at", Timestamptz, NOW),
    ],
    ("SegmentPart", "segment_parts"): [*OWN, number("segment_id"), number("part_id")],
    ("SegmentMember", "segment_members"): [*OWN, number("segment_id"), number("contact_id"), ("added_at", Timestamptz, NOW)],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
