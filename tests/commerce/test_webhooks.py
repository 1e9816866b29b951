"""The door of shops: what is let in, once, and what leaves no trace."""

import asyncio
import time
from typing import Any

import pytest

from core.database import pool
from modules.commerce.actions import shops
from tests.commerce.shops import DELIVERIES, Shop, a_shop, delivered, state, told, understood
from tests.factories import an_organization

ORDER: dict[str, Any] = {
    "id": "A1", "number": "#1001", "financial_status": "paid", "total": "40.00", "currency": "EUR", "placed_at": "2026-11-01T10:00:00Z",
    "updated_at": "2026-11-01T10:05:00Z", "buyer": {"email": "Ida@Example.org", "first_name": "Ida"},
    "items": [{"id": "1", "title": "Lamp", "sku": "L1", "quantity": 2, "price": "20.00"}],
}  # fmt: skip


def changed(**changes: Any) -> dict[str, Any]:
    return {"type": "order.updated", "order": ORDER | changes}


async def kept(shop: Shop) -> int:
    return len(await pool().fetch(DELIVERIES, shop.integration_id))


async def test_a_signed_delivery_has_one_effect(connected: Any) -> None:
    shop = await a_shop()
    answer = await delivered(shop, *shop.delivery("order.updated", changed()))
    assert (answer.status_code, answer.json()) == (200, {"result": "stored"})
    assert await understood(shop) == [("order.updated", "processed", "")]
    [order], _ = await state(shop)
    assert (order["order_number"], order["financial_status"], str(order["total_price"]), order["email"], order["known"]) == (
        "#1001", "paid", "40.000", "ida@example.org", True,
    )  # fmt: skip
    assert await told(shop) == ["order.created", "order.paid"]


async def test_the_same_delivery_ten_times_at_once_is_kept_once(connected: Any) -> None:
    shop = await a_shop()
    headers, raw = shop.delivery("order.updated", changed())
    answers = await asyncio.gather(*(delivered(shop, headers, raw) for _ in range(10)))
    assert sorted(answer.json()["result"] for answer in answers) == ["known"] * 9 + ["stored"]
    await understood(shop)
    assert await told(shop) == ["order.created", "order.paid"]


async def test_what_is_not_the_shops_own_is_refused_and_leaves_nothing(connected: Any) -> None:
    shop, other = await a_shop(), await a_shop()
    headers, raw = shop.delivery("order.updated", changed())
    forged = [
        (headers, raw + b" "),
        (headers | {"X-Lacasa-Signature": "0" * 64}, raw),
        (headers | {"X-Lacasa-Signature": "\xe9".encode("latin-1")}, raw),
        shop.delivery("order.updated", changed(), secret=other.secret),
        shop.delivery("order.updated", changed(), at=time.time() - 301),
        shop.delivery("order.updated", changed(), at=time.time() + 360),
        ({}, raw),
    ]
    for wrong in forged:
        answer = await delivered(shop, *wrong)
        assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature"), wrong
    for key in ("", "x" * 22, other.key[:-1], "a\x00b"):
        assert (await delivered(shop, headers, raw, key=key)).status_code == 404
    assert (await delivered(shop._replace(platform="stripe"), headers, raw)).status_code == 404
    assert (await delivered(shop._replace(platform="nobody"), headers, raw)).status_code == 404
    assert (await delivered(other, headers, raw)).status_code == 401, "signed for another organization's shop"
    assert await kept(shop) == await kept(other) == 0


async def test_after_a_rotation_both_secrets_are_taken_and_after_two_the_first_no_more(connected: Any) -> None:
    shop = await a_shop()
    codes = []
    for _ in range(3):
        codes.append((await delivered(shop, *shop.delivery("order.updated", changed()))).status_code)
        await shops.rotate(shop.admin, shop.integration_id)
    assert codes == [200, 200, 401]


async def test_a_disconnected_shop_is_nobody(connected: Any) -> None:
    shop = await a_shop()
    await shops.disconnect(shop.admin, shop.integration_id)
    assert (await delivered(shop, *shop.delivery("order.updated", changed()))).status_code == 404
    row = await pool().fetchrow("SELECT credentials, status FROM integrations WHERE id = $1", shop.integration_id)
    assert tuple(row) == ("", "inactive")


async def test_what_means_nothing_here_is_kept_as_ignored(connected: Any) -> None:
    shop = await a_shop()
    for _ in range(2):
        await delivered(shop, *shop.delivery("stock.changed", {"type": "stock.changed"}, id="1"))
    assert await understood(shop) == [("stock.changed", "ignored", "topic")]


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"\xff", b'{"type": 7}', b'{"type": ""}', b"[" * 100_000])
async def test_signed_nonsense_is_refused_with_words(connected: Any, raw: bytes) -> None:
    shop = await a_shop()
    answer = await delivered(shop, *shop.delivery("", raw))
    assert answer.status_code in {200, 400}
    assert answer.headers["content-type"].startswith(("application/problem+json", "application/json"))


@pytest.mark.parametrize(
    "order", [{}, {"id": "A"}, {**ORDER, "total": "much"}, {**ORDER, "currency": "€"}, {**ORDER, "updated_at": "once"}, 7]
)
async def test_an_order_that_is_none_is_kept_as_failed_and_says_why(connected: Any, order: Any) -> None:
    shop = await a_shop()
    await delivered(shop, *shop.delivery("order.updated", {"type": "order.updated", "order": order}))
    [(_, became, reason)] = await understood(shop)
    assert (became, reason[:11]) == ("failed", "malformed: ")
    assert await state(shop) == ([], [])


async def test_a_delivery_that_is_too_large_is_refused(connected: Any) -> None:
    shop = await a_shop()
    answer = await delivered(shop, *shop.delivery("order.updated", b" " * (5 * 1024 * 1024 + 1)))
    assert answer.status_code == 413
    assert await kept(shop) == 0


async def test_woocommerce_asks_first_whether_anybody_is_there(connected: Any) -> None:
    shop = await a_shop("woocommerce")
    answer = await delivered(shop, {"Content-Type": "application/x-www-form-urlencoded"}, b"webhook_id=7")
    assert (answer.status_code, answer.json()) == (200, {"result": "ping"})
    assert await kept(shop) == 0


async def test_two_organizations_may_have_the_same_shop_and_see_their_own(connected: Any) -> None:
    first, second = await a_shop(), await a_shop(admin=await an_organization())
    for shop in (first, second):
        await delivered(shop, *shop.delivery("order.updated", changed(number=f"#{shop.integration_id}")))
        await understood(shop)
    assert [[row["order_number"] for row in (await state(shop))[0]] for shop in (first, second)] == [
        [f"#{first.integration_id}"], [f"#{second.integration_id}"],
    ]  # fmt: skip
