"""Shops, what they delivered, and orders, carts and customers."""

from decimal import Decimal

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import JSONB, BigInt, Boolean, Bytea, Numeric, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import Identity
from migrations.support import add_tables

ID = "2026-11-27T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "tables"
MONEY = {"default": Decimal(0), "digits": (14, 3)}
NOW, NONE = {"default": TimestamptzNow()}, {"default": None, "null": True}
OWNED = (("id", Identity, {"primary_key": True}), ("organization_id", BigInt, {"default": 0}))
OF_SHOP = (*OWNED, ("integration_id", BigInt, {"default": 0}))
TABLES = {
    ("Integration", "integrations"): (
        *OWNED,
        ("platform", Varchar, {"length": 20, "default": ""}),
        ("shop", Varchar, {"length": 255, "default": ""}),
        ("domain", Varchar, {"length": 255, "default": None, "null": True}),
        ("name", Varchar, {"length": 80, "default": ""}),
        ("status", Varchar, {"length": 20, "default": "active"}),
        ("key", Varchar, {"length": 22, "default": ""}),
        ("credentials", Text, {"default": ""}),
        ("created_by", BigInt, NONE),
        ("last_sync_at", Timestamptz, NONE),
        ("last_delivery_at", Timestamptz, NONE),
        ("sync_status", Varchar, {"length": 20, "default": "none"}),
        ("error_message", Varchar, {"length": 300, "default": ""}),
        ("created_at", Timestamptz, NOW),
    ),
    ("WebhookDelivery", "webhook_deliveries"): (
        *OF_SHOP,
        ("topic", Varchar, {"length": 100, "default": ""}),
        ("key", Varchar, {"length": 120, "default": ""}),
        ("twin", Varchar, {"length": 220, "default": None, "null": True}),
        ("state", Varchar, {"length": 20, "default": "received"}),
        ("reason", Varchar, {"length": 200, "default": ""}),
        ("content", Bytea, {"default": b""}),
        ("received_at", Timestamptz, NOW),
        ("settled_at", Timestamptz, NONE),
    ),
    ("Order", "orders"): (
        *OF_SHOP,
        ("contact_id", BigInt, NONE),
        ("external_order_id", Varchar, {"length": 100, "default": ""}),
        ("order_number", Varchar, {"length": 60, "default": ""}),
        ("platform", Varchar, {"length": 20, "default": ""}),
        ("status", Varchar, {"length": 20, "default": ""}),
        ("financial_status", Varchar, {"length": 20, "default": ""}),
        ("fulfillment_status", Varchar, {"length": 20, "default": ""}),
        ("total_price", Numeric, MONEY),
        ("refunded", Numeric, MONEY),
        ("stated_refund", Numeric, {"default": None, "digits": (14, 3), "null": True}),
        ("currency", Varchar, {"length": 3, "default": ""}),
        ("email", Varchar, {"length": 320, "default": ""}),
        ("buyer", JSONB, {"default": "{}"}),
        ("items", JSONB, {"default": "[]"}),
        ("shipping_address", JSONB, {"default": "{}"}),
        ("tracking_number", Varchar, {"length": 100, "default": ""}),
        ("tracking_url", Varchar, {"length": 2000, "default": ""}),
        ("url", Varchar, {"length": 2000, "default": ""}),
        ("cart", Varchar, {"length": 100, "default": ""}),
        ("is_test", Boolean, {"default": False}),
        ("order_date", Timestamptz, NOW),
        ("changed_at", Timestamptz, NOW),
        ("told", JSONB, {"default": "[]"}),
        ("said", JSONB, {"default": "{}"}),
    ),
    ("OrderPart", "order_parts"): (
        *OF_SHOP,
        ("external_order_id", Varchar, {"length": 100, "default": ""}),
        ("kind", Varchar, {"length": 20, "default": ""}),
        ("external_id", Varchar, {"length": 100, "default": ""}),
        ("changed_at", Timestamptz, NOW),
        ("amount", Numeric, MONEY),
        ("body", JSONB, {"default": "{}"}),
    ),
    ("Cart", "carts"): (
        *OF_SHOP,
        ("contact_id", BigInt, NONE),
        ("external_id", Varchar, {"length": 100, "default": ""}),
        ("email", Varchar, {"length": 320, "default": ""}),
        ("total_price", Numeric, MONEY),
        ("currency", Varchar, {"length": 3, "default": ""}),
        ("items", JSONB, {"default": "[]"}),
        ("url", Varchar, {"length": 2000, "default": ""}),
        ("begun_at", Timestamptz, NOW),
        ("changed_at", Timestamptz, NOW),
        ("completed_at", Timestamptz, NONE),
        ("gone_at", Timestamptz, NONE),
    ),
    ("ShopCustomer", "shop_customers"): (
        *OF_SHOP,
        ("external_id", Varchar, {"length": 100, "default": ""}),
        ("contact_id", BigInt, NONE),
        ("changed_at", Timestamptz, NOW),
    ),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)
    add_tables(manager, TABLES)
    return manager
