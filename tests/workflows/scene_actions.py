"""What is done with workflows in a scene: made, run, paused, changed; and contacts who come in and leave."""

from tests.client.actions import action
from tests.client.scene import Scene
from tests.factories import client_id


@action
async def automate(scene: Scene, n: int) -> None:
    contact = (await scene.call(scene.admin, "POST", "/api/contacts", {"first_name": f"Una {n}"}))["id"]
    body = {
        "trigger": {"type": "custom", "config": {"event": "signed_up"}},
        "steps": [{"id": "wait", "type": "delay", "config": {"hours": 1}}],
    }
    made = await scene.call(scene.admin, "POST", "/api/workflows", {"name": f"Care {n}", "definition": body})
    here = f"/api/workflows/{made['id']}"
    await scene.call(scene.admin, "POST", f"{here}/activate")
    signal = {"contact_id": contact, "name": "signed_up", "key": f"by {n}"}
    await scene.call(scene.admin, "POST", "/api/workflows/signals", signal)
    entering = {"contact_id": contact, "client_id": client_id()}
    run = (await scene.call(scene.admin, "POST", f"{here}/enroll", entering))["enrollment"]["id"]
    await scene.call(scene.admin, "POST", f"/api/workflows/enrollments/{run}/exit")
    await scene.call(scene.admin, "POST", f"{here}/pause")
    await scene.call(scene.admin, "POST", f"{here}/resume", {"overdue": "shift"})
    changed = await scene.call(scene.admin, "PATCH", here, {"revision": made["revision"], "definition": body | {"steps": []}})
    plan = {"revision": changed["revision"], "plan": [{"version": 1, "step_id": "wait", "choice": "exit"}]}
    await scene.call(scene.admin, "POST", f"{here}/publish", plan)
    await scene.call(scene.admin, "POST", f"{here}/enroll", {"contact_id": contact, "client_id": client_id(), "entry_key": "last"})


CASES: dict[str, set[str]] = {
    f"workflow.{what}": set()
    for what in ("activated", "completed", "enrolled", "exited", "paused", "published", "resumed", "saved", "signalled")
}
"""No page shows workflows yet, so nothing is fetched anew."""
