"""Stay for a while; then, if wished, until a time of day or a day of the week where the contact lives."""

from collections.abc import Iterable
from datetime import UTC
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

from core.extend.steps import Go, Hold, Visit, WorkflowStep
from modules.workflows.definition.shape import Clock
from modules.workflows.spans import MOST, Span, Weekday, clock, next_at


class DelayConfig(Span, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    at: Clock | None = None
    weekdays: Annotated[tuple[Weekday, ...], msgspec.Meta(max_length=7)] = ()


def check(config: DelayConfig) -> Iterable[tuple[str, str]]:
    if config.total > MOST:
        yield "", f"A delay is at most {MOST.days} days"
    if not config.total and config.at is None and not config.weekdays:
        yield "", "A delay needs a time: seconds, minutes, hours, days or weeks"


async def begin(visit: Visit, config: DelayConfig) -> Hold:
    until = visit.now + config.total
    if config.at is not None or config.weekdays:
        at = None if config.at is None else clock(config.at)
        until = next_at(until.astimezone(UTC), ZoneInfo(visit.zone), at, config.weekdays)
    return Hold(until)


async def run(visit: Visit, config: DelayConfig) -> Go:
    del visit, config
    return Go()


step = WorkflowStep(name="delay", title="Delay", config=DelayConfig, check=check, begin=begin, run=run)
