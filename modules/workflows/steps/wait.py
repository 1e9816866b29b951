"""Stay until something happens to the contact, or until the time for it is over."""

from collections.abc import Iterable

from core.extend.steps import Go, Hold, Visit, WorkflowStep
from modules.workflows.definition import conditions
from modules.workflows.definition.conditions import Condition
from modules.workflows.definition.shape import EventName
from modules.workflows.saying import say
from modules.workflows.spans import MOST, Span


class WaitConfig(Span, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """`event`: its name; `when`: what it must tell besides. The span is how long at most."""

    event: EventName
    when: Condition | None = None


def check(config: WaitConfig) -> Iterable[tuple[str, str]]:
    if not config.total:
        yield "", "A wait needs a time after which it ends: seconds, minutes, hours, days or weeks"
    elif config.total > MOST:
        yield "", f"A wait is at most {MOST.days} days"
    if config.when is not None:
        for path, message in conditions.check(config.when):
            yield f".when{path}", message


async def begin(visit: Visit, config: WaitConfig) -> Hold:
    return Hold(visit.now + config.total, config.event, config.when)


async def run(visit: Visit, config: WaitConfig) -> Go:
    return (
        Go("happened", say("happened", event=config.event)) if visit.came else Go("timeout", say("not_in_time", event=config.event))
    )


step = WorkflowStep(
    name="wait_until_event", title="Wait until something happens", config=WaitConfig, check=check, begin=begin, run=run,
    branches=("happened", "timeout"),
)  # fmt: skip
