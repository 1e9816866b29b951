"""Fields of the contact, set."""

from collections.abc import Iterable
from typing import Any

import msgspec

from core.contacts import actions, queries
from core.contacts.structs import CUSTOM_FIELDS_MAX, ContactChanges, CustomFields, Name, Phone
from core.extend.steps import Failed, Go, Outcome, Visit, WorkflowStep


class ContactConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Absent: unchanged. Custom fields that are named are set (null: taken away), all others stay."""

    first_name: Name | msgspec.UnsetType = msgspec.UNSET
    last_name: Name | msgspec.UnsetType = msgspec.UNSET
    phone: Phone | msgspec.UnsetType = msgspec.UNSET
    custom_fields: CustomFields = {}


def check(config: ContactConfig) -> Iterable[tuple[str, str]]:
    if config == ContactConfig():
        yield "", "There is nothing to change"


async def run(visit: Visit, config: ContactConfig) -> Outcome:
    before = await queries.get(visit.actor, visit.contact_id, lock=True)
    changes: dict[str, Any] = {name: getattr(config, name) for name in ("first_name", "last_name", "phone")}
    if config.custom_fields:
        merged = before.custom_fields | config.custom_fields
        fields = {name: value for name, value in merged.items() if value is not None or name not in config.custom_fields}
        if len(fields) > CUSTOM_FIELDS_MAX:
            return Failed(f"a contact has at most {CUSTOM_FIELDS_MAX} fields of its own")
        changes["custom_fields"] = fields
    await actions.update(visit.actor, visit.contact_id, ContactChanges(**changes))
    return Go()


step = WorkflowStep(name="update_contact", title="Update the contact", config=ContactConfig, check=check, run=run, acts=True)
