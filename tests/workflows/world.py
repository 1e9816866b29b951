"""What workflows add to the organizations of the security tests."""

from collections.abc import Awaitable, Callable
from typing import Any

from core.access import Actor
from modules.workflows.actions import drafts, enrolling, running
from modules.workflows.structs import EnrollInput, WorkflowInput
from tests.factories import a_contact, client_id

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
    first, _ = [await enrolling.request(admin, workflow, EnrollInput(contact_id, client_id(), canary)) for _ in range(2)]
    return {"workflow": workflow, "enrollment": 0 if first.enrollment is None else first.enrollment.id, "number": 1}


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
