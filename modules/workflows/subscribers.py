"""What workflows hear: every event that some module says is an occasion, signals, and that contacts are gone."""

from collections.abc import Sequence
from typing import Any

from core.access import system
from core.contacts.events import ContactDeleted
from core.events.contract import Event, on
from core.extend.module import Handler
from core.extend.triggers import Trigger
from modules.workflows import hearing
from modules.workflows.actions import ending, happening
from modules.workflows.events import WorkflowSignalled


@on(ContactDeleted, job_class="bulk")
async def end_of_deleted(event: ContactDeleted) -> None:
    await ending.end_of_deleted(system(event.organization_id))


@on(WorkflowSignalled, job_class="bulk")
async def signalled(event: WorkflowSignalled) -> None:
    await happening.happened(event.organization_id, [hearing.signalled(event)])


def follows() -> Sequence[Handler]:
    """One handler per event that any trigger is about."""
    return [_handler(name, triggers) for name, triggers in hearing.by_event().items()]


def _handler(name: str, triggers: list[Trigger]) -> Handler:
    async def hear(event: Event) -> None:
        if heard := hearing.heard(name, triggers, event):
            await happening.happened(event.organization_id, heard)

    event: Any = triggers[0].event
    return Handler(name=f"modules.workflows.on_{name.replace('.', '_')}", event=event, function=hear, job_class="bulk")


ALL = (end_of_deleted, signalled)
