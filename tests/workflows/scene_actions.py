"""What is done with workflows in a scene: made, run, paused, changed; and contacts who come in and leave."""

from core.access import system
from modules.workflows.actions import watching
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


@action
async def enter(scene: Scene, n: int) -> None:
    """A contact comes into a segment that starts a workflow."""
    contact = (await scene.call(scene.admin, "POST", "/api/contacts", {"first_name": f"Una {n}"}))["id"]
    tree = {"all": [{"field": "contact.tags", "op": "has", "value": f"in {contact}"}]}
    segment = (await scene.call(scene.admin, "POST", "/api/segments", {"name": f"In {contact}", "tree": tree}))["id"]
    starts = {"type": "segment_entered", "config": {"segment_id": segment}}
    body = {"name": f"Entered {contact}", "definition": {"trigger": starts, "steps": []}}
    made = await scene.call(scene.admin, "POST", "/api/workflows", body)
    await scene.call(scene.admin, "POST", f"/api/workflows/{made['id']}/activate")
    await watching.look(system(scene.organization_id), segment)
    await scene.call(scene.admin, "PATCH", f"/api/contacts/{contact}", {"tags": [f"in {contact}"]})
    await watching.look(system(scene.organization_id), segment)


CASES: dict[str, set[str]] = {
    f"workflow.{what}": set()
    for what in (
        "activated",
        "completed",
        "enrolled",
        "exited",
        "paused",
        "published",
        "resumed",
        "saved",
        "segment_entered",
        "signalled",
    )
}
"""No page shows workflows yet, so nothing is fetched anew."""
