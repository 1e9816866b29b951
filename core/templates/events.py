"""Facts about mail templates. All staff hears them, and agents read no templates: they name one and say nothing of it."""

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
