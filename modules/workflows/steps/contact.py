"""Fields of the contact, set."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from core.contacts import actions, queries
from core.contacts.structs import CUSTOM_FIELDS_MAX, ContactChanges, CustomFields, Name, Phone
from core.extend.steps import Failed, Foreseen, Go, Outcome, Visit, WorkflowStep
from modules.workflows.saying import say

FULL = Failed(say("fields_full", count=CUSTOM_FIELDS_MAX))


class ContactConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Absent: unchanged. Custom fields that are named are set (null: taken away), all others stay."""

    first_name: Name | msgspec.UnsetType = msgspec.UNSET
    last_name: Name | msgspec.UnsetType = msgspec.UNSET
    phone: Phone | msgspec.UnsetType = msgspec.UNSET
    custom_fields: CustomFields = {}


def check(config: ContactConfig) -> Iterable[tuple[str, str]]:
    if config == ContactConfig():
        yield "", "There is nothing to change"


def _changes(own: Mapping[str, Any], config: ContactConfig) -> dict[str, Any] | None:
    """What becomes of a contact that has these fields of its own; None: he would have too many."""
    named = ((name, getattr(config, name)) for name in ("first_name", "last_name", "phone"))
    changes = {name: value for name, value in named if value is not msgspec.UNSET}
    if config.custom_fields:
        merged = {**own, **config.custom_fields}
        fields = {name: value for name, value in merged.items() if value is not None or name not in config.custom_fields}
        if len(fields) > CUSTOM_FIELDS_MAX:
            return None
        changes["custom_fields"] = fields
    return changes


async def foresee(visit: Visit, config: ContactConfig) -> Foreseen:
    changes = _changes(visit.values["contact"]["custom_fields"], config)
    return Foreseen(FULL) if changes is None else Foreseen(Go(), changes)


async def run(visit: Visit, config: ContactConfig) -> Outcome:
    before = await queries.get(visit.actor, visit.contact_id, lock=True)
    changes = _changes(before.custom_fields, config)
    if changes is None:
        return FULL
    await actions.update(visit.actor, visit.contact_id, ContactChanges(**changes))
    return Go()


step = WorkflowStep(
    name="update_contact", title="Update the contact", config=ContactConfig, check=check, run=run, foresee=foresee, acts=True
)
