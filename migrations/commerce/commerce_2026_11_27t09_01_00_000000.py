"""References, indexes and row-level security of commerce."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-27T09:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security"

TABLES = ("integrations", "webhook_deliveries", "orders", "order_parts", "carts", "shop_customers")
OF_SHOP = TABLES[1:]
OF_CONTACT = ("orders", "carts", "shop_customers")
RULES = (
    "".join(belongs(table) for table in TABLES)
    + "".join(refers(table, "integration_id", "integrations") for table in OF_SHOP)
    + "".join(refers(table, "contact_id", "contacts", on_delete="SET NULL") for table in OF_CONTACT)
    + """
    ALTER TABLE integrations ADD CONSTRAINT integrations_created_by_fk FOREIGN KEY (organization_id, created_by)
        REFERENCES memberships (organization_id, user_id) ON DELETE SET NULL (created_by);
    CREATE INDEX integrations_created_by ON integrations (organization_id, created_by);
    CREATE UNIQUE INDEX integrations_key ON integrations (key);
    CREATE UNIQUE INDEX integrations_domain ON integrations (platform, domain) WHERE domain IS NOT NULL;
    CREATE UNIQUE INDEX integrations_shop ON integrations (organization_id, platform, shop) WHERE credentials <> '';
    CREATE UNIQUE INDEX webhook_deliveries_key ON webhook_deliveries (organization_id, integration_id, key);
    CREATE INDEX webhook_deliveries_twin ON webhook_deliveries (organization_id, integration_id, twin) WHERE twin IS NOT NULL;
    CREATE INDEX webhook_deliveries_page ON webhook_deliveries (organization_id, integration_id, id);
    CREATE UNIQUE INDEX orders_external ON orders (organization_id, integration_id, external_order_id);
    CREATE INDEX orders_page ON orders (organization_id, order_date, id);
    CREATE INDEX orders_of_contact ON orders (organization_id, contact_id, order_date, id);
    CREATE UNIQUE INDEX order_parts_external ON order_parts (organization_id, integration_id, external_order_id, kind, external_id);
    CREATE UNIQUE INDEX carts_external ON carts (organization_id, integration_id, external_id);
    CREATE UNIQUE INDEX shop_customers_external ON shop_customers (organization_id, integration_id, external_id);
    """
    + one_of("integrations", "platform", "shopify", "woocommerce", "stripe", "custom")
    + one_of("integrations", "status", "active", "inactive", "error")
    + one_of("webhook_deliveries", "state", "received", "processed", "ignored", "failed")
    + one_of("orders", "status", "open", "closed", "cancelled")
    + one_of(
        "orders", "financial_status", "pending", "authorized", "partially_paid", "paid", "partially_refunded", "refunded", "voided", "failed"
    )
    + one_of("orders", "fulfillment_status", "unfulfilled", "partial", "fulfilled")
    + one_of("order_parts", "kind", "shipment", "refund")
    + "".join(tenant(table) for table in TABLES)
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
