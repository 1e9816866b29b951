"""Shops that are read by their API: connected with a key, polled until nothing is left to read, and what is here of them then."""

import secrets
from typing import Any

from core.access import Actor
from core.database import pool
from modules.commerce import jobs, queries
from modules.commerce.actions import shops
from modules.commerce.credentials import opened
from modules.commerce.structs import ConnectInput, IntegrationView
from tests.commerce.fakes import shopify, stripe, woocommerce
from tests.commerce.fakes.serving import Server
from tests.commerce.shops import Shop
from tests.factories import an_organization

ROW = "SELECT platform, key, credentials, next_read_at > now() + interval '5 minutes' AS rests FROM integrations WHERE id = $1"
SAID = "SELECT external_order_id, said FROM orders WHERE integration_id = $1"
RUNS_MAX = 50


def a_server(platform: str, **values: Any) -> Any:
    return {"shopify": shopify.Shopify, "woocommerce": woocommerce.WooCommerce, "stripe": stripe.Stripe}[platform](**values)


async def a_readable(platform: str, server: Server, admin: Actor | None = None) -> Shop:
    """Connected with the key that opens it."""
    admin = admin or await an_organization()
    data = {
        "shopify": ConnectInput(
            "shopify", f"{secrets.token_hex(6)}.myshopify.com", "Harbour", secret="signs-webhooks", key=shopify.TOKEN
        ),
        "woocommerce": ConnectInput(
            "woocommerce", f"{server.url}/", "Harbour", key=woocommerce.KEY, key_secret=woocommerce.KEY_SECRET
        ),
        "stripe": ConnectInput("stripe", secrets.token_hex(6), "Harbour", key=stripe.KEY),
    }[platform]
    made = await shops.connect(admin, data)
    assert made.secret == "", "whoever has a key has nothing to copy"
    return await the(admin, made.integration.id)


async def the(admin: Actor, integration_id: int) -> Shop:
    """With the secret that its webhooks are signed with now."""
    row = await pool().fetchrow(ROW, integration_id)
    return Shop(admin, row["platform"], integration_id, row["key"], opened(row["credentials"]).secrets[0])


async def run(shop: Shop) -> None:
    """One job."""
    await jobs.read_shop.function(shop.admin.organization_id, shop.integration_id)


async def polled(shop: Shop) -> IntegrationView:
    """Jobs, one after the other, until it rests for a quarter of an hour."""
    for _ in range(RUNS_MAX):
        await run(shop)
        if (await pool().fetchrow(ROW, shop.integration_id))["rests"]:
            return await view(shop)
    raise AssertionError("it never comes to an end")


async def view(shop: Shop) -> IntegrationView:
    return await queries.shop(shop.admin, shop.integration_id)


async def here(shop: Shop) -> dict[str, Any]:
    """Each order as the shop's JSON that is kept."""
    return {row["external_order_id"]: row["said"] for row in await pool().fetch(SAID, shop.integration_id)}


def there(server: Any) -> dict[str, Any]:
    return dict(server.charges if isinstance(server, stripe.Stripe) else server.orders)
