"""What a module is: everything it adds, on one page. Installed modules announce theirs as entry points `lacasa.modules`."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

JobClass = Literal["interactive", "bulk", "ai", "channel-io"]
Place = Literal["contact", "conversation", "dashboard"]


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
    """Enqueues `job` every `every_s` seconds, once for all processes together."""

    name: str
    job: str
    every_s: int


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

    `tables` and `migrations` (dotted name of the Piccolo app) belong together; `routes` are Litestar handlers or
    routers; `public_routes` lists `"METHOD /path"` of those that need no actor.
    """

    name: str
    requires: Sequence[str] = ()
    listens: Sequence[str] = ()
    tables: Sequence[type] = ()
    migrations: str | None = None
    events: Sequence[type[msgspec.Struct]] = ()
    routes: Sequence[Any] = ()
    public_routes: Sequence[str] = ()
    subscribers: Sequence[Handler] = ()
    jobs: Sequence[Job] = ()
    schedules: Sequence[Schedule] = ()
    panels: Sequence[Panel] = ()
    warm_up: Callable[[], Awaitable[None]] | None = None
    """Run once in each worker at start, e.g. to import what is slow to import."""
    lifespan: Callable[[], AbstractAsyncContextManager[None]] | None = None
    """Entered by each serving process that has this module's routes, after PostgreSQL and NATS are connected."""
    drain: Callable[[], Awaitable[None]] | None = None
    """Called before a serving process ends, while it still answers: send away whoever stays connected."""
    socket_protocol: Callable[[], type[Any] | None] | None = None
    """uvicorn's WebSocket protocol to use in place of its own; None: its own. One module at most."""
    settings: type[msgspec.Struct] | None = None
