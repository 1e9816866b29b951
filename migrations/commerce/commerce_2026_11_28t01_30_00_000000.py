"""Shops whose reading somebody stopped; finding orders by their state, their shop and what somebody types."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Timestamptz

from migrations.support import add_columns, run

ID = "2026-11-28T01:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "reading that is stopped, orders that are found"
FOUND = """
CREATE INDEX orders_of_shop ON orders (organization_id, integration_id, order_date, id);
CREATE INDEX orders_unpaid ON orders (organization_id, order_date, id)
    WHERE status <> 'cancelled' AND financial_status IN ('pending', 'authorized', 'partially_paid', 'failed');
CREATE INDEX orders_to_ship ON orders (organization_id, order_date, id)
    WHERE status = 'open' AND financial_status IN ('paid', 'partially_refunded') AND fulfillment_status <> 'fulfilled';
CREATE INDEX orders_refunded ON orders (organization_id, order_date, id) WHERE refunded > 0;
CREATE INDEX orders_cancelled ON orders (organization_id, order_date, id) WHERE status = 'cancelled';
CREATE INDEX orders_number ON orders (organization_id, lower(order_number) text_pattern_ops);
CREATE INDEX orders_email ON orders (organization_id, lower(email) text_pattern_ops);
CREATE INDEX order_actions_waiting ON order_actions (organization_id, order_id) WHERE state = 'waiting';
CREATE FUNCTION search_orders(typed text, most integer) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp
    AS $$
    WITH own AS (SELECT nullif(current_setting('app.organization_id', true), '')::bigint AS id)
    SELECT id FROM (
        (SELECT o.id FROM orders o, own WHERE o.organization_id = own.id
            AND lower(o.order_number) ~>=~ lower(typed) AND lower(o.order_number) ~<~ (lower(typed) || U&'\\+10FFFF')
            ORDER BY lower(o.order_number) USING ~<~ LIMIT least(most, 500))
        UNION (SELECT o.id FROM orders o, own WHERE o.organization_id = own.id
            AND lower(o.order_number) ~>=~ ('#' || lower(typed)) AND lower(o.order_number) ~<~ ('#' || lower(typed) || U&'\\+10FFFF')
            ORDER BY lower(o.order_number) USING ~<~ LIMIT least(most, 500))
        UNION (SELECT o.id FROM orders o, own WHERE o.organization_id = own.id
            AND lower(o.email) ~>=~ lower(typed) AND lower(o.email) ~<~ (lower(typed) || U&'\\+10FFFF')
            ORDER BY lower(o.email) USING ~<~ LIMIT least(most, 500))
        UNION (SELECT o.id FROM orders o, own WHERE o.organization_id = own.id AND o.contact_id IN (SELECT search_contacts(typed, most))
            LIMIT least(most, 500))
    ) AS found
$$;
REVOKE ALL ON FUNCTION search_orders(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_orders(text, integer) TO lacasa_app;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)
    add_columns(manager, "Integration", "integrations", [("paused_at", Timestamptz, {"default": None, "null": True})])

    async def apply() -> None:
        await run(FOUND)

    manager.add_raw(apply)
    return manager
