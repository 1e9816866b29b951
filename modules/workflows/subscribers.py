"""What workflows hear: every event that some module says is an occasion, signals, and that contacts are gone."""

from collections.abc import Sequence
from typing import Any

from core.access import system
from core.contacts.events import ContactDeleted
from core.events.contract import Event, on, type_of
from core.extend import registry
from core.extend.module import Handler
from core.extend.triggers import Occasion, Trigger
from modules.workflows.actions import ending, happening
from modules.workflows.actions.happening import Happened
from modules.workflows.events import WorkflowSignalled


@on(ContactDeleted, job_class="bulk")
async def end_of_deleted(event: ContactDeleted) -> None:
    await ending.end_of_deleted(system(event.organization_id))


@on(WorkflowSignalled, job_class="bulk")
async def signalled(event: WorkflowSignalled) -> None:
    occasion = Occasion(contact_id=event.contact_id, key=event.key, facts=event.facts)
    await happening.happened(event.organization_id, [Happened(occasion, [event.name])])


def follows() -> Sequence[Handler]:
    """One handler per event that any trigger is about."""
    grouped: dict[str, list[Trigger]] = {}
    for trigger in registry.triggers().values():
        grouped.setdefault(type_of(trigger.event), []).append(trigger)
    return [_handler(name, triggers) for name, triggers in grouped.items()]


def _handler(name: str, triggers: list[Trigger]) -> Handler:
    async def hear(event: Event) -> None:
        heard = [
            found for trigger in triggers if (found := _heard(name, trigger, event, is_first=trigger is triggers[0])) is not None
        ]
        if heard:
            await happening.happened(event.organization_id, heard)

    event: Any = triggers[0].event
    return Handler(name=f"modules.workflows.on_{name.replace('.', '_')}", event=event, function=hear, job_class="bulk")


def _heard(name: str, trigger: Trigger, event: Event, *, is_first: bool) -> Happened | None:
    """The event's own name goes with one of its triggers alone, so nothing hears of it twice."""
    occasion = trigger.read(event)
    return None if occasion is None else Happened(occasion, [trigger.name, *([name] if is_first else [])], trigger)


ALL = (end_of_deleted, signalled)
