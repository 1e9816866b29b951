"""Campaigns, the mails that they try, whom they are for, and orders that came of them; ruled right after this."""

from decimal import Decimal

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import BigInt, Boolean, Integer, Numeric, SmallInt, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import Column, add_tables

ID = "2026-11-28T01:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "tables"
OWN: list[Column] = [("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0})]
NONE = {"null": True, "default": None}
NOW = {"default": TimestamptzNow()}


def text(name: str, length: int, default: str = "") -> Column:
    return (name, Varchar, {"length": length, "default": default})


def number(name: str, default: int = 0) -> Column:
    return (name, Integer, {"default": default})


ADDED: dict[tuple[str, str], list[Column]] = {
    ("Campaign", "campaigns"): [
        *OWN, text("name", 120), text("status", 10, "draft"), text("reason", 40), number("revision", 1), ("topic_id", BigInt, NONE),
        ("inbox_id", BigInt, NONE), ("is_tracked", Boolean, {"default": True}), ("hold_days", SmallInt, {"default": 3}),
        ("scheduled_at", Timestamptz, NONE), text("time_zone", 60, "UTC"), number("max_lateness_s", 14400), ("mailing_id", BigInt, NONE),
        ("hold_until", Timestamptz, NONE), ("enlisted_to", BigInt, {"default": 0}), number("audience"), number("sent"), number("skipped"),
        number("failed"), number("uncertain"), number("bounced"), number("opened"), number("clicked"), number("unsubscribed"), number("replied"),
        ("counted_at", Timestamptz, NONE), ("client_id", Varchar, {"length": 64, **NONE}), ("created_by", BigInt, NONE),
        ("created_at", Timestamptz, NOW), ("updated_at", Timestamptz, NOW), ("started_at", Timestamptz, NONE), ("paused_at", Timestamptz, NONE),
        ("settled_at", Timestamptz, NONE), ("ended_at", Timestamptz, NONE),
    ],
    ("CampaignVariant", "campaign_variants"): [
        *OWN, ("campaign_id", BigInt, {"default": 0}), ("place", SmallInt, {"default": 0}), ("template_id", BigInt, {"default": 0}),
        ("version", Integer, NONE), ("weight", SmallInt, {"default": 1}),
    ],
    ("CampaignSegment", "campaign_segments"): [
        *OWN, ("campaign_id", BigInt, {"default": 0}), ("segment_id", BigInt, NONE), text("name", 120), ("is_excluded", Boolean, {"default": False}),
    ],
    ("CampaignTouch", "campaign_touches"): [
        *OWN, ("campaign_id", BigInt, {"default": 0}), ("contact_id", BigInt, {"default": 0}), text("touch", 5), ("at", Timestamptz, NOW),
    ],
    ("CampaignOrder", "campaign_orders"): [
        *OWN, ("campaign_id", BigInt, {"default": 0}), ("send_id", BigInt, {"default": 0}), ("order_id", BigInt, {"default": 0}),
        ("amount", Numeric, {"digits": (18, 4), "default": Decimal(0)}), ("refunded", Numeric, {"digits": (18, 4), "default": Decimal(0)}), text("currency", 3),
        ("rule", SmallInt, {"default": 0}), ("ordered_at", Timestamptz, NOW),
    ],
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="campaigns", description=DESCRIPTION)
    add_tables(manager, ADDED)
    return manager
