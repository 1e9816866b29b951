"""What contacts bought and what they left, as fields that segments choose by. Sums over all of it are the contact's own (`contact.order_count`)."""

from typing import get_args

from core.extend.segments import Facts, SegmentField
from modules.commerce.facts import Financial, Fulfilment

GROUP = "Orders"
REAL = "NOT e.is_test AND e.status <> 'cancelled' AND e.financial_status NOT IN ('voided', 'failed')"
"""As `buyers.COUNT` has it."""
SHOP = SegmentField(
    name="shop",
    label="Shop",
    kind="text",
    sql="SELECT i.name FROM integrations i WHERE i.organization_id = e.organization_id AND i.id = e.integration_id",
)
PLATFORM = SegmentField(
    name="platform",
    label="Platform",
    kind="choice",
    sql="e.platform",
    choices={"shopify": "Shopify", "woocommerce": "WooCommerce", "stripe": "Stripe", "custom": "A shop of one's own"},
)
PRODUCTS = SegmentField(
    name="products",
    label="Products, by title",
    kind="text",
    sql="SELECT string_agg(item ->> 'title', chr(10)) FROM jsonb_array_elements(e.items) AS item",
)
SKUS = SegmentField(
    name="skus",
    label="Products, by SKU",
    kind="text",
    sql="SELECT string_agg(item ->> 'sku', chr(10)) FROM jsonb_array_elements(e.items) AS item",
)
TOTAL = SegmentField(name="total", label="Total", kind="number", sql="e.total_price")
CURRENCY = SegmentField(name="currency", label="Currency", kind="text", sql="e.currency")


def _states(kind: object) -> dict[str, str]:
    return {state: state.replace("_", " ").capitalize() for state in get_args(kind)}


PAID = SegmentField(name="paid", label="Payment", kind="choice", sql="e.financial_status", choices=_states(Financial))
SENT = SegmentField(name="sent", label="Fulfilment", kind="choice", sql="e.fulfillment_status", choices=_states(Fulfilment))
OF_ORDER = (PRODUCTS, SKUS, TOTAL, CURRENCY, SHOP, PLATFORM, PAID, SENT)
FIELDS = (
    SegmentField(
        name="commerce.ordered", label="Ordered", group=GROUP, kind="facts", facts=Facts(table="orders", at="order_date", where=REAL),
        properties=OF_ORDER,
    ),
    SegmentField(
        name="commerce.got_money_back", label="Got money of an order back", group=GROUP, kind="facts",
        facts=Facts(table="orders", at="order_date", where="e.refunded > 0"), properties=OF_ORDER,
    ),
    SegmentField(
        name="commerce.left_cart", label="Left a cart", group=GROUP, kind="facts",
        facts=Facts(table="carts", at="changed_at", where="e.told_at IS NOT NULL AND e.completed_at IS NULL AND e.gone_at IS NULL"),
        properties=(PRODUCTS, SKUS, TOTAL, CURRENCY, SHOP),
    ),
)  # fmt: skip
