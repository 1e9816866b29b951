"""What other people's shops really send, as far as there are examples of it: signed, each has its effect or is kept as what it is not."""

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from modules.commerce.facts import Cart, Customer, Order, Refund, Shipment
from modules.commerce.platforms import PLATFORMS, shopify, stripe, woocommerce
from tests.commerce.shops import a_shop, delivered, state, understood

CORPORA = Path(os.environ.get("LACASA_CORPORA", Path(__file__).parents[2].parent / "shared" / "corpora"))
SHOPIFY, STRIPE = CORPORA / "shopify" / "test" / "fixtures", CORPORA / "stripe" / "fixtures3.json"
WOO: dict[str, Any] = {
    "id": 727, "number": "727", "status": "processing", "currency": "USD", "date_created_gmt": "2026-03-22T19:28:02",
    "date_modified_gmt": "2026-03-22T19:28:08", "total": "29.35", "customer_id": 0,
    "billing": {"first_name": "John", "last_name": "Doe", "email": "John.Doe@example.com", "phone": "(555) 555-5555"},
    "shipping": {"first_name": "John", "last_name": "Doe", "address_1": "969 Market", "city": "San Francisco", "state": "CA", "postcode": "94103",
                 "country": "US"},
    "line_items": [{"id": 315, "name": "Woo Single #1", "product_id": 93, "quantity": 2, "total": "6.00", "sku": "", "price": 3}],
    "refunds": [],
}  # fmt: skip


def test_an_order_of_woocommerce() -> None:
    [order] = woocommerce.order(WOO)
    assert isinstance(order, Order)
    assert (order.number, order.status, order.financial_status, order.total, order.currency) == (
        "727",
        "open",
        "paid",
        Decimal("29.35"),
        "USD",
    )
    assert (order.buyer.external_id, order.buyer.email, order.shipping_address["zip"]) == ("", "john.doe@example.com", "94103")
    assert [(item.title, item.quantity, item.price) for item in order.items] == [("Woo Single #1", 2, Decimal("3.00"))]
    [refunded] = woocommerce.order(WOO | {"refunds": [{"id": 9, "reason": "broken", "total": "-10.00"}]})
    assert isinstance(refunded, Order)
    assert (refunded.financial_status, refunded.refunds[0].amount) == ("partially_refunded", Decimal("10.00"))


@pytest.mark.parametrize(("currency", "amount", "money"), [("usd", 1099, "10.99"), ("jpy", 1099, "1099"), ("kwd", 1099, "1.099")])
def test_stripe_counts_in_the_smallest_coin(currency: str, amount: int, money: str) -> None:
    charge = {"id": "ch_1", "currency": currency, "amount": amount, "created": 1, "status": "succeeded", "captured": True}
    [order] = stripe.charge({"id": "evt_1", "type": "charge.succeeded", "created": 2, "data": {"object": charge}})
    assert isinstance(order, Order)
    assert (order.total, order.financial_status) == (Decimal(money), "paid")


@pytest.mark.skipif(not SHOPIFY.is_dir(), reason="the corpora are not here")
def test_examples_of_shopify_are_read() -> None:
    def example(name: str) -> Any:
        return next(iter(json.loads((SHOPIFY / f"{name}.json").read_text()).values()))

    [order] = shopify.order(example("order"))
    assert isinstance(order, Order)
    assert (order.number, order.total, order.financial_status, order.buyer.external_id, len(order.shipments)) == (
        "#1001", Decimal("409.94"), "authorized", "207119551", 1,
    )  # fmt: skip
    [refund] = shopify.refund(example("refund"))
    [shipment] = shopify.shipment(example("fulfillment"))
    [cart] = shopify.cart(example("checkouts")[0])
    [customer] = shopify.customer(example("customer"))
    assert isinstance(refund, Refund)
    assert isinstance(shipment, Shipment)
    assert isinstance(cart, Cart)
    assert isinstance(customer, Customer)
    assert (refund.order_id, shipment.order_id, shipment.tracking_number, cart.completed_at) == (
        "450789469",
        "450789469",
        "1Z2345",
        None,
    )


@pytest.mark.skipif(not STRIPE.is_file(), reason="the corpora are not here")
async def test_every_object_of_stripe_is_kept_once_and_understood_or_ignored(connected: Any) -> None:
    shop = await a_shop("stripe")
    objects = json.loads(STRIPE.read_text())["resources"]
    topics = {"charge": "charge.succeeded", "checkout.session": "checkout.session.completed", "customer": "customer.created"}
    for number, (kind, one) in enumerate(sorted(objects.items())):
        topic = topics.get(kind, f"{kind}.created")
        event = {"id": f"evt_{number}", "type": topic, "created": 1, "data": {"object": one}}
        for result in ("stored", "known"):
            answer = await delivered(shop, *shop.delivery(topic, event))
            assert answer.json() == {"result": result}
    became = await understood(shop)
    assert len(became) == len(objects)
    assert {reason for topic, state_, reason in became if state_ == "ignored"} == {"topic"}
    assert sorted(topic for topic, state_, _ in became if state_ == "processed") == sorted(topics.values())
    assert len((await state(shop))[0]) == 1


@pytest.mark.skipif(not SHOPIFY.is_dir(), reason="the corpora are not here")
async def test_every_example_of_shopify_is_kept_once_and_understood_or_ignored(connected: Any) -> None:
    shop = await a_shop("shopify")
    topics = {
        "order": "orders/create",
        "refund": "refunds/create",
        "fulfillment": "fulfillments/update",
        "customer": "customers/update",
    }
    count = 0
    for path in sorted(SHOPIFY.glob("*.json")):
        body = json.loads(path.read_text())
        one = next(iter(body.values())) if isinstance(body, dict) and len(body) == 1 else body
        for result in ("stored", "known"):
            answer = await delivered(shop, *shop.delivery(topics.get(path.stem, f"{path.stem}/create"), one, id=path.stem))
            assert answer.json() == {"result": result}, path.stem
        count += 1
    became = await understood(shop)
    assert len(became) == count
    assert sorted(topic for topic, state_, _ in became if state_ == "processed") == sorted(topics.values())
    assert {reason for _, state_, reason in became if state_ == "ignored"} == {"topic"}
    lists = {topic for topic, state_, _ in became if state_ == "failed"}
    assert lists == {"checkouts/create", "orders/create"}, "answers of the API that are lists, under topics whose objects are none"
    orders, parts = await state(shop)
    assert (len(orders), len(parts)) == (1, 2)


@pytest.mark.parametrize("platform", sorted(PLATFORMS))
def test_every_topic_refuses_what_is_none_of_its_objects(platform: str) -> None:
    from modules.commerce.platforms.reading import MalformedError

    for read in PLATFORMS[platform].topics.values():
        for wrong in ({}, {"id": None}, {"id": {}}, {"order": []}, {"data": {"object": 7}}, {"customer": 3, "cart": 3}):
            try:
                facts = read(wrong)
            except MalformedError:
                continue
            assert all(type(fact).__name__ in {"Erase", "Gone"} for fact in facts)
