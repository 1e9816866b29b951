"""A contact is new."""

from typing import Annotated

import msgspec

from core.contacts.events import ContactCreated
from core.extend.triggers import Occasion, Trigger


class WelcomeConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`sources`: where the contact came from, as `agent` or `widget`; none: from anywhere."""

    sources: Annotated[list[Annotated[str, msgspec.Meta(max_length=40)]], msgspec.Meta(max_length=20)] = []


def read(event: ContactCreated) -> Occasion:
    return Occasion(contact_id=event.contact.id, facts={"source": event.contact.source})


def fits(config: WelcomeConfig, occasion: Occasion) -> bool:
    return not config.sources or occasion.facts["source"] in config.sources


trigger = Trigger(name="welcome", title="A contact is new", event=ContactCreated, read=read, config=WelcomeConfig, fits=fits)
