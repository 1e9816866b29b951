"""Somebody changed a contact. What workflows and other machines change starts nothing: they would go round and round."""

from core.access import ActorKind
from core.contacts.events import ContactUpdated
from core.extend.triggers import Occasion, Trigger


def read(event: ContactUpdated) -> Occasion | None:
    return None if event.by.kind == ActorKind.system else Occasion(contact_id=event.contact.id)


trigger = Trigger(name="contact_updated", title="A contact was changed", event=ContactUpdated, read=read)
