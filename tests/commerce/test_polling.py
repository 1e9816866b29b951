"""Shops whose webhooks get lost are as they are after one poll; a reading that was cut off goes on; what a shop asks of us is done."""

import asyncio
import random
from datetime import timedelta
from typing import Any

import pytest

from core.database import pool
from modules.commerce import jobs, polling
from modules.commerce.actions import syncs
from modules.commerce.platforms import shopify_reader, woocommerce
from tests.commerce.conftest import Opens
from tests.commerce.fakes.life import lived
from tests.commerce.fakes.serving import now
from tests.commerce.fakes.shopify import TOKEN
from tests.commerce.reading import a_readable, a_server, here, polled, run, the, there, view
from tests.commerce.shops import Shop, delivered, state, told, understood

PLATFORMS = ("shopify", "woocommerce", "stripe")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_after_one_poll_all_is_here_whatever_was_lost(platform: str, seed: int, opens: Opens) -> None:
    """History of three pages, then a life of which webhooks get lost, come twice and in any order, while the shop breaks down now and then."""
    async with opens(server := a_server(platform, breaks_every=9)):
        server.begin(230)
        shop = await a_readable(platform, server)
        first = await polled(shop)
        assert await here(shop) == there(server)
        assert (first.sync_status, first.status, first.drift and (first.drift.shop, first.drift.here)) == (
            "ready",
            "active",
            (0, 0),
        )
        assert await told(shop) == [], "history is no news"
        shop = await the(shop.admin, shop.integration_id)
        for topic, body in lived(server, random.Random(seed), 80):
            answer = await delivered(shop, *shop.delivery(topic, body))
            assert answer.status_code == 200, answer.text
        await understood(shop)
        assert await here(shop) != there(server), "nothing was lost, so this test shows nothing"
        after = await polled(shop)
        assert await here(shop) == there(server)
        assert after.drift is not None
        assert after.drift.shop == after.drift.here > 0
        orders, _ = await state(shop)
        assert (await told(shop)).count("order.created") == len(orders) - 230
        await polled(shop)
        assert await here(shop) == there(server)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_first_reading_that_is_cut_off_goes_on_where_it_was(
    platform: str, opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "BUDGET_S", 0)
    async with opens(server := a_server(platform)):
        server.begin(350)
        shop = await a_readable(platform, server)
        await run(shop)
        half = await view(shop)
        [reading] = half.readings
        assert (half.sync_status, reading.count, reading.done_until) == ("first", 100, None)
        assert reading.total == (None if platform == "stripe" else 350)
        server.breaks_every = 1
        await run(shop)
        broken = await view(shop)
        assert (broken.sync_status, broken.readings[0].count) == ("failed", 100)
        server.breaks_every = 0
        done = await polled(shop)
        assert (done.sync_status, done.error_message) == ("ready", "")
        assert done.readings[0].count == 350, "no page was read twice"
        assert await here(shop) == there(server)


async def test_two_jobs_for_one_shop_end_as_one(opens: Opens) -> None:
    async with opens(server := a_server("shopify")):
        server.begin(250)
        shop = await a_readable("shopify", server)
        await asyncio.gather(run(shop), run(shop), run(shop))
        await polled(shop)
        assert await here(shop) == there(server)


async def test_an_order_that_goes_while_pages_are_read_hides_no_other(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        server.begin(250)
        shop = await a_readable("woocommerce", server)
        server.deletes_at = 2
        await polled(shop)
        assert set(there(server)) - set(await here(shop)) == set()


async def test_a_shop_that_forgets_its_cursors_is_read_from_the_beginning(opens: Opens) -> None:
    async with opens(server := a_server("shopify")):
        server.begin(250)
        shop = await a_readable("shopify", server)
        server.forgets_cursors = True
        await polled(shop)
        assert await here(shop) == there(server)


@pytest.mark.parametrize("platform", ["woocommerce", "stripe"])
async def test_who_is_told_to_wait_waits(platform: str, opens: Opens) -> None:
    async with opens(server := a_server(platform)):
        server.begin(250)
        shop = await a_readable(platform, server)
        server.limits_every = 2
        assert (await polled(shop)).sync_status == "ready"
        assert await here(shop) == there(server)


async def test_a_bucket_that_stays_full_puts_the_shop_off_and_breaks_nothing(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modules.commerce.platforms.asking.WAIT_MAX_S", 0.2)
    async with opens(server := a_server("shopify", leaks_per_s=0.0)):
        server.begin(10)
        shop = await a_readable("shopify", server)
        server.in_bucket = 40.0
        await run(shop)
        assert ((await view(shop)).status, server.refused) == ("active", 4)
        server.in_bucket, server.leaks_per_s = 0.0, 400.0
        assert (await polled(shop)).sync_status == "ready"


@pytest.mark.parametrize(
    ("told_", "wait_s"), [("1/40", 0), ("32/40", 0), ("40/40", 4), ("80/80", 4), ("x/40", 0), ("1/0", 0), ("", 0)]
)
def test_a_bucket_leaks_a_twentieth_of_its_size_a_second(told_: str, wait_s: float) -> None:
    assert shopify_reader.pause_s({"x-shopify-shop-api-call-limit": told_}) == pytest.approx(wait_s)


async def test_what_a_shop_shows_too_late_shows_in_the_meter(opens: Opens) -> None:
    async with opens(server := a_server("shopify")):
        shop = await a_readable("shopify", server)
        await polled(shop)
        server.buy()
        late = next(iter(server.orders.values()))
        late["updated_at"] = (now() - timedelta(hours=2)).isoformat()
        after = await polled(shop)
        assert after.drift is not None
        assert (after.drift.shop, after.drift.here) == (1, 0)


async def test_a_key_that_does_not_open_carts_opens_orders(opens: Opens) -> None:
    async with opens(server := a_server("shopify")):
        server.begin(3)
        server.hides_checkouts = True
        shop = await a_readable("shopify", server)
        assert (await polled(shop)).sync_status == "ready"
        assert await here(shop) == there(server)


async def test_a_key_that_is_taken_no_more_is_said_and_all_goes_on_once_it_is(opens: Opens) -> None:
    async with opens(server := a_server("shopify")):
        shop = await a_readable("shopify", server)
        server.tokens = set()
        await run(shop)
        lost = await view(shop)
        assert (lost.status, lost.sync_status, "does not take our key" in lost.error_message) == ("error", "failed", True)
        server.tokens = {TOKEN}
        assert (await polled(shop)).status == "active"


@pytest.mark.parametrize("platform", ["shopify", "woocommerce"])
async def test_subscriptions_that_are_missing_or_off_are_made_anew(platform: str, opens: Opens) -> None:
    async with opens(server := a_server(platform)):
        shop = await a_readable(platform, server)
        await polled(shop)
        made = list(server.webhooks)
        assert sorted(one["topic"] for one in made) == sorted(
            shopify_reader.WATCHED if platform == "shopify" else woocommerce.TOPICS
        )
        server.webhooks[0] |= {"status": "disabled", "topic": "another"} if platform == "shopify" else {"status": "disabled"}
        await polled(shop)
        assert len(server.webhooks) == len(made) + (platform == "shopify")
        if platform == "woocommerce":
            assert {one["status"] for one in server.webhooks} == {"active"}
            assert {one["secret"] for one in server.webhooks} == {shop.secret}


async def test_stripes_endpoint_has_a_secret_that_it_tells_once(opens: Opens) -> None:
    async with opens(server := a_server("stripe")):
        shop = await a_readable("stripe", server)
        await polled(shop)
        [endpoint] = server.endpoints
        assert (await the(shop.admin, shop.integration_id)).secret == endpoint["secret"]
        endpoint["status"] = "disabled"
        await polled(shop)
        assert [one["status"] for one in server.endpoints] == ["enabled"]


async def test_shops_that_are_due_get_one_job_and_what_is_old_is_forgotten(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        shop = await a_readable("woocommerce", server)
        for _ in range(2):
            await jobs.read_due.function()
        sql = "SELECT count(*) FROM jobs WHERE organization_id = $1 AND name = 'modules.commerce.read_shop'"
        assert await pool().fetchval(sql, shop.admin.organization_id) == 1
        await polled(shop)
        answer = await delivered(shop, *shop.delivery(*server.buy()))
        assert answer.json() == {"result": "stored"}
        await understood(shop)
        await pool().execute(
            "UPDATE webhook_deliveries SET received_at = now() - interval '31 days' WHERE integration_id = $1", shop.integration_id
        )
        await polled(shop)
        assert await pool().fetchval("SELECT count(*) FROM webhook_deliveries WHERE integration_id = $1", shop.integration_id) == 0


async def test_reading_now_is_for_shops_with_a_key(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        shop: Shop = await a_readable("woocommerce", server)
        await polled(shop)
        await syncs.now(shop.admin, shop.integration_id)
        due: Any = await pool().fetchval("SELECT next_read_at <= now() FROM integrations WHERE id = $1", shop.integration_id)
        assert due
