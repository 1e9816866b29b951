"""Facts about mail templates, for whoever may read them (admins, users): they name one and say nothing of it."""

from core.access import ActorRef
from core.events.contract import Event


class TemplateSaved(Event, frozen=True, kw_only=True, tag="template.saved"):
    """A template was written or changed."""

    template_id: int
    version: int
    by: ActorRef


class TemplateDeleted(Event, frozen=True, kw_only=True, tag="template.deleted"):
    template_id: int
    by: ActorRef


EVENTS = (TemplateSaved, TemplateDeleted)
