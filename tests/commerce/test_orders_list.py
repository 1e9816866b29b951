"""Orders as a list and one by one: what is found, by whom it may be changed, and what of a shop's reading can be stopped."""

from typing import Any

import pytest

from core.access import Actor
from core.database import pool
from core.errors import Conflict
from modules.commerce import polling, queries
from modules.commerce.actions import acting, shops, syncs
from modules.commerce.queries import Wanted
from modules.commerce.structs import ActionInput, LimitsInput
from tests.commerce.conftest import Opens
from tests.commerce.fakes import woocommerce
from tests.commerce.reading import a_readable, a_server, here, polled, run, there, view
from tests.commerce.shops import Shop, a_shop, delivered, understood
from tests.commerce.test_connecting import asked
from tests.factories import a_member, again, an_organization, client_id

TOLD = "SELECT count(*) FROM outbox WHERE organization_id = $1 AND type = 'order.action_changed'"
STATES: list[tuple[str, dict[str, str], str]] = [
    ("#1001", {"financial_status": "pending"}, "unpaid"),
    ("#1002", {"financial_status": "paid"}, "to_ship"),
    ("#1003", {"financial_status": "paid", "fulfillment_status": "fulfilled"}, "fulfilled"),
    ("#1104", {"financial_status": "refunded", "fulfillment_status": "fulfilled"}, "refunded"),
    ("#1105", {"status": "cancelled", "financial_status": "voided"}, "cancelled"),
]


async def a_full_shop() -> Shop:
    shop = await a_shop()
    for place, (number, states, _) in enumerate(STATES):
        at = f"2026-11-0{place + 1}T10:00:00Z"
        buyer = {"email": f"Buyer{place}@example.org", "first_name": ("Ida", "Otto")[place % 2], "last_name": "Holm"}
        order = {
            "id": str(place),
            "number": number,
            "total": "20.00",
            "currency": "EUR",
            "updated_at": at,
            "placed_at": at,
            "buyer": buyer,
        }
        order |= states | (
            {"refunds": [{"id": "1", "amount": "20.00", "at": at}]} if states.get("financial_status") == "refunded" else {}
        )
        await delivered(shop, *shop.delivery("any", {"type": "order.updated", "order": order}))
    await understood(shop)
    return shop


async def numbers(actor: Actor, query: str = "") -> list[str]:
    answer = await asked(actor, "GET", f"/api/orders{query}")
    assert answer.status_code == 200, answer.text
    return [one["order_number"] for one in answer.json()["orders"]]


async def test_orders_are_found_by_number_address_name_state_and_shop(connected: Any) -> None:
    shop = await a_full_shop()
    admin = await again(shop.admin)
    assert await numbers(admin) == ["#1105", "#1104", "#1003", "#1002", "#1001"], "newest first"
    for typed, found in (
        ("1001", ["#1001"]), ("%23100", ["#1003", "#1002", "#1001"]), ("buyer3@", ["#1104"]), ("BUYER3@EXAMPLE", ["#1104"]),
        ("otto", ["#1104", "#1002"]), ("holm", ["#1105", "#1104", "#1003", "#1002", "#1001"]), ("nobody", []), ("%25", []), ("_", []),
    ):  # fmt: skip
        assert await numbers(admin, f"?q={typed}") == found, typed
    for number, _, state in STATES:
        assert number in await numbers(admin, f"?state={state}")
    assert await numbers(admin, "?state=fulfilled") == ["#1104", "#1003"]
    assert await numbers(admin, f"?integration_id={shop.integration_id}&state=to_ship&q=otto") == ["#1002"]
    assert await numbers(admin, "?integration_id=1000000") == []
    assert await numbers(await an_organization(), "?q=1001") == [], "a stranger finds nothing"
    first = (await asked(admin, "GET", "/api/orders?limit=2&q=100")).json()
    assert await numbers(admin, f"?limit=2&q=100&cursor={first['cursor']}") == ["#1001"]
    assert (await asked(admin, "GET", "/api/orders?state=lost")).status_code == 400


async def test_who_asks_is_told_before_what_he_may_have_done(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        server.begin(1)
        shop = await a_readable("woocommerce", server)
        await polled(shop)
        order_id = await pool().fetchval("SELECT id FROM orders WHERE integration_id = $1", shop.integration_id)
        agent = await a_member(shop.admin)
        await acting.limit(shop.admin, shop.integration_id, LimitsInput("4.00", staff_may_cancel=True))

        async def able(actor: Actor) -> dict[str, tuple[str, bool, float, float]]:
            answer = (await asked(await again(actor), "GET", f"/api/orders/{order_id}/details")).json()
            shown = {one["kind"]: one for one in answer["abilities"]}
            return {
                kind: (one["trouble"], one["is_alone"], float(one["most"]), float(one["alone_most"])) for kind, one in shown.items()
            }

        assert await able(agent) == {
            "refund": ("", False, 10.0, 4.0), "cancel": ("not_cancellable", True, 0.0, 0.0), "resend": ("", True, 0.0, 0.0),
        }  # fmt: skip
        assert (await able(shop.admin))["refund"] == ("", True, 10.0, 10.0)
        waiting = await acting.ask(agent, order_id, ActionInput(client_id(), "refund", "9.00"))
        assert (await able(agent))["refund"][0] == "under_way"
        assert await numbers(await again(agent), "?state=waiting") == ["700"]
        assert (await queries.page(agent, Wanted(), None, 10)).orders[0].waits
        await acting.decide(shop.admin, waiting.id, is_right=False)
        assert await numbers(await again(agent), "?state=waiting") == []
        told = await pool().fetchval(TOLD, shop.admin.organization_id)
        assert told == 2, "asked for, and decided"
        await shops.disconnect(shop.admin, shop.integration_id)
        assert (await able(agent))["refund"][0] == "not_possible"


async def test_reading_is_stopped_and_goes_on_where_it_was(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "BUDGET_S", 0)
    async with opens(server := a_server("woocommerce")):
        server.begin(250)
        shop = await a_readable("woocommerce", server)
        await run(shop)
        admin = await again(shop.admin)
        stopped = (await asked(admin, "POST", f"/api/integrations/{shop.integration_id}/pause")).json()
        assert (stopped["paused_at"] is not None, stopped["is_readable"]) == (True, True)
        for _ in range(2):
            await run(shop)
        assert (await view(shop)).readings[0].count == 100
        assert shop.integration_id not in {number for _, number in await queries.due()}
        assert (await syncs.now(shop.admin, shop.integration_id)).paused_at is None
        assert (await polled(shop)).readings[0].count == 250
        assert await here(shop) == there(server)
        by_hand = await a_shop("custom", shop.admin)
        with pytest.raises(Conflict):
            await syncs.pause(shop.admin, by_hand.integration_id)


async def test_another_key_is_tried_before_it_takes_the_place_of_the_last(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        shop = await a_readable("woocommerce", server)
        path, admin = f"/api/integrations/{shop.integration_id}/key", await again(shop.admin)
        refused = await asked(admin, "PUT", path, json={"key": "ck_none", "key_secret": "cs_none"})
        assert (refused.status_code, refused.json()["code"]) == (400, "bad_key")
        taken = await asked(admin, "PUT", path, json={"key": woocommerce.KEY, "key_secret": woocommerce.KEY_SECRET})
        assert (taken.status_code, taken.json()["status"]) == (200, "active")
        assert woocommerce.KEY_SECRET not in taken.text
        assert (await polled(shop)).sync_status == "ready"
