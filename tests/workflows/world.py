"""What workflows add to the organizations of the security tests."""

from collections.abc import Awaitable, Callable
from typing import Any

from core.access import Actor, system
from core.segments import actions as segments
from core.segments.structs import SegmentInput
from modules.workflows.actions import drafts, enrolling, running, watching
from modules.workflows.structs import EnrollInput, WorkflowInput
from tests.factories import a_contact, client_id
from tests.security.call import Call

STEPS = [
    {"id": "known", "type": "condition", "config": {"field": "contact.email", "operator": "exists"}},
    {"id": "buys", "type": "wait_until_event", "config": {"event": "order.created", "days": 30}},
]


async def _running(admin: Actor, word: str) -> int:
    body = {"trigger": {"type": "custom"}, "steps": [*STEPS, {"id": "tag", "type": "tag", "config": {"add": [word[:40]]}}]}
    made = await drafts.create(admin, WorkflowInput(f"Care {word}", body))
    return (await running.activate(admin, made.id)).id


async def fill(admin: Actor, canary: str, contact_id: int) -> dict[str, int]:
    """A workflow that runs, somebody who waits in it, and why he could not come in twice."""
    workflow = await _running(admin, canary)
    await _watched(admin, canary)
    first, _ = [await enrolling.request(admin, workflow, EnrollInput(contact_id, client_id(), canary)) for _ in range(2)]
    return {"workflow": workflow, "enrollment": 0 if first.enrollment is None else first.enrollment.id, "number": 1}


async def _watched(admin: Actor, word: str) -> None:
    """A workflow that a segment starts, which was looked through."""
    tree = {"field": "contact.first_name", "op": "is", "value": word}
    segment = await segments.create(admin, SegmentInput(f"Watched {word}", tree=tree))
    starts = {"type": "segment_entered", "config": {"segment_id": segment.id}}
    made = await drafts.create(admin, WorkflowInput(f"Watch {word}", {"trigger": starts, "steps": []}))
    await running.activate(admin, made.id)
    await watching.look(system(admin.organization_id), segment.id)


async def _another(world: Any) -> dict[str, Any]:
    return {"workflow": await _running(world.admin, "passing")}


async def _paused(world: Any) -> dict[str, Any]:
    found = await _another(world)
    await running.pause(world.admin, found["workflow"])
    return found


async def _run(world: Any) -> dict[str, Any]:
    workflow = await _running(world.admin, "passing")
    enrolled = await enrolling.request(world.admin, workflow, EnrollInput((await a_contact(world.admin)).id, client_id()))
    return {"enrollment": 0 if enrolled.enrollment is None else enrolled.enrollment.id}


FRESH: dict[str, Callable[[Any], Awaitable[dict[str, Any]]]] = {
    "workflow": _another,
    "paused_workflow": _paused,
    "enrollment": _run,
}
CALLS = [
    # workflows: who markets writes and reads them
    Call("GET /api/workflows", "admin user"),
    Call("POST /api/workflows", "admin user", lambda names: {"name": "Care", "definition": {"steps": []}}),
    Call("GET /api/workflows/figures", "admin user"),
    Call("GET /api/workflows/parts", "admin user"),
    Call("GET /api/workflows/templates", "admin user"),
    Call("POST /api/workflows/{workflow_id:int}/simulate", "admin user", lambda names: {"version": 1}),
    Call("POST /api/workflows/validate", "admin user", lambda names: {"definition": {"steps": []}}),
    Call("POST /api/workflows/signals", "admin user", lambda names: {"contact_id": names["contact"], "name": "signed_up"}, refers=True),
    Call("GET /api/workflows/contacts/{contact_id:int}", "admin user"),
    Call("GET /api/workflows/enrollments/{enrollment_id:int}", "admin user"),
    Call("POST /api/workflows/enrollments/{enrollment_id:int}/exit", "admin user", fresh="enrollment"),
    Call("GET /api/workflows/{workflow_id:int}", "admin user"),
    Call("PATCH /api/workflows/{workflow_id:int}", "admin user", lambda names: {"revision": 1, "name": "Other"}, fresh="workflow"),
    Call("GET /api/workflows/{workflow_id:int}/versions/{number:int}", "admin user"),
    Call("GET /api/workflows/{workflow_id:int}/publish", "admin user"),
    Call("POST /api/workflows/{workflow_id:int}/publish", "admin user", lambda names: {"revision": 1, "default": "pin"}, fresh="workflow"),
    Call("POST /api/workflows/{workflow_id:int}/activate", "admin user", fresh="workflow"),
    Call("POST /api/workflows/{workflow_id:int}/pause", "admin user", fresh="workflow"),
    Call("GET /api/workflows/{workflow_id:int}/resume", "admin user", fresh="paused_workflow"),
    Call("POST /api/workflows/{workflow_id:int}/resume", "admin user", lambda names: {"overdue": "shift"}, fresh="paused_workflow"),
    Call(
        "POST /api/workflows/{workflow_id:int}/enroll", "admin user",
        lambda names: {"contact_id": names["contact"], "client_id": client_id()}, refers=True,
    ),
    Call("GET /api/workflows/{workflow_id:int}/enrollments", "admin user"),
    Call("GET /api/workflows/{workflow_id:int}/watch", "admin user"),
]  # fmt: skip
