"""What is done to segments in a scene. How many are in one is asked for anew, but what changes it is no event of the segment's."""

from tests.client.actions import action, pick
from tests.client.scene import Scene


@action
async def list_contacts(scene: Scene, n: int) -> None:
    """Somebody makes a list, puts a contact on it and takes him off."""
    contact = (await scene.call(scene.admin, "POST", "/api/contacts", {"first_name": f"Ida {n}"}))["id"]
    listed = (await scene.call(scene.admin, "POST", "/api/segments", {"name": f"List {n} of {contact}"}))["id"]
    for change in ("add", "remove"):
        await scene.call(scene.admin, "POST", f"/api/segments/{listed}/members", {change: [contact]})


@action
async def drop_list(scene: Scene, n: int) -> None:
    listed = (await scene.call(scene.admin, "GET", "/api/segments"))["items"]
    if listed:
        await scene.call(scene.admin, "DELETE", f"/api/segments/{pick([each['id'] for each in listed], n)}")
