"""A contact came into a segment: found by comparing who is in it with who was when it was looked last (`actions/watching.py`)."""

from typing import Annotated

import msgspec

from core.extend.triggers import Occasion, Trigger
from modules.workflows.events import SegmentEntered


class SegmentTriggerConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    segment_id: Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)] | None = None


def read(event: SegmentEntered) -> Occasion:
    return Occasion(contact_id=event.contact_id, facts={"segment": {"id": event.segment_id}})


def fits(config: SegmentTriggerConfig, occasion: Occasion) -> bool:
    return bool(occasion.facts["segment"]["id"] == config.segment_id)


trigger = Trigger(
    name="segment_entered",
    title="A contact comes into a segment",
    event=SegmentEntered,
    read=read,
    config=SegmentTriggerConfig,
    fits=fits,
)
