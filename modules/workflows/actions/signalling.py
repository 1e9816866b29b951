"""A program of the organization's own says that something happened to a contact."""

from core.access import MARKETERS, Actor
from core.contacts import actions as contacts
from core.database import transaction
from core.errors import Invalid
from core.events.contract import type_of
from core.events.log import record
from core.extend import registry
from modules.workflows.actions import enrolling
from modules.workflows.actions.ending import MARKETERS_ONLY
from modules.workflows.definition.shape import CUSTOM
from modules.workflows.events import WorkflowSignalled
from modules.workflows.structs import SignalInput


async def signal(actor: Actor, data: SignalInput) -> None:
    """Announce it; workflows that it starts, whose goal it is, or who wait for it hear of it at once.

    Raises:
        NotFound: the contact is unknown.
        Invalid: the name is that of a built-in event, or the facts are too large.
    """
    actor.require(*MARKETERS)
    enrolling.check_size(data.facts)
    taken = {CUSTOM} | {name for trigger in registry.triggers().values() for name in (trigger.name, type_of(trigger.event))}
    if data.name in taken:
        raise Invalid(f"{data.name} is the name of a built-in event", code="name_taken")
    async with transaction(actor):
        await contacts.check_exists(actor, data.contact_id)
        event = WorkflowSignalled(
            organization_id=actor.organization_id,
            contact_id=data.contact_id,
            name=data.name,
            key=data.key,
            facts=data.facts,
            by=actor.ref,
        )
        await record(event, MARKETERS_ONLY)
