"""Facts about contacts."""

from core.access import ActorRef
from core.contacts.structs import ContactView
from core.events.contract import Event


class ContactCreated(Event, frozen=True, kw_only=True, tag="contact.created"):
    contact: ContactView
    by: ActorRef


class ContactUpdated(Event, frozen=True, kw_only=True, tag="contact.updated"):
    contact: ContactView
    by: ActorRef


class ContactDeleted(Event, frozen=True, kw_only=True, tag="contact.deleted"):
    contact_id: int
    by: ActorRef


EVENTS = (ContactCreated, ContactUpdated, ContactDeleted)
