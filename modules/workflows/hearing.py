"""What events mean: for whom they are an occasion, by all names that a definition may call it by."""

from collections.abc import Sequence

import msgspec

from core.events.contract import Event, type_of
from core.extend import registry
from core.extend.triggers import Occasion, Trigger
from modules.workflows.events import WorkflowSignalled


class Happened(msgspec.Struct, frozen=True):
    """An occasion, by all `names` that a definition may call it by; `trigger` None: somebody's own."""

    occasion: Occasion
    names: list[str]
    trigger: Trigger | None = None


def by_event() -> dict[str, list[Trigger]]:
    """The triggers of the modules that are on, by the type of event that they are about."""
    grouped: dict[str, list[Trigger]] = {}
    for trigger in registry.triggers().values():
        grouped.setdefault(type_of(trigger.event), []).append(trigger)
    return grouped


def heard(name: str, triggers: Sequence[Trigger], event: Event) -> list[Happened]:
    """What an event of type `name` means by each of these triggers. Its own name goes with one of them alone, so nothing hears of it twice."""
    found = []
    for trigger in triggers:
        occasion = trigger.read(event)
        if occasion is not None:
            found.append(Happened(occasion, [trigger.name, *([name] if trigger is triggers[0] else [])], trigger))
    return found


def signalled(event: WorkflowSignalled) -> Happened:
    return Happened(Occasion(contact_id=event.contact_id, key=event.key, facts=event.facts), [event.name])
