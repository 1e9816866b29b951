"""What a shop tells in a scene: an order that all has happened to, and then its news."""

import hmac
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from core.database import system_transaction
from tests.client.actions import action
from tests.client.scene import Scene
from tests.factories import an_address, client_id

LONG_AGO = "UPDATE integrations SET connected_at = '2020-01-01' WHERE id = $1"
WAITING = """
INSERT INTO order_actions (organization_id, order_id, kind, amount, note, key, state, created_at)
SELECT organization_id, id, 'refund', 1, '', $2, 'waiting', now() FROM orders WHERE organization_id = $1 ORDER BY id LIMIT 1 RETURNING id
"""
WHOLE = {"financial_status": "partially_refunded", "fulfillment_status": "fulfilled"}


@action
async def sell(scene: Scene, n: int) -> None:
    """A shop is connected, and delivers an order, then a change of it, and a cart that was left."""
    made = await scene.call(
        scene.admin, "POST", "/api/integrations", {"platform": "custom", "shop": f"{client_id()}.example", "name": f"Shop {n}"}
    )
    buyer = {"email": an_address(), "first_name": f"Ida {n}"}
    for minute, number in enumerate((f"#{n}", f"#{n} again")):
        at = (datetime.now(UTC) + timedelta(minutes=1 + minute)).isoformat()
        order = {"id": "1", "number": number, "total": "40.00", "currency": "EUR", "updated_at": at, "buyer": buyer} | WHOLE
        order["shipments"] = [{"id": "1", "tracking_number": "1Z", "updated_at": at}]
        order["refunds"] = [{"id": "1", "amount": "1.00", "at": at}]
        await _deliver(scene, made, {"type": "order.updated", "order": order})

    async with system_transaction("a test has a shop that was connected before") as db:
        await db.execute(LONG_AGO, made["integration"]["id"])
    left = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    cart = {"id": "1", "total": "40.00", "currency": "EUR", "updated_at": left, "buyer": {"email": an_address()}}
    await _deliver(scene, made, {"type": "cart.updated", "cart": cart})
    await _refuse(scene)


async def _refuse(scene: Scene) -> None:
    """An admin says no to a refund that somebody asked for."""
    async with system_transaction("a shop of this kind takes no refunds from here") as db:
        found = await db.fetch_value(WAITING, scene.organization_id, client_id())
    if found is not None:  # the order of an earlier round, for this one's may be on its way
        await scene.call(scene.admin, "POST", f"/api/order-actions/{found}/reject")


async def _deliver(scene: Scene, made: Any, told: dict[str, Any]) -> None:
    raw, at = json.dumps(told).encode(), str(int(time.time()))
    signed = hmac.digest(made["secret"].encode(), b"lacasa webhook 1\n" + at.encode() + b"\n" + raw, "sha256").hex()
    address = made["integration"]["webhook_url"].replace("{event}", "order").partition("/webhooks/")[2]
    headers = {"X-Lacasa-Time": at, "X-Lacasa-Signature": signed, "Content-Type": "application/json"}
    answer = await scene.http.post(f"/webhooks/{address}", content=raw, headers=headers)
    assert answer.json() == {"result": "stored"}, answer.text
