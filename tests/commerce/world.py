"""What commerce adds to the organizations of the security tests: a connected shop with an order, a cart and a customer."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from core.access import Actor, system
from core.database import pool
from modules.commerce import jobs
from modules.commerce.actions import connecting, shops, syncs, taking
from modules.commerce.platforms import custom
from modules.commerce.structs import BeginInput, ConnectInput
from tests.factories import client_id
from tests.security.call import STAFF, Call

ORDER = "SELECT id FROM orders WHERE organization_id = $1"
ACTION = """
INSERT INTO order_actions (organization_id, order_id, kind, amount, note, key, state, created_at)
VALUES ($1, $2, 'refund', 1, $3, $3, 'waiting', now()) RETURNING id
"""
STORED = """
INSERT INTO webhook_deliveries (organization_id, integration_id, topic, key, content, received_at)
VALUES ($1, $2, 'order.updated', 'id 1', $3, now()) RETURNING id
"""


async def fill(admin: Actor, canary: str, contact_id: int) -> dict[str, Any]:
    """The word is in all that its orders say."""
    del contact_id
    made = await _connected(admin, canary)
    at = (datetime.now(UTC) + timedelta(seconds=5)).isoformat()
    common = {
        "updated_at": at,
        "currency": "EUR",
        "total": "12.00",
        "buyer": {"id": canary, "email": f"{canary}@example.org", "first_name": canary},
    }
    items = [{"id": "1", "title": f"Lamp {canary}", "quantity": 1, "price": "12.00"}]
    order = common | {"id": "1", "number": canary, "items": items, "refunds": [{"id": "1", "amount": "1.00", "reason": canary}]}
    content = json.dumps({"type": "order.updated", "order": order}).encode()
    await jobs.understand.function(admin.organization_id, await pool().fetchval(STORED, admin.organization_id, made, content))
    for fact in custom.cart({"cart": common | {"id": canary, "items": items}}):
        await taking.take(system(admin.organization_id), made, fact)
    await syncs.begin(system(admin.organization_id), made, "orders")
    await connecting.begin(admin, BeginInput("woocommerce", f"https://{canary}.example", f"Shop {canary}"))
    row = await pool().fetchrow(ORDER, admin.organization_id)
    action = await pool().fetchval(ACTION, admin.organization_id, row["id"], canary)
    return {"platform": "custom", "integration": made, "order": row["id"], "order_action": action}


async def _connected(admin: Actor, word: str) -> int:
    done = await shops.connect(admin, ConnectInput("custom", f"{word}.example", f"Shop {word}", f"secret-{word}"))
    return int(done.integration.id)


async def _another(world: Any) -> dict[str, Any]:
    return {"integration": await _connected(world.admin, client_id().lower())}


SEALED = {"search_orders": "SELECT count(*) FROM search_orders('{word}', 50)"}
"""Functions that run as the owner."""
FRESH: dict[str, Callable[[Any], Awaitable[dict[str, Any]]]] = {"integration": _another}
CALLS = [
    # connected shops: admin writes, users read; orders: all staff reads
    Call("GET /api/integrations", "admin user"),
    Call("POST /api/integrations", "admin", lambda names: {"platform": "custom", "shop": f"{client_id()}.example", "name": "Shop"}),
    Call("GET /api/integrations/{integration_id:int}", "admin user"),
    Call("POST /api/integrations/begin", "admin", lambda names: {"platform": "woocommerce", "shop": "https://shop.example", "name": "Shop"}),
    Call("GET /api/integrations/shopify/callback", "admin"),
    Call("POST /api/integrations/{integration_id:int}/sync", "admin"),
    Call("POST /api/integrations/{integration_id:int}/pause", "admin"),
    Call("PUT /api/integrations/{integration_id:int}/key", "admin", lambda names: {"key": "ck_2", "key_secret": "cs_2"}),
    Call("POST /api/integrations/{integration_id:int}/rotate", "admin", fresh="integration"),
    Call("DELETE /api/integrations/{integration_id:int}", "admin", fresh="integration"),
    Call("GET /api/integrations/{integration_id:int}/deliveries", "admin"),
    Call("GET /api/orders", STAFF),
    Call("GET /api/orders/{order_id:int}", STAFF),
    Call("GET /api/orders/{order_id:int}/details", STAFF),
    Call("GET /api/orders/{order_id:int}/actions", STAFF),
    Call("POST /api/orders/{order_id:int}/actions", STAFF, lambda names: {"client_id": client_id(), "kind": "refund"}),
    Call("POST /api/order-actions/{order_action_id:int}/approve", "admin"),
    Call("POST /api/order-actions/{order_action_id:int}/reject", "admin"),
    Call("POST /api/order-actions/{order_action_id:int}/again", "admin"),
    Call("PUT /api/integrations/{integration_id:int}/limits", "admin", lambda names: {"refund_limit": "20.00", "staff_may_cancel": True}),
    Call("GET /api/commerce/panels/contact", STAFF, query="?contact_id={contact}"),
    Call("POST /webhooks/{platform:str}/{event:str}", "anybody", lambda names: b"{}"),
    Call("POST /connect/woocommerce", "anybody", lambda names: b"{}"),
]  # fmt: skip
