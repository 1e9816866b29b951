"""From connecting on, with all that goes wrong at once: pages, refusals of who asks too much, a key that ends, and webhooks that get lost."""

import random

import pytest

from tests.commerce.conftest import Opens
from tests.commerce.fakes.life import lived
from tests.commerce.reading import a_readable, a_server, here, polled, the, there
from tests.commerce.shops import Shop, delivered, understood
from tests.commerce.test_connecting import a_domain, by_oauth
from tests.factories import an_organization


@pytest.mark.parametrize("platform", ["shopify", "woocommerce", "stripe"])
async def test_a_shop_whose_key_ends_and_whose_webhooks_get_lost_is_here_after_one_poll(platform: str, opens: Opens) -> None:
    async with opens(server := a_server(platform, breaks_every=11)):
        server.begin(130)
        shop = (
            await by_oauth(server, await an_organization(), a_domain())
            if platform == "shopify"
            else await a_readable(platform, server)
        )
        if platform != "shopify":
            server.limits_every = 5
        await polled(shop)
        assert await here(shop) == there(server)
        if platform == "shopify":
            server.leaks_per_s, server.in_bucket = 60.0, 38.0
            server.tokens = set()
        told = await _told(platform, shop)
        for topic, body in (happened := lived(server, random.Random(platform), 40)):
            answer = await delivered(told, *told.delivery(topic, body))
            assert answer.status_code == 200, answer.text
        await understood(told)
        kept = await here(shop)
        assert any(kept.get(name) != said for name, said in there(server).items()), (
            f"nothing was lost of {len(happened)}, so this test shows nothing"
        )
        after = await polled(shop)
        assert await here(shop) == there(server)
        assert after.drift is not None
        assert after.drift.shop == after.drift.here > 0
        assert (after.status, after.error_message) == ("active", "")
        if platform == "shopify":
            assert len(server.paths("access_token")) == 2, "one key for the other that ended"


async def _told(platform: str, shop: Shop) -> Shop:
    """With what its webhooks are signed with: Shopify's app has a secret of its own."""
    return shop if platform == "shopify" else await the(shop.admin, shop.integration_id)
