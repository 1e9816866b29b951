"""The contract of a workflow's step: one file of its owner, listed in its manifest as `steps`.

A step says how long somebody stays (`begin`) and what happens then (`run`). Whoever executes workflows sees to all else: that a step's effect
happens at most once per person's run, that pauses, quiet hours and caps hold, and that whatever becomes of it is written down. A step never
chooses whom it serves and never reads the clock: it is given a `Visit`.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from core.access import Actor

NAME = re.compile(r"[a-z][a-z0-9_.]{0,59}\Z")
BRANCH = re.compile(r"[a-z][a-z0-9_]{0,29}\Z")
TITLE_MAX = 200
REASON_MAX = 60
DETAIL_MAX = 500


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at a step. `values`: what may be read of them: `contact`, and by its own names what started the run.

    `key`: the same at every attempt at this step of this run; whoever passes it on as an idempotency key does nothing twice.
    `zone`: the name of the contact's time zone, or the workflow's. `attempt` counts from 1. `came`: what was waited for has happened.
    """

    actor: Actor
    workflow_id: int
    workflow_name: str
    enrollment_id: int
    step_id: str
    contact_id: int
    key: str
    now: datetime
    zone: str = "UTC"
    values: Mapping[str, Any]
    attempt: int = 1
    came: bool = False


class Hold(msgspec.Struct, frozen=True):
    """Stay until then (None: as long as it takes), or until `event` happens to the contact and, where there is a `when`, what it tells fits."""

    until: datetime | None = None
    event: str = ""
    when: Any = None


class Go(msgspec.Struct, frozen=True):
    """Go on, into `branch` where the step has any; `detail` tells people what was done or why this way.

    `reached` False: the contact notices nothing of it after all, so no cap counts it.
    """

    branch: str = ""
    detail: str = ""
    reached: bool = True


class Leave(msgspec.Struct, frozen=True):
    """The run ends here, for this reason (a word in small letters)."""

    reason: str


class Again(msgspec.Struct, frozen=True):
    """Nothing was done yet: ask again then. After the last attempt it has failed, as `detail` says."""

    at: datetime
    detail: str = ""


class Failed(msgspec.Struct, frozen=True):
    """It could not be done, or (`uncertain`) nobody knows whether it was."""

    detail: str
    uncertain: bool = False


Outcome = Go | Leave | Again | Failed


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a step would come to; `changes`: fields of the contact that would be others then."""

    outcome: Outcome
    changes: Mapping[str, Any] = field(default_factory=dict)


def _nothing_wrong(_config: Any) -> Iterable[tuple[str, str]]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowStep:
    """`config` is a struct of all that a definition may set; `check(config)` yields what is still wrong with it: a path below it, and a sentence.

    `begin(visit, config)`: what to wait for on arrival; without it nothing. `run(visit, config)`: what happens then.
    Both run in the transaction that moves the person, so what they do to rows happens once; they must be quick and ask nobody outside.

    `acts`: it does something that may happen only once. `outside`: `run` does it beyond the database: it is called without any transaction,
    after it was written down that it begins, and is bounded by `timeout_s`. `reaches`: the contact notices, so quiet hours and caps are for it; as a
    function of the config where that tells. `branches`: the names of ways on, of which `Go` names one.

    `missing(actor, config)`: what is still to be chosen before anybody can be let in, as paths below the config and sentences: nothing is wrong with
    it, and it can be saved. Asked in the unit of work that publishes.

    `foresee(visit, config)`: what `run` would come to, for a simulation: it only reads. Without it a step that acts is thought to succeed.

    Raises:
        ValueError: a name or title that cannot be, or a step that is `outside` and does not act.
    """

    name: str
    title: str
    config: type[msgspec.Struct]
    run: Callable[[Visit, Any], Awaitable[Outcome]]
    begin: Callable[[Visit, Any], Awaitable[Hold]] | None = None
    check: Callable[[Any], Iterable[tuple[str, str]]] = _nothing_wrong
    branches: tuple[str, ...] = ()
    acts: bool = False
    outside: bool = False
    reaches: bool | Callable[[Any], bool] = False
    missing: Callable[[Actor, Any], Awaitable[Iterable[tuple[str, str]]]] | None = None
    foresee: Callable[[Visit, Any], Awaitable[Foreseen]] | None = None
    attempts: int = 1
    timeout_s: float = 15.0

    def __post_init__(self) -> None:
        if not NAME.match(self.name) or not self.title.isprintable() or not 0 < len(self.title) <= TITLE_MAX:
            raise ValueError(f"step {self.name[:60]!r}: its name or its title cannot be")
        if not all(BRANCH.match(branch) for branch in self.branches) or len({*self.branches}) != len(self.branches):
            raise ValueError(f"step {self.name}: its branches need names, each another one")
        if self.outside and not self.acts:
            raise ValueError(f"step {self.name}: what happens outside is something that is done")

    def notices(self, config: Any) -> bool:
        """Whether the contact notices what it does."""
        return self.reaches(config) if callable(self.reaches) else self.reaches
