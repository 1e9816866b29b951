"""What a module is: everything it adds, on one page. Installed modules announce theirs as entry points `lacasa.modules`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from cronsim import CronSim, CronSimError

from core.extend.knowledge import KnowledgeIndex
from core.extend.mailing import MailSource
from core.extend.merging import MergeField
from core.extend.naming import Names
from core.extend.panels import Place
from core.extend.sealing import Sealed
from core.extend.segment_users import SegmentUser
from core.extend.segments import SegmentField
from core.extend.steps import WorkflowStep
from core.extend.tools import AgentTool
from core.extend.triggers import Trigger

JobClass = Literal["interactive", "bulk", "ai", "channel-io"]


@dataclass(frozen=True, slots=True)
class Handler:
    """A subscriber of one event type: `function(event)` runs as a job, at least once."""

    name: str
    event: type[msgspec.Struct]
    function: Callable[[Any], Awaitable[None]]
    job_class: JobClass


@dataclass(frozen=True, slots=True)
class Job:
    """Background work: `function(**arguments)`, safe to repeat. `timeout_s` bounds one attempt."""

    name: str
    function: Callable[..., Awaitable[None]]
    job_class: JobClass
    timeout_s: float
    max_attempts: int
    on_dead: Callable[..., Awaitable[None]] | None = None
    """Called with the same arguments once, after the last attempt failed."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Enqueues `job`, once for all processes together: every `every_s` seconds, or at the times of `cron` in `zone`.

    `cron` has the usual five fields (`30 2 * * mon-fri`), `zone` is a name of the time zone database.

    Raises:
        ValueError: not exactly one of the two is given, or `cron` or `zone` is none.
    """

    name: str
    job: str
    every_s: int | None = None
    cron: str | None = None
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if (self.every_s is None) == (self.cron is None):
            raise ValueError(f"schedule {self.name} needs either every_s or cron")
        if self.every_s is not None and self.every_s < 1:
            raise ValueError(f"schedule {self.name}: every_s is at least 1")
        if self.cron is not None:
            try:
                next(CronSim(self.cron, datetime.now(ZoneInfo(self.zone))))
            except (CronSimError, ZoneInfoNotFoundError, StopIteration, ValueError) as error:
                raise ValueError(f"schedule {self.name}: {error or 'never'}") from error

    @property
    def rule(self) -> str:
        """When it fires, in words that differ where the times do."""
        return f"every {self.every_s} s" if self.cron is None else f"{self.cron} {self.zone}"


@dataclass(frozen=True, slots=True)
class Panel:
    """A declarative panel: `GET path` answers a `PanelDocument`; `place` says where the inbox draws it."""

    name: str
    title: str
    place: Place
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A plug-in. `requires`: modules without which it refuses to start; `listens`: modules whose events it uses if they are there.

    `tables` and `migrations` (dotted name of the Piccolo app) belong together; `routines` is SQL that makes stored routines
    out of today's structs, run at the end of each `lacasa migrate`; `routes` are Litestar handlers or
    routers; `public_routes` lists `"METHOD /path"` of those that need no actor.
    """

    name: str
    requires: Sequence[str] = ()
    listens: Sequence[str] = ()
    tables: Sequence[type] = ()
    migrations: str | None = None
    routines: Sequence[str] = ()
    events: Sequence[type[msgspec.Struct]] = ()
    routes: Sequence[Any] = ()
    public_routes: Sequence[str] = ()
    subscribers: Sequence[Handler] = ()
    jobs: Sequence[Job] = ()
    schedules: Sequence[Schedule] = ()
    panels: Sequence[Panel] = ()
    agent_tools: Sequence[AgentTool] = ()
    steps: Sequence[WorkflowStep] = ()
    triggers: Sequence[Trigger] = ()
    follows: Callable[[], Sequence[Handler]] | None = None
    """More subscribers, which depend on what the modules of this process list. Called once, after they are chosen."""
    merge_fields: Sequence[MergeField] = ()
    segment_fields: Sequence[SegmentField] = ()
    segment_users: Sequence[SegmentUser] = ()
    mail_sources: Sequence[MailSource] = ()
    sealed: Sequence[Sealed] = ()
    names: Sequence[Names] = ()
    knowledge_indexes: Mapping[str, Callable[[], KnowledgeIndex]] = field(default_factory=dict)
    """By name: makes the index; called once in a process that searches by it, and imports what that needs."""
    warm_up: Callable[[], Awaitable[None]] | None = None
    """Run once in each worker at start, e.g. to import what is slow to import."""
    wind_down: Callable[[], Awaitable[None]] | None = None
    """Run once in each worker at its end, when its jobs are done."""
    lifespan: Callable[[], AbstractAsyncContextManager[None]] | None = None
    """Entered by each serving process that has this module's routes, after PostgreSQL and NATS are connected."""
    drain: Callable[[], Awaitable[None]] | None = None
    """Called before a serving process ends, while it still answers: send away whoever stays connected."""
    socket_protocol: Callable[[], type[Any] | None] | None = None
    """uvicorn's WebSocket protocol to use in place of its own; None: its own. One module at most."""
    settings: type[msgspec.Struct] | None = None
