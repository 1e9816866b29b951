"""Facts about contacts."""

from core.access import ActorRef
from core.contacts.structs import ContactView
from core.events.contract import Event


class ContactCreated(Event, frozen=True, kw_only=True, tag="contact.created"):
    contact: ContactView
    by: ActorRef


class ContactUpdated(Event, frozen=True, kw_only=True, tag="contact.updated"):
    """`subscription_said`: this change says whether the contact wants mail; else its status only follows from another address, or is as it was."""

    contact: ContactView
    by: ActorRef
    subscription_said: bool = False


class ContactDeleted(Event, frozen=True, kw_only=True, tag="contact.deleted"):
    """`address_digest`: of its address (`contacts.addresses`), by which others forget it too; empty: it had none."""

    contact_id: int
    by: ActorRef
    address_digest: str = ""


EVENTS = (ContactCreated, ContactUpdated, ContactDeleted)
