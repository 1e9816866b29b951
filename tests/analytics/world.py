"""What analytics adds to the organizations of the security tests."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from core.access import Actor
from modules.analytics import actions
from tests.security.call import STAFF, Call


async def fill(admin: Actor, canary: str, contact_id: int) -> dict[str, int]:
    """Facts that are added up soon."""
    for kind, entity in (("message_received", "conversation"), ("order_created", "order")):
        held = {"tags": [canary], "platform": canary}
        await actions.write(admin, kind, entity, 1, at=datetime.now(UTC), contact_id=contact_id, user_id=None, metadata=held)
    return {}


PASSING = {"analytics_pending": {"id": 1, "fact_id": 1, "entity": "conversation", "entity_id": 1}}
FRESH: dict[str, Callable[[Any], Awaitable[dict[str, Any]]]] = {}
CALLS = [
    # analytics: all staff reads (agents their own figures)
    Call("GET /api/analytics/overview", STAFF),
    Call("GET /api/analytics/panels/contact", STAFF, query="?contact_id={contact}"),
    Call("GET /api/analytics/panels/days", STAFF),
    Call("GET /api/dashboard/stats", STAFF),
    Call("GET /api/dashboard/recent-activity", STAFF),
    Call("GET /api/analytics/report", STAFF, query="?name=helpdesk"),
    Call("GET /api/analytics/report/csv", STAFF, query="?name=helpdesk"),
    Call("GET /api/analytics/settings", "admin user"),
    Call("PATCH /api/analytics/settings", "admin", lambda names: {"keep_days": 400}),
    Call("GET /api/analytics/settings/retention", "admin", query="?keep_days=400"),
    Call("POST /api/analytics/rebuild", "admin"),
]
