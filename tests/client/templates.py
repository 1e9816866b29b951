"""Mail templates in a scene: one is written, changed, and taken away again."""

from tests.client.actions import action
from tests.client.scene import Scene


@action
async def template(scene: Scene, n: int) -> None:
    made = await scene.call(scene.admin, "POST", "/api/templates", {"name": f"Template {n}"})
    path = f"/api/templates/{made['id']}"
    await scene.call(scene.admin, "PATCH", path, {"version": 1, "subject": f"Subject {n}"})


@action
async def template_gone(scene: Scene, n: int) -> None:
    found = (await scene.call(scene.admin, "GET", "/api/templates"))["items"]
    if found:
        await scene.call(scene.admin, "DELETE", f"/api/templates/{found[n % len(found)]['id']}")
