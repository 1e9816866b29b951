"""A connected shop with an order, a cart and a customer, where commerce is installed: for the world of the security tests."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from core.access import Actor, system
from core.database import pool
from core.extend import registry

ORDER = "SELECT id FROM orders WHERE organization_id = $1"
ACTION = """
INSERT INTO order_actions (organization_id, order_id, kind, amount, note, key, state, created_at)
VALUES ($1, $2, 'refund', 1, $3, $3, 'waiting', now()) RETURNING id
"""
STORED = """
INSERT INTO webhook_deliveries (organization_id, integration_id, topic, key, content, received_at)
VALUES ($1, $2, 'order.updated', 'id 1', $3, now()) RETURNING id
"""


async def a_connected_shop(admin: Actor, canary: str) -> dict[str, Any]:
    """The word is in all that its orders say."""
    if "commerce" not in registry.installed():
        return {}
    from modules.commerce import jobs
    from modules.commerce.actions import connecting, shops, syncs, taking
    from modules.commerce.platforms import custom
    from modules.commerce.structs import BeginInput

    made = await _connected(shops, admin, canary)
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


async def _connected(shops: Any, admin: Actor, word: str) -> int:
    from modules.commerce.structs import ConnectInput

    done = await shops.connect(admin, ConnectInput("custom", f"{word}.example", f"Shop {word}", f"secret-{word}"))
    return int(done.integration.id)


async def another(world: Any) -> dict[str, Any]:
    """One more, to be disconnected."""
    from modules.commerce.actions import shops
    from tests.factories import client_id

    return {"integration": await _connected(shops, world.admin, client_id().lower())}
