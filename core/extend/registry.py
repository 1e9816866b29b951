"""The modules of this process: found by entry point, chosen by `LACASA_MODULES`, checked, ordered."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from typing import TypeVar

from core.errors import Misconfigured
from core.extend.knowledge import KnowledgeIndex
from core.extend.mailing import MailSource
from core.extend.merging import MergeField
from core.extend.module import Handler, Job, Module, Panel, Schedule
from core.extend.naming import Names
from core.extend.segment_users import SegmentUser
from core.extend.segments import SegmentField
from core.extend.steps import WorkflowStep
from core.extend.tools import AgentTool
from core.extend.triggers import Trigger
from core.settings import settings

T = TypeVar("T", Handler, Job, Schedule, AgentTool, WorkflowStep, Trigger, MergeField, SegmentField, SegmentUser, MailSource, Names)

ALWAYS = ("core", "agent", "realtime")
NONE = ("none",)
"""`LACASA_MODULES=none`: no optional module. (An empty variable counts as unset, which means all.)"""


def installed() -> dict[str, Module]:
    """Every module that an installed package announces, by name."""
    found = {point.name: point.load() for point in entry_points(group="lacasa.modules")}
    for name, module in found.items():
        if not isinstance(module, Module) or module.name != name:
            raise Misconfigured(f"entry point lacasa.modules:{name} is not a Module of that name")
    return found


def choose(found: dict[str, Module], wanted: Sequence[str] | None) -> list[Module]:
    """The modules to run, each after those it requires. `wanted` None: all; `NONE`: only those that always run.

    Raises:
        Misconfigured: one is unknown, or requires one that is not chosen.
    """
    if wanted is not None and tuple(wanted) == NONE:
        wanted = ()
    names = list(found) if wanted is None else [*(name for name in ALWAYS if name in found), *wanted]
    if unknown := [name for name in names if name not in found]:
        raise Misconfigured(f"unknown module: {', '.join(unknown)} (installed: {', '.join(sorted(found))})")
    ordered: dict[str, Module] = {}

    def place(name: str) -> None:
        if name in ordered:
            return
        for needed in found[name].requires:
            if needed not in names:
                raise Misconfigured(f"module {name} requires {needed}")
            place(needed)
        ordered[name] = found[name]

    for name in sorted(set(names), key=lambda name: (name not in ALWAYS, name)):
        place(name)
    return sorted(ordered.values(), key=lambda module: module.name != "core")


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    return tuple(choose(installed(), settings().modules))


@lru_cache(maxsize=1)
def handlers() -> dict[str, Handler]:
    listed = [handler for module in modules() for handler in module.subscribers]
    return _unique([*listed, *(handler for module in modules() if module.follows is not None for handler in module.follows())])


@lru_cache(maxsize=1)
def jobs() -> dict[str, Job]:
    return _unique(job for module in modules() for job in module.jobs)


@lru_cache(maxsize=1)
def schedules() -> dict[str, Schedule]:
    return _unique(schedule for module in modules() for schedule in module.schedules)


@lru_cache(maxsize=1)
def agent_tools() -> dict[str, AgentTool]:
    return _unique(tool for module in modules() for tool in module.agent_tools)


@lru_cache(maxsize=1)
def steps() -> dict[str, WorkflowStep]:
    return _unique(step for module in modules() for step in module.steps)


@lru_cache(maxsize=1)
def triggers() -> dict[str, Trigger]:
    return _unique(trigger for module in modules() for trigger in module.triggers)


@lru_cache(maxsize=1)
def merge_fields() -> dict[str, MergeField]:
    return _unique(field for module in modules() for field in module.merge_fields)


@lru_cache(maxsize=1)
def segment_fields() -> dict[str, SegmentField]:
    return _unique(segment_field for module in modules() for segment_field in module.segment_fields)


@lru_cache(maxsize=1)
def segment_users() -> dict[str, SegmentUser]:
    """By kind."""
    return _unique(user for module in modules() for user in module.segment_users)


@lru_cache(maxsize=1)
def mail_sources() -> dict[str, MailSource]:
    """By kind."""
    return _unique(source for module in modules() for source in module.mail_sources)


@lru_cache(maxsize=1)
def names() -> dict[str, Names]:
    """By kind."""
    return _unique(one for module in modules() for one in module.names)


@lru_cache(maxsize=1)
def knowledge_indexes() -> dict[str, Callable[[], KnowledgeIndex]]:
    """By name."""
    found: dict[str, Callable[[], KnowledgeIndex]] = {}
    for module in modules():
        if twice := found.keys() & module.knowledge_indexes:
            raise Misconfigured(f"two modules announce {', '.join(sorted(twice))}")
        found |= module.knowledge_indexes
    return found


def panels() -> list[Panel]:
    return [panel for module in modules() for panel in module.panels]


def _unique(things: Iterable[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for thing in things:
        if thing.name in found:
            raise Misconfigured(f"two modules announce {thing.name}")
        found[thing.name] = thing
    return found
