"""What is done to segments in a scene: no screen shows them yet, but staff hears of it."""

from tests.client.actions import action, pick
from tests.client.scene import Scene


@action
async def list_contacts(scene: Scene, n: int) -> None:
    """Somebody makes a list, puts a contact on it and takes him off, and removes it now and then."""
    contact = (await scene.call(scene.admin, "POST", "/api/contacts", {"first_name": f"Ida {n}"}))["id"]
    listed = (await scene.call(scene.admin, "POST", "/api/segments", {"name": f"List {n} of {contact}"}))["id"]
    for change in ("add", "remove"):
        await scene.call(scene.admin, "POST", f"/api/segments/{listed}/members", {change: [contact]})
    if pick((True, False), n):
        await scene.call(scene.admin, "DELETE", f"/api/segments/{listed}")
