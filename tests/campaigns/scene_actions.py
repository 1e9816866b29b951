"""What is done with campaigns in a scene: planned, begun, paused, resumed, ended, sent and missed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.client.actions import action
from tests.client.scene import Scene
from tests.factories import an_address

SERVER = {"host": "mail.invalid", "port": 587, "security": "starttls"}


@action
async def market(scene: Scene, n: int) -> None:
    """Nobody has agreed to anything, so nobody gets it, and each campaign is soon sent."""
    inbox = (await scene.call(scene.admin, "POST", "/api/inboxes", {"name": f"Post {n}"}))["id"]
    await scene.call(scene.admin, "PUT", f"/api/inboxes/{inbox}/email", {"address": an_address()})
    await scene.call(scene.admin, "PUT", f"/api/inboxes/{inbox}/email/server", SERVER)
    topic = (await scene.call(scene.admin, "POST", "/api/topics", {"name": f"News {n} {inbox}"}))["id"]
    template = {"name": f"News {n}", "subject": "Lamps", "blocks": [{"type": "text", "text": "Hello"}]}
    made = await scene.call(scene.admin, "POST", "/api/templates", template)
    body = {"topic_id": topic, "inbox_id": inbox, "variants": [{"template_id": made["id"]}]}

    async def draft(name: str) -> tuple[str, dict[str, Any]]:
        found = await scene.call(scene.admin, "POST", "/api/campaigns", body | {"name": name})
        return f"/api/campaigns/{found['id']}", {"revision": found["revision"]}

    ended, revision = await draft("Ended")
    await scene.call(scene.admin, "POST", f"{ended}/start", revision)
    for verb in ("pause", "resume", "cancel"):
        await scene.call(scene.admin, "POST", f"{ended}/{verb}")
    sent, revision = await draft("Sent")
    await scene.call(scene.admin, "POST", f"{sent}/start", revision)
    gone, _ = await draft("Gone")
    await scene.call(scene.admin, "DELETE", gone)
    missed, revision = await draft("Missed")
    at = (datetime.now(UTC) + timedelta(seconds=0.5)).isoformat()
    await scene.call(scene.admin, "POST", f"{missed}/schedule", revision | {"at": at, "time_zone": "UTC"})
    await scene.call(scene.admin, "PATCH", f"/api/topics/{topic}", {"is_archived": True})


CASES: dict[str, set[str]] = {
    f"campaign.{what}": set()
    for what in ("canceled", "deleted", "missed", "paused", "resumed", "saved", "scheduled", "sent", "started")
}
"""No page shows campaigns yet, so nothing is fetched anew."""
