"""Shops on loopback that may be asked, and that are told where they are."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest

from core.settings import settings as house
from modules.commerce.platforms import asking
from modules.commerce.settings import settings
from tests.commerce.fakes import shopify
from tests.commerce.fakes.serving import Server, serving

Opens = Callable[[Server], Any]


@pytest.fixture
async def opens(connected: Any) -> AsyncIterator[Opens]:
    """`async with opens(server)`: it serves, and is Shopify's and Stripe's address as well."""
    async with AsyncExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(asking, "WAIT_S", 0.02)
        patch.setenv("LACASA_EGRESS_NETWORKS", "127.0.0.0/8")
        patch.setenv("LACASA_COMMERCE_SHOPIFY_CLIENT_ID", shopify.CLIENT)
        patch.setenv("LACASA_COMMERCE_SHOPIFY_CLIENT_SECRET", shopify.SECRET)

        @asynccontextmanager
        async def opened(server: Server) -> AsyncIterator[Server]:
            async with serving(server):
                patch.setenv("LACASA_COMMERCE_SHOPIFY_ADDRESS", server.url)
                patch.setenv("LACASA_COMMERCE_STRIPE_ADDRESS", server.url)
                _anew()
                yield server

        yield opened
    _anew()


def _anew() -> None:
    house.cache_clear()
    settings.cache_clear()
