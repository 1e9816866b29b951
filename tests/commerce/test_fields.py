"""What mails can say of orders and carts, and what segments can choose contacts by."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from core.access import system
from core.database import pool, read
from core.extend.merging import MergeItem, Recipient
from core.segments import audience
from core.templates import values
from modules.commerce.actions import taking
from modules.commerce.merge_fields import money
from modules.commerce.platforms import custom
from tests.commerce.shops import Shop, a_shop
from tests.commerce.test_connecting import asked
from tests.factories import a_contact, again, an_organization

NOW = datetime.now(UTC).replace(microsecond=0)
MANY = """
INSERT INTO contacts (organization_id, first_name, source) SELECT $1, 'Ida', 'import' FROM generate_series(1, $2)
"""
BOUGHT = """
INSERT INTO orders (organization_id, integration_id, contact_id, external_order_id, order_number, platform, status, financial_status,
    fulfillment_status, total_price, currency, order_date, changed_at, items)
SELECT k.organization_id, $2, k.id, k.id || '-' || n, k.id, 'custom', 'open', 'paid', 'unfulfilled', 20, 'EUR', now() - n * interval '10 days', now(),
    '[{"title": "Heron desk lamp", "sku": "H-1"}]'
FROM contacts k, generate_series(1, 3) n WHERE k.organization_id = $1
"""


async def take(shop: Shop, kind: str, number: str, buyer: str, **more: Any) -> None:
    at = (NOW - timedelta(days=more.pop("days", 1))).isoformat()
    said = {
        "id": number,
        "number": f"#{number}",
        "total": "62.00",
        "currency": "EUR",
        "updated_at": at,
        "buyer": {"email": buyer},
    } | more
    for fact in getattr(custom, kind)({kind: said}):
        await taking.take(system(shop.admin.organization_id), shop.integration_id, fact)


async def ids(table: str, shop: Shop) -> list[tuple[int, int]]:
    """Each with its contact, in the order in which they came."""
    rows = await pool().fetch(f"SELECT id, contact_id FROM {table} WHERE integration_id = $1 ORDER BY id", shop.integration_id)
    return [(row["id"], row["contact_id"]) for row in rows]


LAMP = {"id": "1", "title": "Heron desk lamp", "sku": "H-1", "quantity": 1, "price": "49.00"}
BULB = {"id": "2", "title": "Bulb", "sku": "B-2", "quantity": 2, "price": "6.50"}


async def test_a_mail_tells_of_the_order_it_is_about_and_of_nobody_elses(connected: Any) -> None:
    shop = await a_shop()
    address = {"name": "Ida", "city": "Graz"}
    await take(shop, "order", "1", "ida@example.org", items=[LAMP, BULB], url="https://shop.example/1", shipping_address=address)
    await take(shop, "order", "2", "otto@example.org", items=[], total="1200", currency="JPY")
    await take(shop, "cart", "3", "ida@example.org", items=[LAMP], url="https://shop.example/cart/3")
    (first, ida), (second, otto) = await ids("orders", shop)
    [(left, _)] = await ids("carts", shop)
    names = ["order.number", "order.total", "order.items", "cart.url", "cart.total", "contact.email"]
    recipients = [
        Recipient(ida, {"order_id": first, "cart_id": left}),
        Recipient(otto, {"order_id": str(second)}),
        Recipient(otto, {"order_id": first, "cart_id": left}),
        Recipient(ida),
        *(Recipient(ida, {"order_id": wrong}) for wrong in ("", "x", "-1", "9" * 30, 10**18, "²")),
    ]
    told = await values.of(shop.admin, names, recipients)
    assert len(told) == len(recipients)
    whole = told[0]
    assert (whole["order.number"], whole["order.total"], whole["order.shop"]) == ("#1", "62.00 EUR", "Harbour Lights")
    assert whole["order.items"] == [MergeItem("Heron desk lamp", 1, "49.00 EUR"), MergeItem("Bulb", 2, "6.50 EUR")]
    assert (whole["cart.url"], whole["cart.first_item"]) == ("https://shop.example/cart/3", "Heron desk lamp")
    assert (told[1]["order.total"], told[1]["order.items"], told[1]["order.refunded"]) == ("1200 JPY", [], "")
    for other in told[2:]:
        assert not any(name.startswith(("order.", "cart.")) for name in other), "another's order is none of theirs"
    stranger = await an_organization()
    assert (await values.of(stranger, ["order.number"], [Recipient(ida, {"order_id": first})])) == [{}]


def test_amounts_have_the_digits_of_their_currency() -> None:
    assert [money(Decimal("5"), "EUR"), money(Decimal("5.000"), "JPY"), money(Decimal("0.5"), "USD")] == [
        "5.00 EUR",
        "5 JPY",
        "0.50 USD",
    ]


async def test_segments_choose_by_what_was_bought_where_and_when(connected: Any) -> None:
    shop = await a_shop()
    admin = await again(shop.admin)
    await take(shop, "order", "1", "ida@example.org", items=[LAMP], financial_status="paid")
    await take(shop, "order", "2", "ida@example.org", items=[BULB], total="7.00", days=50)
    await take(
        shop,
        "order",
        "3",
        "otto@example.org",
        items=[BULB],
        financial_status="partially_refunded",
        refunds=[{"id": "1", "amount": "1.00"}],
    )
    await take(shop, "order", "4", "test@example.org", items=[LAMP], is_test=True)
    await take(shop, "order", "5", "gone@example.org", items=[LAMP], status="cancelled")
    await take(shop, "cart", "6", "carla@example.org", items=[LAMP])
    await pool().execute("UPDATE carts SET told_at = now() WHERE organization_id = $1", admin.organization_id)
    silent = await a_contact(admin)

    async def chosen(tree: dict[str, Any]) -> list[str]:
        answer = await asked(admin, "POST", "/api/segments/preview", json={"tree": tree})
        assert answer.status_code == 200, answer.text
        return sorted((one["email"] or "nobody").partition("@")[0] for one in answer.json()["items"])

    ordered = {"field": "commerce.ordered", "op": "did"}
    assert silent.id
    assert await chosen(ordered) == ["ida", "otto"], "what was a test or was cancelled is no order"
    assert await chosen(ordered | {"times": 2}) == ["ida"]
    assert await chosen(ordered | {"times": 2, "days": 30}) == []
    assert "ida" not in await chosen(ordered | {"op": "did_not"})
    for where, found in (
        ({"field": "products", "op": "contains", "value": "heron"}, ["ida"]),
        ({"field": "skus", "op": "is", "value": "b-2"}, ["ida", "otto"]),
        ({"field": "total", "op": "gte", "value": 62}, ["ida", "otto"]),
        ({"field": "total", "op": "lt", "value": 10}, ["ida"]),
        ({"field": "shop", "op": "is", "value": "Harbour Lights"}, ["ida", "otto"]),
        ({"field": "shop", "op": "is", "value": "Another"}, []),
        ({"field": "platform", "op": "is", "value": "custom"}, ["ida", "otto"]),
        ({"field": "paid", "op": "is", "value": "paid"}, ["ida"]),
        ({"field": "currency", "op": "is", "value": "usd"}, []),
    ):
        assert await chosen(ordered | {"where": [where]}) == found, where
    assert await chosen({"field": "commerce.got_money_back", "op": "did"}) == ["otto"]
    assert await chosen({"field": "commerce.left_cart", "op": "did", "where": [{"field": "total", "op": "gt", "value": 50}]}) == [
        "carla"
    ]
    assert await chosen({"field": "contact.order_count", "op": "gte", "value": 2}) == ["ida"]


async def test_a_stretch_of_contacts_reads_their_orders_alone(connected: Any) -> None:
    """However many there are: by the index that begins with the organization and the contact."""
    admin = await an_organization()
    shop = await a_shop("custom", admin)
    await pool().execute(MANY, admin.organization_id, 4000)
    await pool().execute(BOUGHT, admin.organization_id, shop.integration_id)
    await pool().execute("ANALYZE contacts; ANALYZE orders")
    tree = {
        "field": "commerce.ordered",
        "op": "did",
        "times": 2,
        "where": [{"field": "products", "op": "contains", "value": "heron"}],
    }
    first = await pool().fetchval("SELECT min(id) FROM contacts WHERE organization_id = $1", admin.organization_id)
    async with read(admin) as db:
        await db.execute(audience.PLANNING)
        chosen = await audience.select(db, admin, tree)
        [row] = await db.fetch_rows(f"EXPLAIN (FORMAT JSON, ANALYZE) {chosen.rows('k.id')}", *chosen.arguments(first, first + 100))
    plan = row[0][0]["Plan"]
    assert plan["Actual Rows"] == 100
    [orders] = [node for node in nodes(plan) if node.get("Relation Name") == "orders"]
    assert orders["Actual Rows"] == 300, "it read the orders of these contacts, and no other"
    assert orders["Node Type"] != "Seq Scan", orders
    count = await audience.count(admin, tree)
    assert (count.count, count.exact) == (4000, True)


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(found for part in plan.get("Plans", []) for found in nodes(part))]
