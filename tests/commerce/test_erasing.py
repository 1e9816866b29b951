"""What a shop or the law wants forgotten is, and does not come back; and the AI agent tells a customer of his own orders alone."""

from typing import Any

import pytest

from core.access import Actor, system
from core.contacts import queries as known
from core.database import pool
from core.extend.tools import Scope
from modules.commerce import tools
from modules.commerce.actions import taking
from modules.commerce.facts import Buyer, Erase
from tests.commerce.shops import Shop, a_shop, delivered, state, understood
from tests.commerce.test_webhooks import ORDER
from tests.factories import a_contact

CONTENT = "SELECT content FROM webhook_deliveries WHERE integration_id = $1 ORDER BY id"
CONTACT = "SELECT DISTINCT contact_id FROM orders WHERE integration_id = $1"


async def an_order(shop: Shop, **changes: Any) -> None:
    await delivered(shop, *shop.delivery("order.updated", {"type": "order.updated", "order": ORDER | changes}))
    await understood(shop)


async def test_a_buyer_who_was_forgotten_does_not_come_back_with_the_next_word_of_his_order(connected: Any) -> None:
    shop = await a_shop()
    await an_order(shop, shipping_address={"name": "Ida", "city": "Bath"})
    await an_order(shop, id="B1", buyer={"email": "other@example.org"})
    await taking.take(system(shop.admin.organization_id), shop.integration_id, Erase(Buyer(email="ida@example.org"), ["A1"]))
    contents = [bytes(row["content"]) for row in await pool().fetch(CONTENT, shop.integration_id)]
    assert [b"Ida@Example.org" in content for content in contents] == [False, False]
    assert b"other@example.org" in contents[1]
    await an_order(shop, updated_at="2026-11-03T10:00:00Z")
    (erased, other), _ = await state(shop)
    assert (erased["email"], erased["order_number"], other["email"]) == ("", "#1001", "other@example.org")
    assert (
        await pool().fetchval(
            "SELECT said::text FROM orders WHERE external_order_id = 'A1' AND integration_id = $1", shop.integration_id
        )
        == "{}"
    )


async def test_all_of_a_shop_goes_and_its_buyers_are_counted_anew(connected: Any) -> None:
    shop, kept = (first := await a_shop()), await a_shop(admin=first.admin)
    for one in (shop, kept):
        await an_order(one)
    contact_id = await pool().fetchval(CONTACT, shop.integration_id)
    assert (await known.get(shop.admin, contact_id)).order_count == 2
    await taking.take(system(shop.admin.organization_id), shop.integration_id, Erase())
    assert await state(shop) == ([], [])
    assert len((await state(kept))[0]) == 1
    assert (await known.get(shop.admin, contact_id)).order_count == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Where is my order #1001?", "1001"),
        ("has my parcel been sent", ""),
        ("Where is your shop?", None),
        ("I love my order", None),
    ],
)
def test_a_question_about_an_order_is_recognized(text: str, number: str | None) -> None:
    wanted = tools.recognize(text)
    assert (None if wanted is None else wanted.number) == number


async def _asked(admin: Actor, contact_id: int, number: str) -> str | None:
    told = await tools.run(
        Scope(actor=system(admin.organization_id), conversation_id=0, contact_id=contact_id), tools.Wanted(number)
    )
    return None if told is None else told.text


async def test_only_who_is_vouched_for_is_told_of_his_own_orders(connected: Any) -> None:
    shop, shipment = await a_shop(), {"id": "1", "tracking_number": "1Z", "tracking_url": "https://parcels.example/1Z"}
    await an_order(shop, id="B1", buyer={"email": "other@example.org"})
    stranger = await pool().fetchval(CONTACT, shop.integration_id)
    assert await _asked(shop.admin, stranger, "1001") is None, "an address alone vouches for nobody"
    contact_id = (await a_contact(shop.admin, email="ida@example.org", external_id="customer-7")).id
    await an_order(shop, shipments=[shipment])
    assert "parcels.example/1Z" in (await _asked(shop.admin, contact_id, "1001") or "")
    assert await _asked(shop.admin, contact_id, "999") is None
    other = await a_contact(shop.admin, external_id="customer-8")
    assert await _asked(shop.admin, other.id, "1001") is None
