"""What an event is. Nouns subclass `Event` in their `events.py`, and only there.

An event is frozen, tagged with a dotted past-tense type, and grows by optional fields alone. Its envelope stands
beside the body in the log. What a visitor may read of it is a second, smaller body that the event renders
itself (`public`): without one, no visitor ever receives anything of it.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar

import msgspec

from core.access import Audience
from core.extend.module import Handler, JobClass

E = TypeVar("E", bound="Event")


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Base of all events. `organization_id` is the tenant; `version` of the conversation is 0 where none is concerned."""

    abstract: ClassVar[bool] = True

    organization_id: int

    @property
    def version(self) -> int:
        return 0

    def public(self) -> msgspec.Struct | None:
        """What a visitor who may see the conversation reads of this event; None: nothing."""
        return None


class Logged(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it stands in the log: the envelope, and the bodies as the JSON bytes that were recorded."""

    organization_id: int
    position: int
    epoch: int
    id: int
    type: str
    version: int
    audience: Audience
    body: bytes
    public: bytes | None
    at: datetime


def type_of(event: type[msgspec.Struct]) -> str:
    """The dotted tag of an event class.

    Raises:
        TypeError: no tag was given, so msgspec fell back to the class name.
    """
    tag = event.__struct_config__.tag
    if not isinstance(tag, str) or "." not in tag:
        raise TypeError(f"{event.__name__} needs tag='noun.happened'")
    return tag


def on(event: type[E], *, job_class: JobClass = "interactive") -> Callable[[Callable[[E], Awaitable[None]]], Handler]:
    """Make a subscriber of `event`. It runs as a job, at least once: enqueue, or do what is safe to repeat."""

    def decorate(function: Callable[[Any], Awaitable[None]]) -> Handler:
        owner = function.__module__.removesuffix(".subscribers")
        return Handler(name=f"{owner}.{function.__name__}", event=event, function=function, job_class=job_class)

    return decorate
