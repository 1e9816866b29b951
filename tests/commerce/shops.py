"""Shops that deliver: signed as each platform signs, over the public door, and what became of it."""

import base64
import hmac
import json
import secrets
import time
from functools import cache
from typing import Any, NamedTuple

import httpx

from core.access import Actor
from core.app import create_app
from core.database import pool
from modules.commerce import jobs
from modules.commerce.actions import shops
from modules.commerce.platforms import custom
from modules.commerce.structs import ConnectInput
from tests.factories import an_organization

STATE = """
SELECT order_number, status, financial_status, fulfillment_status, total_price, refunded, currency, email, items, tracking_number, changed_at, told,
       contact_id IS NOT NULL AS known
FROM orders WHERE integration_id = $1 ORDER BY external_order_id
"""
PARTS = "SELECT external_order_id, kind, external_id, changed_at, amount, body FROM order_parts WHERE integration_id = $1 ORDER BY kind, external_id"
LONG_AGO = "UPDATE integrations SET connected_at = '2020-01-01' WHERE id = $1"
DELIVERIES = "SELECT id, topic, state, reason FROM webhook_deliveries WHERE integration_id = $1 ORDER BY id"


class Shop(NamedTuple):
    admin: Actor
    platform: str
    integration_id: int
    key: str
    secret: str

    def delivery(self, topic: str, body: Any, **changes: Any) -> tuple[dict[str, str], bytes]:
        """Headers and bytes, signed. `changes`: another `secret`, `at`, `id` or `happening`."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        secret, at = changes.get("secret", self.secret).encode(), str(int(changes.get("at", time.time())))
        name = changes.get("id", secrets.token_hex(8))
        if self.platform == "shopify":
            signed = base64.b64encode(hmac.digest(secret, raw, "sha256")).decode()
            headers = {"X-Shopify-Topic": topic, "X-Shopify-Hmac-SHA256": signed, "X-Shopify-Webhook-Id": name}
            return headers | ({"X-Shopify-Event-Id": changes["happening"]} if "happening" in changes else {}), raw
        if self.platform == "woocommerce":
            signed = base64.b64encode(hmac.digest(secret, raw, "sha256")).decode()
            return {"X-WC-Webhook-Topic": topic, "X-WC-Webhook-Signature": signed, "X-WC-Webhook-Delivery-ID": "the same"}, raw
        if self.platform == "stripe":
            return {"Stripe-Signature": f"t={at},v1={hmac.digest(secret, at.encode() + b'.' + raw, 'sha256').hex()}"}, raw
        signed = hmac.digest(secret, custom.statement(at, raw), "sha256").hex()
        return {"X-Lacasa-Time": at, "X-Lacasa-Signature": signed, "X-Lacasa-Delivery": name}, raw


async def a_shop(platform: str = "custom", admin: Actor | None = None) -> Shop:
    admin = admin or await an_organization()
    done = await shops.connect(admin, ConnectInput(platform, f"{secrets.token_hex(6)}.example", "Harbour Lights"))  # type: ignore[arg-type]
    await pool().execute(LONG_AGO, done.integration.id)
    return Shop(admin, platform, done.integration.id, done.integration.webhook_url.partition("key=")[2], done.secret)


app = cache(create_app)


async def delivered(
    shop: Shop, headers: dict[str, str], raw: bytes, *, key: str | None = None, event: str = "any"
) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app()), base_url="http://lacasa") as client:
        given = {"key": shop.key if key is None else key}
        return await client.post(
            f"/webhooks/{shop.platform}/{event}", params=given, content=raw, headers={"Content-Type": "application/json"} | headers
        )


async def understood(shop: Shop) -> list[tuple[str, str, str]]:
    """Topic, state and reason of all that it delivered, after every job ran twice."""
    for _ in range(2):
        for row in await pool().fetch(DELIVERIES, shop.integration_id):
            await jobs.understand.function(shop.admin.organization_id, row["id"])
    return [(row["topic"], row["state"], row["reason"]) for row in await pool().fetch(DELIVERIES, shop.integration_id)]


async def state(shop: Shop) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All that is kept of its orders, without our own numbers."""
    orders = [dict(row) for row in await pool().fetch(STATE, shop.integration_id)]
    return orders, [dict(row) for row in await pool().fetch(PARTS, shop.integration_id)]


async def told(shop: Shop) -> list[str]:
    """Events of its organization that tell of orders, oldest first."""
    sql = "SELECT type FROM outbox WHERE organization_id = $1 AND type LIKE 'order.%' ORDER BY id"
    return [row["type"] for row in await pool().fetch(sql, shop.admin.organization_id)]
